"""Prints rows.csv: 400 made-up disputes, drawn from the model with a fixed seed."""
import csv
import random
import sys

sys.dont_write_bytecode = True
from exact import probabilities

N = 400


def make_rows():
    chance = random.Random(1999)
    rows = []
    for number in range(1, N + 1):
        row = dict(id=number, power=round(chance.random(), 4), ally=int(chance.random() < 0.4),
                   trade=round(chance.gauss(0, 1), 4))
        u = chance.random()
        quiet, conceded, _ = probabilities(row, "private")
        row["outcome"] = 1 if u < quiet else 3 if u < quiet + conceded else 4
        row["demand"] = "wait" if row["outcome"] == 1 else "threaten"
        row["answer"] = {1: "-", 3: "concede", 4: "resist"}[row["outcome"]]
        rows.append(row)
    return rows


def main():
    rows = make_rows()
    writer = csv.DictWriter(sys.stdout, rows[0].keys(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)


main()
