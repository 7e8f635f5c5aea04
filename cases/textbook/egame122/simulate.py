"""Writes rows.csv, 300 made-up trade quarrels, and expected.csv, the answers by formulas of their own."""
import csv
import math
import random

N = 300
OUTCOMES = ("LL", "LR", "RL", "RR")


def phi(x):
    return 0.5 * math.erfc(-x / math.sqrt(2))


def logistic(x):
    return 1 / (1 + math.exp(-x))


def probabilities(row, errors):
    """Of the four ends: tariff or none, and then retaliation or none."""
    u11, u12 = 0.3, -0.2 + 0.5 * row["deficit"]
    u13, u14 = 0.6 * row["lobby"], -0.8 + 0.4 * row["deficit"]
    u22, u24 = -0.4 + 0.8 * row["size"], 0.2 + 0.5 * row["size"] - 0.3 * row["lobby"]
    if errors == "logit":
        after_l, after_r = logistic(u22), logistic(u24)
    else:
        after_l, after_r = phi(u22 / math.sqrt(2)), phi(u24 / math.sqrt(2))
    left = (1 - after_l) * u11 + after_l * u12
    right = (1 - after_r) * u13 + after_r * u14
    if errors == "logit":
        r = logistic(right - left)
    elif errors == "agent":
        r = phi((right - left) / math.sqrt(2))
    else:
        r = phi((right - left) / math.sqrt(after_l**2 + (1 - after_l) ** 2 + after_r**2 + (1 - after_r) ** 2))
    return (1 - r) * (1 - after_l), (1 - r) * after_l, r * (1 - after_r), r * after_r


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
        label = OUTCOMES[row["outcome"] - 1]
        row["duty"] = {"L": "none_set", "R": "tariff"}[label[0]]
        row["unasked"] = "-" if label[0] == "R" else {"L": "calm", "R": "angry"}[label[1]]
        row["asked"] = "-" if label[0] == "L" else {"L": "calm", "R": "angry"}[label[1]]
        rows.append(row)
    return rows


def main():
    rows = make_rows()
    with open("rows.csv", "w", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    answers = []
    for errors in ("agent", "private"):
        total = sum(math.log(probabilities(row, errors)[row["outcome"] - 1]) for row in rows)
        answers.append((f"loglik_{errors}", total, 1e-9, "sum of log probabilities of the outcomes"))
        for place, name in enumerate(OUTCOMES):
            answers.append((f"{name.lower()}_{errors}", sum(probabilities(row, errors)[place] for row in rows) / N,
                            1e-12, "mean probability of this end"))
    for place, name in enumerate(OUTCOMES):
        answers.append((f"{name.lower()}_one", probabilities(rows[0], "private")[place], 1e-12,
                        "row 1, private information"))
    with open("expected.csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("measure", "value", "tolerance", "source"))
        for name, value, tolerance, source in answers:
            writer.writerow((name, repr(value), repr(tolerance), source))


main()
