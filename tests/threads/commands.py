#!/usr/bin/env python3
"""Runs commands that work on several threads with a casus that was built with the thread sanitizer.

    python3 tests/threads/commands.py build/threads/casus
"""

import os
import pathlib
import subprocess
import sys
import tempfile

MODEL = """casus 1
case "A drifting level"
    time 10 steps
param level ~ normal(0, 2) base 0
param drift ~ normal(0, 1) base 0
explain moved "it is not zero"
    level free
explain all "it drifts as well"
    level free
    drift free
draw noise ~ normal(0, 0.3)
state x = 0
    then x + drift + noise
measure last = x at end
observe seen from "seen.csv" ~ normal(mean = level + x, sd = 1)
whatif calm "no drift"
    drift := 0
"""
SEEN = [2.3, 4.3, 1.3, 3.3, 0.3, 2.3, 4.3, 1.3, 3.3, 0.3]

FIT = ["--sets", "40", "--particles", "40"]
COMMANDS = [
    ["run"],
    ["whatif", "--explain", "all"],
    ["fit", "--explain", "all", "--repeats", "2", *FIT],
    ["fit", "--explain", "all", "--until", "5", *FIT],
    ["whatif", "--explain", "all", "--fitted", *FIT],
    ["compare", "--repeats", "2", *FIT],
    ["study", "--repeats", "2", *FIT],
    ["tune", "--explain", "all"],
    ["calibrate", "--explain", "all", "--sets", "20", "--replications", "20"],
    ["recover", "--sets", "20", "--particles", "20", "--records", "4"],
]


def main() -> None:
    casus = pathlib.Path(sys.argv[1]).resolve()
    environment = os.environ | {"TSAN_OPTIONS": "halt_on_error=1 exitcode=66"}
    with tempfile.TemporaryDirectory() as folder:
        case = pathlib.Path(folder, "level")
        case.mkdir()
        (case / "model.casus").write_text(MODEL)
        rows = [f"{step},{value}" for step, value in enumerate(SEEN, start=1)]
        (case / "seen.csv").write_text("\n".join(["step,seen", *rows]) + "\n")
        for command, *options in COMMANDS:
            line = [casus, command, "level", *options, "--threads", "3"]
            ended = subprocess.run(line, cwd=folder, env=environment, capture_output=True, text=True)
            if ended.returncode != 0:
                sys.exit(f"casus {command} ended with {ended.returncode}\n{ended.stderr}")
            print(f"ok  casus {command} {' '.join(options)}")


if __name__ == "__main__":
    main()
