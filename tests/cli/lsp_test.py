"""`casus lsp` as an editor meets it: one process, messages over its standard streams.

    python3 tests/cli/lsp_test.py build/tests/casus
"""

import pathlib
import signal
import subprocess
import sys
import tempfile
import unittest

from lsp_client import Client, Failure, uri

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = str(pathlib.Path(sys.argv.pop(1)).resolve())


def place_of(text, words, after=0):
    before = text[:text.index(words) + after]
    return before.count("\n"), len(before.rsplit("\n", 1)[-1])


class NewCase(unittest.TestCase):
    """The case that `casus new` writes."""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        subprocess.run([BINARY, "new", "mine", "--quiet"], cwd=self.folder.name, check=True)
        self.path = pathlib.Path(self.folder.name) / "mine/model.casus"
        self.text = self.path.read_text()
        self.uri = uri(self.path)
        self.client = Client(BINARY, self.folder.name)
        self.client.start()
        self.client.open(self.uri, self.text)
        self.assertEqual(self.client.published(self.uri), [])

    def tearDown(self):
        if self.client.process.poll() is None:
            self.client.process.kill()
        self.client.process.wait()
        self.client.process.stdin.close()
        self.client.process.stdout.close()
        self.folder.cleanup()

    def test_faults_come_and_go_with_what_is_typed(self):
        self.client.change(self.uri, self.text.replace("because c003", "because c9"))
        faults = self.client.published(self.uri)
        self.assertEqual([each["code"] for each in faults], ["E009"])
        line, character = place_of(self.text, "because c003", len("because "))
        self.assertEqual(faults[0]["range"]["start"], {"line": line, "character": character})
        self.client.change(self.uri, self.text)
        self.assertEqual(self.client.published(self.uri), [])
        self.assertEqual(self.path.read_text(), self.text)

    def test_a_burst_of_changes_is_checked_once(self):
        for i in range(200):
            self.client.change(self.uri, self.text + f"let x{i} = nothing_{i}\n", i)
        faults = self.client.published(self.uri)
        while "nothing_199" not in faults[0]["message"]:
            faults = self.client.published(self.uri)
        self.assertTrue(self.client.messages.empty())

    def test_hover_definition_and_rename(self):
        wear = place_of(self.text, "wear * arms")
        shown = self.client.ask("hover", self.uri, *wear)["contents"]["value"]
        self.assertIn("param, unit 1 / year", shown)
        self.assertIn("**c003** About a tenth of the arms wears out in a year.", shown)
        found = self.client.ask("definition", self.uri, *wear)
        self.assertEqual([each["range"]["start"] for each in found],
                         [dict(zip(("line", "character"), place_of(self.text, "wear ~")))])
        edits = self.client.ask("rename", self.uri, *wear, newName="decay")["changes"][self.uri]
        lines = self.text.split("\n")
        for edit in sorted(edits, key=lambda each: -each["range"]["start"]["character"]):
            begin, end = edit["range"]["start"], edit["range"]["end"]
            line = lines[begin["line"]]
            lines[begin["line"]] = line[:begin["character"]] + edit["newText"] + line[end["character"]:]
        self.client.change(self.uri, "\n".join(lines))
        self.assertEqual("\n".join(lines).count("decay"), 2)
        self.client.request("textDocument/documentSymbol", {"textDocument": {"uri": self.uri}})
        self.assertEqual(self.client.diagnostics.get(self.uri, []), [])
        with self.assertRaisesRegex(Failure, "already means something"):
            self.client.ask("rename", self.uri, *place_of("\n".join(lines), "decay ~"), newName="arms")

    def test_completion_and_formatting(self):
        line, _ = place_of(self.text, "measure war ")
        lines = self.text.split("\n")
        lines.insert(line, "measure x = any(answer == ")
        self.client.change(self.uri, "\n".join(lines))
        given = self.client.ask("completion", self.uri, line, len(lines[line]))
        self.assertEqual([each["label"] for each in given], ["yield", "fight"])
        self.client.change(self.uri, self.text.replace("    claims", "  claims").replace(" = ", "="))
        edits = self.client.request("textDocument/formatting", {"textDocument": {"uri": self.uri}})
        again = subprocess.run([BINARY, "fmt", "-"], input=self.text.replace("    claims", "  claims").replace(
            " = ", "="), capture_output=True, text=True, check=True)
        self.assertEqual(edits[0]["newText"], again.stdout)

    def test_nonsense_on_the_stream(self):
        self.client.raw(b"Content-Length: x\r\n\r\n")
        self.client.raw(b"Content-Length: 3\r\n\r\n{{{")
        self.assertEqual(self.client.next()["error"]["code"], -32700)
        self.client.raw(b"Content-Length: 2\r\nContent-Type: application/x\r\n\r\n[]")
        self.assertEqual(self.client.next()["error"]["code"], -32600)
        self.assertEqual(self.client.stop(), 0)

    def test_the_ways_to_end(self):
        self.client.notify("exit")
        self.assertEqual(self.client.process.wait(timeout=30), 1)
        other = Client(BINARY, self.folder.name)
        other.start()
        other.process.stdin.close()
        self.assertEqual(other.process.wait(timeout=30), 1)
        other.process.stdout.close()
        third = Client(BINARY, self.folder.name)
        third.start()
        third.process.send_signal(signal.SIGTERM)
        self.assertEqual(third.process.wait(timeout=30), 130)
        third.process.stdin.close()
        third.process.stdout.close()


class Flagship(unittest.TestCase):
    """Every word of a large case of many files."""

    def test_every_file_opens_without_a_fault_and_every_word_has_an_answer(self):
        folder = ROOT / "cases/nagorno-karabakh"
        client = Client(BINARY, str(ROOT))
        client.start()
        path = folder / "crisis.casus"
        text = path.read_text()
        client.open(uri(path), text)
        self.assertEqual(client.published(uri(path)), [])
        n_shown = 0
        for line, words in enumerate(text.split("\n")):
            if words.lstrip().startswith(("#", '"')):
                continue
            for character in range(0, len(words), 3):
                n_shown += client.ask("hover", uri(path), line, character) is not None
        self.assertGreater(n_shown, 500)
        line, character = place_of(text, "armenian_share * reach")
        places = client.ask("references", uri(path), line, character, context={"includeDeclaration": True})
        files = {each["uri"].rsplit("/", 1)[-1] for each in places}
        self.assertTrue({"crisis.casus", "land.casus", "model.casus"} <= files, files)
        self.assertEqual(client.stop(), 0)
        client.process.stdin.close()
        client.process.stdout.close()


if __name__ == "__main__":
    unittest.main()
