"""Simulates the record by a seed, and answers by the joint law of all observations at once.

The covariance of what is seen in steps s and t is sigma^2 a^|s-t| / (1 - a^2), and tau^2 more where s = t: no
recursion over time, so that this is an independent check of one.
"""

import math
import pathlib
import random

STEPS, HISTORIES = 100, 4096
HERE = pathlib.Path(__file__).parent
SETTINGS = [
    ("", 0.9, 0.5, 0.8),
    ("persistence=0.5", 0.5, 0.5, 0.8),
    ("persistence=0.99", 0.99, 0.5, 0.8),
    ("shock_sd=0.25 error_sd=1.2", 0.9, 0.25, 1.2),
]


def simulated():
    chance = random.Random(19600301)
    level, seen = chance.gauss(0, 0.5 / math.sqrt(1 - 0.9**2)), []
    for _ in range(STEPS):
        seen.append(round(level + chance.gauss(0, 0.8), 3))
        level = 0.9 * level + chance.gauss(0, 0.5)
    return seen


def cholesky(matrix):
    lower = [[0.0] * len(matrix) for _ in matrix]
    for i in range(len(matrix)):
        for j in range(i + 1):
            rest = matrix[i][j] - math.fsum(lower[i][k] * lower[j][k] for k in range(j))
            lower[i][j] = math.sqrt(rest) if i == j else rest / lower[j][j]
    return lower


def solved(lower, right):
    z = []
    for i, row in enumerate(lower):
        z.append((right[i] - math.fsum(row[k] * z[k] for k in range(i))) / row[i])
    return z


def answers(seen, a, sigma, tau):
    level = sigma**2 / (1 - a**2)
    n = len(seen)
    lower = cholesky([[level * a ** abs(s - t) + (tau**2 if s == t else 0) for t in range(n)] for s in range(n)])
    z = solved(lower, seen)
    log_likelihood = -math.fsum(math.log(lower[i][i]) for i in range(n)) - math.fsum(v * v for v in z) / 2
    log_likelihood -= n / 2 * math.log(2 * math.pi)
    with_last = solved(lower, [level * a ** (n - 1 - t) for t in range(n)])
    estimate = math.fsum(u * v for u, v in zip(with_last, z))
    return log_likelihood, estimate, math.sqrt(level - math.fsum(v * v for v in with_last))


def main():
    seen = simulated()
    table = "step,seen\n" + "".join(f"{t + 1},{y}\n" for t, y in enumerate(seen))
    if (HERE / "seen.csv").read_text() != table:
        raise SystemExit("seen.csv is not what the seed gives")
    print("measure,value,tolerance,source,set,statistic,histories,seed")
    source = '"joint normal law, exact.py"'
    for settings, a, sigma, tau in SETTINGS:
        values = answers(seen, a, sigma, tau)
        for measure, value in zip(("log_likelihood", "last_estimate", "last_sd"), values):
            print(f"{measure},{value:.10f},{1e-9 * max(1, abs(value)):.1e},{source},{settings},,,")
    for measure, variance in (("level_variance", 0.25 / 0.19), ("seen_variance", 0.25 / 0.19 + 0.64)):
        tolerance = 4 * math.sqrt(2 / HISTORIES) * variance
        print(f'{measure},{variance:.10f},{tolerance:.4f},"closed form; mc n={HISTORIES}",,mean,{HISTORIES},1')


if __name__ == "__main__":
    main()
