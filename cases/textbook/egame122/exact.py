"""The answers, by formulas of their own, over the rows of rows.csv: prints expected.csv."""
import csv
import math
import pathlib

HERE = pathlib.Path(__file__).resolve().parent


def phi(x):
    return 0.5 * math.erfc(-x / math.sqrt(2))


def rows():
    """Each row of rows.csv, numbers as numbers."""
    def number(text):
        try:
            return float(text)
        except ValueError:
            return text

    with open(HERE / "rows.csv") as file:
        return [{key: number(text) for key, text in row.items()} for row in csv.DictReader(file)]


BETA = dict(a_free=0.3, a_provoked=-0.2, a_deficit=0.5, a_lobby=0.6, a_war=-0.8, a_relief=0.4,
            b_grudge=-0.4, b_size=0.8, b_war=0.2, b_strength=0.5, b_fear=-0.3)
ENDS = ("ll", "lr", "rl", "rr")


def probabilities(row, errors, **changed):
    """Of the four ends: tariff or none, and then anger or none."""
    b = {**BETA, **changed}
    u11, u12 = b["a_free"], b["a_provoked"] + b["a_deficit"] * row["deficit"]
    u13, u14 = b["a_lobby"] * row["lobby"], b["a_war"] + b["a_relief"] * row["deficit"]
    q2 = phi((b["b_grudge"] + b["b_size"] * row["size"]) / math.sqrt(2))
    q4 = phi((b["b_war"] + b["b_strength"] * row["size"] + b["b_fear"] * row["lobby"]) / math.sqrt(2))
    gain = (1 - q4) * u13 + q4 * u14 - (1 - q2) * u11 - q2 * u12
    spread = 2 if errors == "agent" else q2**2 + (1 - q2) ** 2 + q4**2 + (1 - q4) ** 2
    r = phi(gain / math.sqrt(spread))
    return (1 - r) * (1 - q2), (1 - r) * q2, r * (1 - q4), r * q4


def mean(place, errors, **changed):
    table = rows()
    return sum(probabilities(row, errors, **changed)[place] for row in table) / len(table)


def show(answers):
    print("measure,value,tolerance,source")
    for name, value, tolerance, source in answers:
        print(f'{name},{value!r},{tolerance!r},"{source}"')


def main():
    table = rows()
    answers = []
    for errors in ("agent", "private"):
        total = sum(math.log(probabilities(row, errors)[int(row["outcome"]) - 1]) for row in table)
        answers.append((f"loglik_{errors}", total, 1e-9, "sum of log probabilities of the outcomes"))
        for place, name in enumerate(ENDS):
            answers.append((f"{name}_{errors}", mean(place, errors), 1e-12, "mean probability of this end"))
    for place, name in enumerate(ENDS):
        answers.append((f"{name}_one", probabilities(table[0], "private")[place], 1e-12,
                        "row 1 with private information"))
    show(answers)


if __name__ == "__main__":
    main()
