"""The exact answers: the probabilities of all states, pushed forward step by step."""

import math

PEOPLE, FIRST, CONTACTS, RECOVERY, DT, LAST = 30, 2, 0.4, 0.2, 0.25, 60
HISTORIES = 4096


def binomial(n, p):
    return [math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)]


def after_a_step(now):
    then = {}
    for (susceptible, infected), weight in now.items():
        caught = binomial(susceptible, 1 - math.exp(-CONTACTS * infected / PEOPLE * DT))
        recovered = binomial(infected, 1 - math.exp(-RECOVERY * DT))
        for a, p in enumerate(caught):
            for b, q in enumerate(recovered):
                state = (susceptible - a, infected + a - b)
                then[state] = then.get(state, 0.0) + weight * p * q
    return then


def moments(law, of):
    mean = sum(weight * of(*state) for state, weight in law.items())
    return mean, math.sqrt(sum(weight * (of(*state) - mean) ** 2 for state, weight in law.items()))


def main():
    law = {(PEOPLE - FIRST, FIRST): 1.0}
    rows = []

    def row(measure, statistic, of):
        mean, deviation = moments(law, of)
        rows.append((measure, statistic, mean, 4 * deviation / math.sqrt(HISTORIES)))

    for step in range(1, round(LAST / DT) + 1):
        law = after_a_step(law)
        if step * DT == 10:
            row("infected_10", "mean", lambda s, i: i)
            row("susceptible_10", "mean", lambda s, i: s)
        if step * DT == 20:
            row("gone_20", "share", lambda s, i: i == 0)
    row("reached", "mean", lambda s, i: PEOPLE - s)
    row("gone", "share", lambda s, i: i == 0)
    print("measure,value,tolerance,source,statistic,histories,seed")
    for measure, statistic, value, tolerance in rows:
        source = f"exact.py, all states; mc n={HISTORIES}"
        print(f"{measure},{value:.10f},{tolerance:.4f},{source!r},{statistic},{HISTORIES},1".replace("'", '"'))


if __name__ == "__main__":
    main()
