"""The answers, by formulas of their own, over the rows of rows.csv: prints expected.csv."""
import csv
import math
import pathlib

HERE = pathlib.Path(__file__).resolve().parent
PIE = 100.0
S1, S2 = 12.0, 9.0


def rows():
    with open(HERE / "rows.csv") as file:
        return [{key: float(text) for key, text in row.items()} for row in csv.DictReader(file)]


def logistic(x):
    return 1 / (1 + math.exp(-x)) if x > -700 else 0.0


def reservations(row, b_one=35.0):
    return b_one + 9 * row["proud"], 6 + 8 * row["stranger"] - 5 * row["poor"]


def marginal(row, offer, e1, **changed):
    """What making the offer a little better would bring, divided by the chance of acceptance."""
    r1, r2 = reservations(row, **changed)
    accepts = logistic((offer - r2) / S2)
    return (PIE - offer - r1 - e1) * (1 - accepts) / S2 - 1


def bisected(rises, low, high):
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if rises(middle) else (low, middle)
    return low


def hidden(row, offer, **changed):
    """The e1 for which the offer is best."""
    return bisected(lambda e1: marginal(row, offer, e1, **changed) > 0, -1e7, 1e7)


def log_density(row, **changed):
    offer = row["offer"]
    if offer <= 0:
        return math.log(1 - logistic(hidden(row, 0.0, **changed) / S1))
    if offer >= PIE:
        return math.log(logistic(hidden(row, PIE, **changed) / S1))
    _, r2 = reservations(row)
    p = logistic(hidden(row, offer, **changed) / S1)
    slope = 1 + 1 / (1 / logistic((offer - r2) / S2) - 1)  # of e1 in the offer: 1 + odds of acceptance
    return math.log(p * (1 - p) / S1) + math.log(slope)


def loglik(**changed):
    return sum(log_density(row, **changed) for row in rows())


def main():
    table = rows()
    n = len(table)
    accepts = [logistic((row["offer"] - reservations(row)[1]) / S2) for row in table]
    inside = [row for row in table if 0 < row["offer"] < PIE]
    answers = [
        ("loglik_offers", loglik(), 1e-8, "sum of log densities of the offers"),
        ("loglik_answers", sum(math.log(p if row["accepted"] else 1 - p) for p, row in zip(accepts, table)), 1e-9,
         "sum of log probabilities of the answers"),
        ("accepted_share", sum(row["accepted"] for row in table) / n, 1e-12, "count"),
        ("accepts_mean", sum(accepts) / n, 1e-12, "mean probability of acceptance"),
        ("nothing_share", sum(row["offer"] <= 0 for row in table) / n, 1e-12, "count"),
        ("hidden_mean", sum(hidden(row, row["offer"]) for row in inside) / len(inside), 1e-8,
         "mean of the e1 behind the offers above 0 by bisection"),
    ]
    print("measure,value,tolerance,source")
    for name, value, tolerance, source in answers:
        print(f'{name},{value!r},{tolerance!r},"{source}"')


if __name__ == "__main__":
    main()
