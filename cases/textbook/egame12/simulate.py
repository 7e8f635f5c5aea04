"""Writes rows.csv, 400 made-up disputes, and expected.csv, the answers by formulas of their own."""
import csv
import math
import random

N = 400
BETA = dict(quiet=0.4, trade=0.6, conceded=0.8, war=-1.2, power=1.5, resists=-0.3, ally=0.7, weak=0.9)


def phi(x):
    return 0.5 * math.erfc(-x / math.sqrt(2))


def logistic(x):
    return 1 / (1 + math.exp(-x))


def probabilities(row, errors):
    """Of the status quo, a concession and a war."""
    quiet = BETA["quiet"] + BETA["trade"] * row["trade"]
    conceded = BETA["conceded"]
    war = BETA["war"] + BETA["power"] * row["power"]
    resists = BETA["resists"] + BETA["ally"] * row["ally"] + BETA["weak"] * (1 - row["power"])
    if errors == "logit":
        p4 = logistic(resists)
        p2 = logistic(p4 * war + (1 - p4) * conceded - quiet)
    else:
        p4 = phi(resists / math.sqrt(2))
        spread = 2 if errors == "agent" else 1 + p4**2 + (1 - p4) ** 2
        p2 = phi((p4 * war + (1 - p4) * conceded - quiet) / math.sqrt(spread))
    return 1 - p2, p2 * (1 - p4), p2 * p4


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
    with open("rows.csv", "w", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    answers = []
    for errors in ("logit", "agent", "private"):
        total = sum(math.log(probabilities(row, errors)[{1: 0, 3: 1, 4: 2}[row["outcome"]]]) for row in rows)
        answers.append((f"loglik_{errors}", total, 1e-9, "sum of log probabilities of the outcomes"))
        answers.append((f"war_{errors}", sum(probabilities(row, errors)[2] for row in rows) / N, 1e-12,
                        "mean probability of war"))
    for name, number in (("one", 1), ("last", N)):
        for place, what in enumerate(("quiet", "concession", "war")):
            answers.append((f"{what}_{name}", probabilities(rows[number - 1], "private")[place], 1e-12,
                            f"row {number}, private information"))
    with open("expected.csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("measure", "value", "tolerance", "source"))
        for name, value, tolerance, source in answers:
            writer.writerow((name, repr(value), repr(tolerance), source))


main()
