"""Writes rows.csv, 300 made-up offers, and expected.csv, the answers by formulas of their own."""
import csv
import math
import random

N = 300
PIE = 100.0
S1, S2 = 12.0, 9.0


def logistic(x):
    return 1 / (1 + math.exp(-x)) if x > -700 else 0.0


def reservations(row):
    return 35 + 9 * row["proud"], 6 + 8 * row["stranger"] - 5 * row["poor"]


def marginal(row, offer):
    """What making the offer a little better would bring, divided by the chance of acceptance."""
    r1, r2 = reservations(row)
    accepts = logistic((offer - r2) / S2)
    return lambda e1: (PIE - offer - r1 - e1) * (1 - accepts) / S2 - 1


def best_offer(row, e1):
    """By bisection on the first-order condition."""
    low, high = 0.0, PIE
    if marginal(row, low)(e1) <= 0:
        return low
    if marginal(row, high)(e1) >= 0:
        return high
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if marginal(row, middle)(e1) > 0 else (low, middle)
    return round(low, 4)


def hidden(row, offer):
    """The e1 for which the offer is best, by bisection."""
    low, high = -1e7, 1e7
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if marginal(row, offer)(middle) > 0 else (low, middle)
    return low


def log_density(row):
    offer = row["offer"]
    if offer <= 0:
        return math.log(1 - logistic(hidden(row, 0.0) / S1))
    if offer >= PIE:
        return math.log(logistic(hidden(row, PIE) / S1))
    _, r2 = reservations(row)
    p = logistic(hidden(row, offer) / S1)
    slope = 1 + 1 / (1 / logistic((offer - r2) / S2) - 1)  # of e1 in the offer: 1 + odds of acceptance
    return math.log(p * (1 - p) / S1) + math.log(slope)


def make_rows():
    chance = random.Random(2003)
    rows = []
    for number in range(1, N + 1):
        row = dict(id=number, proud=round(chance.gauss(0, 1), 4), stranger=int(chance.random() < 0.5),
                   poor=round(chance.random(), 4))
        u = chance.random()
        row["offer"] = best_offer(row, S1 * math.log(u / (1 - u)))
        accepts = logistic((row["offer"] - reservations(row)[1]) / S2)
        row["accepted"] = int(chance.random() < accepts)
        rows.append(row)
    return rows


def main():
    rows = make_rows()
    with open("rows.csv", "w", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    accepts = [logistic((row["offer"] - reservations(row)[1]) / S2) for row in rows]
    inside = [row for row in rows if 0 < row["offer"] < PIE]
    answers = [
        ("loglik_offers", sum(map(log_density, rows)), 1e-8, "sum of log densities of the offers"),
        ("loglik_answers", sum(math.log(p if row["accepted"] else 1 - p) for p, row in zip(accepts, rows)), 1e-9,
         "sum of log probabilities of the answers"),
        ("accepted_share", sum(row["accepted"] for row in rows) / N, 1e-12, "count"),
        ("accepts_mean", sum(accepts) / N, 1e-12, "mean probability of acceptance"),
        ("nothing_share", sum(row["offer"] <= 0 for row in rows) / N, 1e-12, "count"),
        ("hidden_mean", sum(hidden(row, row["offer"]) for row in inside) / len(inside), 1e-8,
         "mean of the e1 behind the offers above 0, by bisection"),
    ]
    with open("expected.csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("measure", "value", "tolerance", "source"))
        for name, value, tolerance, source in answers:
            writer.writerow((name, repr(value), repr(tolerance), source))


main()
