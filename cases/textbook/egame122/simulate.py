"""Prints rows.csv: 300 made-up quarrels, drawn from the model with a fixed seed."""
import csv
import random
import sys

sys.dont_write_bytecode = True
from exact import ENDS, probabilities

N = 300


def make_rows():
    chance = random.Random(122)
    rows = []
    for number in range(1, N + 1):
        row = dict(id=number, deficit=round(chance.gauss(0, 1), 4), lobby=round(chance.gauss(0, 1), 4),
                   size=round(chance.gauss(0, 1), 4))
        u = chance.random()
        row["outcome"] = 1
        for p in probabilities(row, "agent")[:3]:
            if u < p:
                break
            u -= p
            row["outcome"] += 1
        label = ENDS[row["outcome"] - 1].upper()
        row["duty"] = {"L": "none_set", "R": "tariff"}[label[0]]
        row["unasked"] = "-" if label[0] == "R" else {"L": "calm", "R": "angry"}[label[1]]
        row["asked"] = "-" if label[0] == "L" else {"L": "calm", "R": "angry"}[label[1]]
        rows.append(row)
    return rows


def main():
    rows = make_rows()
    writer = csv.DictWriter(sys.stdout, rows[0].keys(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)


main()
