"""Posts forms over many connections at once and tells how long each took: closed loop, no tool to install."""

import selectors
import socket
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode


@dataclass
class Outcome:
    """What came of a run: seconds it lasted, seconds of each accepted answer, and the answers that were none."""

    seconds: float = 0.0
    accepted: list[float] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        """Accepted forms per second."""
        return len(self.accepted) / self.seconds

    def slowest(self, share: float = 0.99) -> float:
        """Milliseconds within which so many of the accepted answers came."""
        waits = sorted(self.accepted)
        return waits[min(int(len(waits) * share), len(waits) - 1)] * 1000


def form_body(path: str, boxes: dict[str, str], cookie: str = "") -> bytes:
    """A whole POST request."""
    body = urlencode(boxes).encode()
    head = [f"POST {path} HTTP/1.1", "Host: 127.0.0.1", "Content-Type: application/x-www-form-urlencoded"]
    head += [f"Content-Length: {len(body)}", *([f"Cookie: {cookie}"] if cookie else []), "", ""]
    return "\r\n".join(head).encode() + body


@dataclass
class Line:
    """One connection, when its form went out, and what has come back of the answer."""

    sock: socket.socket
    sent_at: float = 0.0
    answer: bytearray = field(default_factory=bytearray)

    def send(self, request: bytes) -> None:
        self.answer.clear()
        self.sent_at = time.perf_counter()
        self.sock.sendall(request)

    def is_whole(self) -> bool:
        """Whether the answer has arrived to its last byte."""
        head, separator, body = bytes(self.answer).partition(b"\r\n\r\n")
        if not separator:
            return False
        return len(body) >= int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])


def post_all(port: int, requests: Iterable[bytes], mark: bytes, *, clients: int, seconds: float) -> Outcome:
    """Keep so many clients posting for so long; an answer with the mark in it is an accepted form."""
    waiting, outcome, chooser = iter(requests), Outcome(), selectors.DefaultSelector()
    start = time.perf_counter()
    for _ in range(clients):
        line = Line(socket.create_connection(("127.0.0.1", port)))
        chooser.register(line.sock, selectors.EVENT_READ, line)
        line.send(next(waiting))
    while time.perf_counter() - start < seconds:
        for line in _ready(chooser):
            if not line.is_whole():
                continue
            if mark in line.answer:
                outcome.accepted.append(time.perf_counter() - line.sent_at)
            else:
                outcome.refused.append(bytes(line.answer[:200]).decode(errors="replace"))
            line.send(next(waiting))
    outcome.seconds = time.perf_counter() - start
    _finish(chooser)
    return outcome


def _ready(chooser: selectors.BaseSelector) -> Iterator[Line]:
    for key, _events in chooser.select(timeout=0.5):
        line: Line = key.data
        data = line.sock.recv(262144)
        if not data:
            raise RuntimeError("the server closed the connection")
        line.answer += data
        yield line


def _finish(chooser: selectors.BaseSelector) -> None:
    """Let the last answers arrive, so that the next run starts on an idle server."""
    open_lines = {key.data.sock.fileno(): key.data for key in chooser.get_map().values()}
    deadline = time.perf_counter() + 30
    while open_lines and time.perf_counter() < deadline:
        for line in _ready(chooser):
            if line.is_whole():
                open_lines.pop(line.sock.fileno(), None)
    for key in list(chooser.get_map().values()):
        key.data.sock.close()
