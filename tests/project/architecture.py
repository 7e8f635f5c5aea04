"""The shape of the tree: which folder may include which, file sizes, headers that say what they hold."""

import pathlib
import re
import statistics
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

# Each folder of src/ may include itself and the folders listed here, and nothing else. See src/README.md.
MAY_INCLUDE = {
    "base": [],
    "random": ["base"],
    "machine": ["base", "random"],
    "games": ["base", "random", "machine"],
    "language": ["base", "random", "machine", "games"],
    "table": ["base"],
    "evidence": ["base", "table"],
    "inference": ["base", "random", "machine", "table"],
    "case": ["base", "random", "machine", "games", "language", "table", "evidence", "inference"],
    "editor": ["base", "random", "machine", "language", "table", "evidence", "case"],
    "cli": ["base", "case", "editor"],
}

# Files, clocks, threads and the terminal stand behind seams, in these folders only.
OUTSIDE_WORLD = re.compile(
    r"#include <(?:filesystem|fstream|iostream|cstdio|thread|chrono|csignal|tbb/\S+|oneapi/\S+|CLI/\S+|netcdf\S*|dlfcn\.h|nlopt\S*)>")
MAY_TOUCH_THE_WORLD = {"case", "cli"}

# Highway's vectors and macros stand in the kernels only.
KERNELS = ROOT / "src/machine/kernels"

LONGEST_FILE = 700
LONGEST_MEDIAN = 200


def files(folder):
    return sorted(p for p in (ROOT / folder).rglob("*") if p.suffix in {".cpp", ".hpp", ".inl"})


def wrong_includes():
    for folder, allowed in MAY_INCLUDE.items():
        for path in files(f"src/{folder}"):
            text = path.read_text()
            for target in re.findall(r'^#include "(\w+)/', text, re.M):
                if target == "hwy":
                    if KERNELS not in path.parents:
                        yield f"{path.relative_to(ROOT)}: Highway stands in {KERNELS.relative_to(ROOT)} only"
                elif target != folder and target not in allowed:
                    yield f"{path.relative_to(ROOT)}: {folder} may not include {target}"
            if folder not in MAY_TOUCH_THE_WORLD:
                for include in OUTSIDE_WORLD.findall(text):
                    yield f"{path.relative_to(ROOT)}: {include} stands behind a seam"


def unknown_folders():
    for path in sorted((ROOT / "src").iterdir()):
        if path.is_dir() and path.name not in MAY_INCLUDE:
            yield f"src/{path.name}: no arrows are declared for this folder"


def sizes():
    lengths = {p: p.read_text().count("\n") for folder in ("src", "tests") for p in files(folder)}
    for path, length in lengths.items():
        if length > LONGEST_FILE:
            yield f"{path.relative_to(ROOT)}: {length} lines; split what is over {LONGEST_FILE}"
    median = statistics.median(lengths.values())
    if median > LONGEST_MEDIAN:
        yield f"the median file has {median} lines"


def silent_headers():
    for path in files("src"):
        if path.suffix in {".hpp", ".inl"} and not path.read_text().startswith("// "):
            yield f"{path.relative_to(ROOT)}: the first line does not say what the file holds"


def main():
    wrong = [*wrong_includes(), *unknown_folders(), *sizes(), *silent_headers()]
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
