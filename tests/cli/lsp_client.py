"""A language client for tests: talks to `casus lsp` as an editor does."""

import json
import pathlib
import queue
import subprocess
import threading


class Failure(Exception):
    """The server answered a request with an error."""


def uri(path):
    return pathlib.Path(path).absolute().as_uri()


class Client:
    def __init__(self, binary, cwd):
        self.process = subprocess.Popen([binary, "lsp", "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=cwd)
        self.messages = queue.Queue()
        self.diagnostics = {}
        self.n_requests = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        stream = self.process.stdout
        while True:
            header = b""
            while not header.endswith(b"\r\n\r\n"):
                byte = stream.read(1)
                if not byte:
                    self.messages.put(None)
                    return
                header += byte
            length = int(header.decode().split(":")[1])
            self.messages.put(json.loads(stream.read(length)))

    def raw(self, data):
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.raw(b"Content-Length: %d\r\n\r\n" % len(body) + body)

    def notify(self, method, params=None):
        self.send({"method": method, "params": params or {}})

    def next(self, timeout=30):
        message = self.messages.get(timeout=timeout)
        if message and message.get("method") == "textDocument/publishDiagnostics":
            self.diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        return message

    def request(self, method, params=None):
        self.n_requests += 1
        self.send({"id": self.n_requests, "method": method, "params": params or {}})
        while True:
            message = self.next()
            if message is None:
                raise EOFError(method)
            if message.get("id") == self.n_requests:
                if "error" in message:
                    raise Failure(message["error"]["message"])
                return message["result"]

    def start(self):
        self.capabilities = self.request("initialize", {"capabilities": {}})["capabilities"]
        self.notify("initialized")

    def published(self, of):
        """What the server says of a file next."""
        while True:
            message = self.next()
            if message is None:
                raise EOFError("published")
            if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == of:
                return message["params"]["diagnostics"]

    def open(self, of, text):
        self.notify("textDocument/didOpen",
                    {"textDocument": {"uri": of, "languageId": "casus", "version": 1, "text": text}})

    def change(self, of, text, version=2):
        self.notify("textDocument/didChange",
                    {"textDocument": {"uri": of, "version": version}, "contentChanges": [{"text": text}]})

    def ask(self, what, of, line, character, **more):
        return self.request("textDocument/" + what, {
            "textDocument": {"uri": of}, "position": {"line": line, "character": character}, **more})

    def stop(self):
        self.request("shutdown")
        self.notify("exit")
        return self.process.wait(timeout=30)
