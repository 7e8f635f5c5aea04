"""Prints rows.csv: 300 made-up offers, drawn from the model with a fixed seed."""
import csv
import math
import random
import sys

sys.dont_write_bytecode = True
from exact import PIE, S1, S2, bisected, logistic, marginal, reservations

N = 300


def best_offer(row, e1):
    """By bisection on the first-order condition."""
    if marginal(row, 0.0, e1) <= 0:
        return 0.0
    if marginal(row, PIE, e1) >= 0:
        return PIE
    return round(bisected(lambda offer: marginal(row, offer, e1) > 0, 0.0, PIE), 4)


def make_rows():
    chance = random.Random(2003)
    rows = []
    for number in range(1, N + 1):
        row = dict(id=number, proud=round(chance.gauss(0, 1), 4), stranger=int(chance.random() < 0.5),
                   poor=round(chance.random(), 4))
        u = chance.random()
        row["offer"] = best_offer(row, S1 * math.log(u / (1 - u)))
        accepts = logistic((row["offer"] - reservations(row)[1]) / S2)
        row["accepted"] = int(chance.random() < accepts)
        rows.append(row)
    return rows


def main():
    rows = make_rows()
    writer = csv.DictWriter(sys.stdout, rows[0].keys(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)


main()
