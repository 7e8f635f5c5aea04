"""The documents that readers follow literally, followed literally: every file written, every command run.

In a document, a fenced block says behind its language what is to be done with it:

    ```casus file=my-case/model.casus      the file is written
    ```casus append=my-case/model.casus    the lines are added at its end, after an empty one
    ```diff change=my-case/model.casus     the lines with - are there, once, and become those with +
    ```console                             commands behind `$ `, each followed by exactly what it prints

A line `...` stands for any lines of output. Every document begins in a folder that
holds nothing but a link to the project's cases. Blocks of other kinds
are for reading only. Commands find build/tests/casus, and the Python of build/xarray where there is one.
"""

import difflib
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCUMENTS = ["docs/tutorial.md", "docs/how-to-data.md", "docs/how-to-units.md", "docs/architecture.md"]
BLOCK = re.compile(r"^```(\w+)[ \t]*([^\n]*)\n(.*?)^```$", re.M | re.S)


def changed(old, lines, place):
    """`old` with the lines marked - replaced by those marked +."""
    gone = [line[2:] for line in lines if line.startswith("- ") or line == "-"]
    new = [line[2:] for line in lines if line.startswith("+ ") or line == "+"]
    before, after = "\n".join(gone) + "\n", "\n".join(new) + "\n"
    if ("\n" + old).count("\n" + before) != 1:
        raise SystemExit(f"{place}: these lines are not in the file, or more than once:\n{before}")
    return ("\n" + old).replace("\n" + before, "\n" + after)[1:]


def matches(wanted, got):
    """Whether lines of output are as written, where a line `...` stands for any."""
    if not wanted:
        return not got
    if wanted[0].strip() == "...":
        return any(matches(wanted[1:], got[k:]) for k in range(len(got) + 1))
    return bool(got) and wanted[0].rstrip() == got[0].rstrip() and matches(wanted[1:], got[1:])


def commands(text):
    """(command, lines of output) of a console block."""
    found = []
    for line in text.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            found[-1][1].append(line)
    return found


def environment():
    paths = [ROOT / "build/tests", ROOT / "build/xarray/python/bin"]
    return {**os.environ, "PATH": os.pathsep.join([*map(str, paths), os.environ["PATH"]]), "NO_COLOR": "1"}


def follow(text, name, folder):
    """Problems of one document, followed in an empty folder."""
    problems = []
    for block in BLOCK.finditer(text):
        language, how, body = block.groups()
        place = f"{name}:{text.count(chr(10), 0, block.start()) + 1}"
        verb, _, target = how.partition("=")
        path = folder / target
        if verb in ("file", "append", "change"):
            path.parent.mkdir(parents=True, exist_ok=True)
        if verb == "file":
            path.write_text(body)
        elif verb == "append":
            path.write_text(path.read_text() + "\n" + body)
        elif verb == "change":
            path.write_text(changed(path.read_text(), body.splitlines(), place))
        elif language == "console":
            for command, wanted in commands(body):
                done = subprocess.run(["bash", "-c", command], cwd=folder, env=environment(), text=True,
                                      stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
                got = done.stdout.splitlines()
                if not matches(wanted, got):
                    difference = difflib.unified_diff(wanted, got, "as written", "as printed", lineterm="")
                    problems.append(f"{place}: $ {command}\n" + "\n".join(difference))
    return problems


def not_as_shown(folder):
    """The tutorial ends with cases/two-rivals and the claim it cites, and shows the picture that was written."""
    model = (folder / "my-case/model.casus").read_text()
    if (folder / "results/my-case-whatif/bands.svg").read_text() != (ROOT / "docs/tutorial-bands.svg").read_text():
        yield "docs/tutorial-bands.svg is not what the tutorial's what-if writes"
    wanted = (ROOT / "cases/two-rivals/model.casus").read_text().split()
    got = model.replace(' claims "claims.toml"', "").replace(" because c1", "").split()
    if got != wanted:
        yield "docs/tutorial.md ends with another model than cases/two-rivals/model.casus"


def main(arguments):
    problems = []
    for name in arguments or DOCUMENTS:
        with tempfile.TemporaryDirectory() as folder:
            text = (ROOT / name).read_text()
            pathlib.Path(folder, "cases").symlink_to(ROOT / "cases")
            problems += follow(text, name, pathlib.Path(folder))
            if name == "docs/tutorial.md":
                problems += not_as_shown(pathlib.Path(folder))
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
