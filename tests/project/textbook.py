"""The textbook cases as a reader finds them: every folder whole, answers recomputed, figures as casus gives them."""

import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
TEXTBOOK = ROOT / "cases/textbook"
LONGEST_README = 40  # a screen


def folders():
    return sorted(p.parent for p in TEXTBOOK.glob("*/README.md"))


def incomplete(folder):
    text = (folder / "README.md").read_text()
    for part in ("**The question.**", "**The model.**", "**Source.**", "**Expected**", "casus run", "(figure.svg)"):
        if part not in text and part.replace("**Expected**", "**Expected.**") not in text:
            yield f"{folder.name}/README.md lacks {part}"
    if text.count("\n") > LONGEST_README:
        yield f"{folder.name}/README.md is longer than a screen"
    if not (folder / "figure.svg").exists():
        yield f"{folder.name} has no figure.svg"
    if f"]({folder.name})" not in (TEXTBOOK / "README.md").read_text():
        yield f"cases/textbook/README.md does not list {folder.name}"


def stale_answers(folder):
    if (folder / "exact.py").exists():
        printed = subprocess.run([sys.executable, "-B", folder / "exact.py"], capture_output=True, text=True)
        if printed.returncode or printed.stdout != (folder / "expected.csv").read_text():
            yield f"{folder.name}/expected.csv is not what exact.py prints\n{printed.stderr}"


def main():
    problems = [problem for folder in folders() for check in (incomplete, stale_answers) for problem in check(folder)]
    for problem in problems:
        print(problem, file=sys.stderr)
    figures = subprocess.run([sys.executable, TEXTBOOK / "figures", "--check"])
    return 1 if problems or figures.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
