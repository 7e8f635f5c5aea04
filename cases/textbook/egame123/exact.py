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


BETA = dict(b_quiet=0.5, b_trade=0.4, b_won=0.9, b_alone=-0.3, b_join=-1.6, c_yield=-0.2, c_alone=-0.9, c_power=-0.5,
            c_aided=0.6, d_join=-0.4, d_pact=0.7, d_trade=0.3)
ENDS = ("quiet", "yields", "abandoned", "joined")


def probabilities(row, errors, **changed):
    """Of the four ends, by backward induction from the patron's choice."""
    b = {**BETA, **changed}
    u11 = b["b_quiet"] + b["b_trade"] * row["trade"]
    u15, u16 = b["b_alone"] + row["power"], b["b_join"] + row["power"]
    u25 = b["c_alone"] + b["c_power"] * row["power"]
    join = phi((b["d_join"] + b["d_pact"] * row["pact"] + b["d_trade"] * row["trade"]) / math.sqrt(2))
    stay = 1 - join
    spread = 2 if errors == "agent" else 1 + join**2 + stay**2
    resist = phi((stay * u25 + join * b["c_aided"] - b["c_yield"]) / math.sqrt(spread))
    p = (1 - resist, resist * stay, resist * join)
    spread = 2 if errors == "agent" else 1 + sum(x * x for x in p)
    act = phi((p[0] * b["b_won"] + p[1] * u15 + p[2] * u16 - u11) / math.sqrt(spread))
    return 1 - act, act * p[0], act * p[1], act * p[2]


def mean(place, errors, **changed):
    table = rows()
    return sum(probabilities(row, errors, **changed)[place] for row in table) / len(table)


def show(answers):
    print("measure,value,tolerance,source")
    for name, value, tolerance, source in answers:
        print(f'{name},{value!r},{tolerance!r},"{source}"')


def main():
    table = rows()
    place_of = {1: 0, 3: 1, 5: 2, 6: 3}
    answers = []
    for errors in ("agent", "private"):
        total = sum(math.log(probabilities(row, errors)[place_of[row["outcome"]]]) for row in table)
        answers.append((f"loglik_{errors}", total, 1e-9, "sum of log probabilities of the outcomes"))
        for place, name in enumerate(ENDS):
            answers.append((f"{name}_{errors}", mean(place, errors), 1e-12, "mean probability of this end"))
    for place, name in enumerate(ENDS):
        answers.append((f"{name}_one", probabilities(table[0], "private")[place], 1e-12,
                        "row 1 with private information"))
    show(answers)


if __name__ == "__main__":
    main()
