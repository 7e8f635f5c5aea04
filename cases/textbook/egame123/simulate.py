"""Prints rows.csv: 300 made-up crises, drawn from the model with a fixed seed."""
import csv
import random
import sys

sys.dont_write_bytecode = True
from exact import probabilities

N = 300


def make_rows():
    chance = random.Random(123)
    rows = []
    for number in range(1, N + 1):
        row = dict(id=number, power=round(chance.gauss(0.5, 0.6), 4), pact=int(chance.random() < 0.5),
                   trade=round(chance.gauss(0, 1), 4))
        u = chance.random()
        end = 0
        while end < 3 and u >= sum(probabilities(row, "private")[: end + 1]):
            end += 1
        row["outcome"] = (1, 3, 5, 6)[end]
        row["claim"] = "wait" if end == 0 else "press"
        row["answer"] = ("-", "yield", "resist", "resist")[end]
        row["aid"] = ("-", "-", "stay", "join")[end]
        rows.append(row)
    return rows


def main():
    rows = make_rows()
    writer = csv.DictWriter(sys.stdout, rows[0].keys(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)


main()
