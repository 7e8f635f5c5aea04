#!/usr/bin/env python3
"""Calibrates the cases of tests/calibration and the studied model, and prints a row of docs/inference.md for each.

Usage: calibration.py [CASUS [NAME...]]. Exit code 1 where a case is off.
"""
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

# Case, what it is, options. Numbers of replications are what a gate of minutes can pay.
CASES = [
    ("tests/calibration/linear-gaussian", "linear Gaussian, filtered",
     "--replications 60 --sets 150 --particles 100"),
    ("tests/calibration/hidden-resolve", "game with a hidden state, blanks and sets",
     "--replications 60 --sets 150 --particles 60"),
    ("tests/calibration/hidden-clashes", "game whose clashes only deaths tell of",
     "--replications 300 --sets 150 --particles 30"),
    ("tests/calibration/counts", "counts with a total, exact", "--replications 100 --sets 200"),
    ("tests/calibration/dispute-regression", "strategic regression by rows, exact",
     "--replications 100 --sets 200"),
    ("tests/calibration/rivals-record", "two rivals with a record, exact",
     "--replications 60 --sets 150"),
    ("tests/cases/nk-twin", "the studied model to 1993-12",
     "--until 1993-12 --replications 60 --sets 300 --particles 40"),
]


def row_of(casus, folder, what, options):
    done = subprocess.run(
        [casus, "calibrate", str(ROOT / folder), "--json", "--quiet", "--out",
         str(ROOT / "build" / "calibration" / pathlib.Path(folder).name), *options.split()],
        capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"{folder}: {done.stderr or done.stdout}")
    document = json.loads(done.stdout)
    quantities = sorted(document["quantities"], key=lambda at: at["p_value"])
    worst = quantities[0]
    verdict = "as it should be" if document["calibrated"] else worst["verdict"]
    if document["calibrated"] and abs(document["in_middle_90"] - 0.9) > 3 * document["in_middle_90_se"]:
        verdict = f"each alone, but {'narrow' if document['in_middle_90'] < 0.9 else 'wide'} on the whole"
    row = (f"| {what} | {document['replications']} | {len(quantities)} | "
           f"{worst['p_value']:.4f} ({worst['quantity']}) | {document['level']:.4f} | "
           f"{100 * document['in_middle_90']:.0f} ± {100 * document['in_middle_90_se']:.0f} % | "
           f"{verdict} |")
    print(row, flush=True)
    return document["calibrated"]


def main():
    casus = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / "build" / "tests" / "casus")
    names = sys.argv[2:]
    print("| case | replications | quantities | least p | limit | in middle 90 % | |\n|---|--:|--:|---|--:|--:|---|")
    passed = [row_of(casus, *case) for case in CASES
              if not names or pathlib.Path(case[0]).name in names]
    sys.exit(0 if all(passed) else 1)


if __name__ == "__main__":
    main()
