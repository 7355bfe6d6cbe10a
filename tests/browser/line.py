"""The line between a phone and the site: it can be cut, it can be slow, and it notes what goes through."""

import http.client
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "host"}


@dataclass(frozen=True)
class Passage:
    """One request that came through: bytes are those of the answer's body."""

    method: str
    path: str
    status: int
    size: int


@dataclass
class Line:
    """A phone reaches the site by `origin` and in no other way."""

    port: int
    to_port: int
    is_cut: bool = False
    #: Seconds that a page takes; files come at once.
    delay: float = 0
    passages: list[Passage] = field(default_factory=list)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def asked(self, path: str) -> list[int]:
        """What the site answered, each time somebody asked for this path."""
        return [one.status for one in self.passages if one.path == path]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    line: Line

    def __getattr__(self, name: str) -> object:
        if name.startswith("do_"):  # GET, POST, HEAD: all the same to a line
            return self._pass_on
        raise AttributeError(name)

    def _pass_on(self) -> None:
        if self.line.is_cut:
            self.close_connection = True
            return
        if not self.path.startswith(("/static/", "/media/")):
            time.sleep(self.line.delay)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP_BY_HOP}
        with closing(http.client.HTTPConnection("127.0.0.1", self.line.to_port, timeout=60)) as connection:
            connection.request(self.command, self.path, body, {**headers, "Host": self.headers["Host"]})
            answer = connection.getresponse()
            content = answer.read()
        self.line.passages.append(Passage(self.command, self.path, answer.status, len(content)))
        self.send_response_only(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in HOP_BY_HOP:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_words: object) -> None:
        """Silent: what passed is in the line's own notes."""


@contextmanager
def line_to(port: int) -> Iterator[Line]:
    """A line of its own to the site on this port."""
    handler = type("Handler", (_Handler,), {})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        line = handler.line = Line(server.server_port, port)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield line
        server.shutdown()
