"""The answers, by formulas of their own, over the rows of rows.csv: prints expected.csv."""
import csv
import math
import pathlib

HERE = pathlib.Path(__file__).resolve().parent


def phi(x):
    return 0.5 * math.erfc(-x / math.sqrt(2))


def logistic(x):
    return 1 / (1 + math.exp(-x))


def rows():
    """Each row of rows.csv, numbers as numbers."""
    def number(text):
        try:
            return float(text)
        except ValueError:
            return text

    with open(HERE / "rows.csv") as file:
        return [{key: number(text) for key, text in row.items()} for row in csv.DictReader(file)]


BETA = dict(b_quiet=0.4, b_trade=0.6, b_conceded=0.8, b_war=-1.2, b_power=1.5, g_resist=-0.3, g_ally=0.7, g_weak=0.9)


def probabilities(row, errors, **changed):
    """Of the status quo, a concession and a war."""
    b = {**BETA, **changed}
    quiet = b["b_quiet"] + b["b_trade"] * row["trade"]
    war = b["b_war"] + b["b_power"] * row["power"]
    resists = b["g_resist"] + b["g_ally"] * row["ally"] + b["g_weak"] * (1 - row["power"])
    if errors == "logit":
        p4 = logistic(resists)
        p2 = logistic(p4 * war + (1 - p4) * b["b_conceded"] - quiet)
    else:
        p4 = phi(resists / math.sqrt(2))
        spread = 2 if errors == "agent" else 1 + p4**2 + (1 - p4) ** 2
        p2 = phi((p4 * war + (1 - p4) * b["b_conceded"] - quiet) / math.sqrt(spread))
    return 1 - p2, p2 * (1 - p4), p2 * p4


def loglik(errors, **changed):
    place = {1: 0, 3: 1, 4: 2}
    return sum(math.log(probabilities(row, errors, **changed)[place[row["outcome"]]]) for row in rows())


def show(answers):
    print("measure,value,tolerance,source")
    for name, value, tolerance, source in answers:
        print(f'{name},{value!r},{tolerance!r},"{source}"')


def main():
    table = rows()
    answers = []
    for errors in ("logit", "agent", "private"):
        answers.append((f"loglik_{errors}", loglik(errors), 1e-9, "sum of log probabilities of the outcomes"))
        answers.append((f"war_{errors}", sum(probabilities(row, errors)[2] for row in table) / len(table), 1e-12,
                        "mean probability of war"))
    for name, row in (("one", table[0]), ("last", table[-1])):
        for place, what in enumerate(("quiet", "concession", "war")):
            answers.append((f"{what}_{name}", probabilities(row, "private")[place], 1e-12,
                            f"row {row['id']:.0f} with private information"))
    show(answers)


if __name__ == "__main__":
    main()
