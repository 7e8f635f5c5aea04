"""What the documents point to is there: files, headings, and the tests that a sentence names as its proof.

A test is named `Suite.Name`, or as a model `good/NAME` or `bad/NAME` of tests/language. In docs/reference/language.md every
numbered sentence names at least one, and numbers go up without a gap.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROVEN = ["docs/order-of-events.md", "docs/reference/language.md"]
SENTENCES = "docs/reference/language.md"
LINK = re.compile(r"\]\(([^)\s]+)\)")
TEST_NAME = re.compile(r"`([A-Z]\w+\.[A-Z]\w+|(?:good|bad)/[\w.-]+)`")


def documents():
    for pattern in ("*.md", "docs/**/*.md", "cases/**/*.md", "src/*.md", "bench/*.md", "tests/**/*.md"):
        yield from sorted(ROOT.glob(pattern))


def without_code(text):
    return re.sub(r"`[^`\n]*`", "", re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S))


def anchors(text):
    """What GitHub makes of headings."""
    found = set()
    for heading in re.findall(r"^#+ (.*)$", re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S), re.M):
        plain = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
        found.add(re.sub(r"[^\w\- ]", "", plain).replace(" ", "-"))
    return found


def broken_links():
    for page in documents():
        for target in LINK.findall(without_code(page.read_text())):
            if re.match(r"[a-z]+:", target):
                continue
            name, _, anchor = target.partition("#")
            there = page.parent / name if name else page
            if not there.exists():
                yield f"{page.relative_to(ROOT)}: no file {target}"
            elif anchor and there.suffix == ".md" and anchor not in anchors(there.read_text()):
                yield f"{page.relative_to(ROOT)}: no heading {target}"


def tests():
    found = set()
    for path in ROOT.glob("tests/**/*.cpp"):
        for suite, name in re.findall(r"^(?:TEST|TEST_F|TEST_P)\((\w+),\s*(\w+)\)", path.read_text(), re.M):
            found.add(f"{suite}.{name}")
    for kind in ("good", "bad"):
        for path in ROOT.glob(f"tests/language/{kind}/*"):
            found.add(f"{kind}/{path.name.removesuffix('.casus').removesuffix('.text')}")
    return found


def unproven():
    there = tests()
    for name in PROVEN:
        for test in TEST_NAME.findall((ROOT / name).read_text()):
            if test not in there:
                yield f"{name}: there is no test {test}"


def unmentioned():
    """Tests of the order of events that its page does not name."""
    page = (ROOT / "docs/order-of-events.md").read_text()
    for test in sorted(tests()):
        if test.startswith("OrderOfEvents.") and f"`{test}`" not in page:
            yield f"docs/order-of-events.md does not name {test}"


def unnumbered():
    """Sentences of the reference: `**L3.2** text. `Test.Name``, one paragraph each."""
    before = (0, 0)
    for number, sentence in re.findall(r"^\*\*L([\d.]+)\*\* (.*?)(?=\n\n|\Z)", (ROOT / SENTENCES).read_text(), re.M | re.S):
        section, place = map(int, number.split("."))
        if (section, place) not in ((before[0], before[1] + 1), (before[0] + 1, 1)):
            yield f"{SENTENCES}: L{number} follows L{before[0]}.{before[1]}"
        if not TEST_NAME.search(sentence):
            yield f"{SENTENCES}: L{number} names no test"
        before = (section, place)


def main():
    problems = [*broken_links(), *unproven(), *unmentioned(), *unnumbered()]
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
