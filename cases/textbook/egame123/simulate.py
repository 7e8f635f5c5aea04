"""Writes rows.csv, 300 made-up crises of three states, and expected.csv, the answers by formulas of their own."""
import csv
import math
import random

N = 300
ENDS = ("quiet", "yields", "abandoned", "joined")


def phi(x):
    return 0.5 * math.erfc(-x / math.sqrt(2))


def probabilities(row, errors):
    """Of the four ends, by backward induction from the patron's choice."""
    u11, u13, u15, u16 = 0.5 + 0.4 * row["trade"], 0.9, -0.3 + row["power"], -1.6 + row["power"]
    u23, u25, u26 = -0.2, -0.9 - 0.5 * row["power"], 0.6
    u36 = -0.4 + 0.7 * row["pact"] + 0.3 * row["trade"]
    join = phi(u36 / math.sqrt(2))
    stay = 1 - join
    spread = 2 if errors == "agent" else 1 + join**2 + stay**2
    resist = phi((stay * u25 + join * u26 - u23) / math.sqrt(spread))
    p = (1 - resist, resist * stay, resist * join)
    spread = 2 if errors == "agent" else 1 + sum(x * x for x in p)
    act = phi((p[0] * u13 + p[1] * u15 + p[2] * u16 - u11) / math.sqrt(spread))
    return 1 - act, act * p[0], act * p[1], act * p[2]


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
    with open("rows.csv", "w", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    answers = []
    for errors in ("agent", "private"):
        places = {1: 0, 3: 1, 5: 2, 6: 3}
        total = sum(math.log(probabilities(row, errors)[places[row["outcome"]]]) for row in rows)
        answers.append((f"loglik_{errors}", total, 1e-9, "sum of log probabilities of the outcomes"))
        for place, name in enumerate(ENDS):
            answers.append((f"{name}_{errors}", sum(probabilities(row, errors)[place] for row in rows) / N, 1e-12,
                            "mean probability of this end"))
    for place, name in enumerate(ENDS):
        answers.append((f"{name}_one", probabilities(rows[0], "private")[place], 1e-12, "row 1, private information"))
    with open("expected.csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("measure", "value", "tolerance", "source"))
        for name, value, tolerance, source in answers:
            writer.writerow((name, repr(value), repr(tolerance), source))


main()
