"""A light client for many kinds of requests: so many connections as fast as they go, or a stream at a given rate.

In a stream the wait of a request counts from the moment at which it was due: a server that falls behind is not helped
by a client that waits for it.
"""

import random
import selectors
import socket
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

#: Readers have connections of their own: with few for all, who only wants a picture would wait for those who search.
MOST_CONNECTIONS = 400
#: A server that is so many requests behind will not catch up.
MOST_WAITING = 5000


@dataclass(frozen=True)
class Request:
    """What is sent, of which kind it is, and who looks at the answer: (status, body, when it was sent)."""

    kind: str
    data: bytes
    look: Callable[[int, bytes, float], None] | None = None


@dataclass
class Log:
    """Seconds of every answer by kind, how many of which status, and how long it all took."""

    waits: dict[str, list[float]] = field(default_factory=dict)
    statuses: Counter[int] = field(default_factory=Counter)
    seconds: float = 0.0

    @property
    def answers(self) -> int:
        return sum(map(len, self.waits.values()))

    @property
    def per_second(self) -> float:
        return self.answers / self.seconds

    def milliseconds(self, kind: str, share: float) -> float:
        """Within so many came that share of the answers."""
        waits = sorted(self.waits[kind])
        return waits[min(int(len(waits) * share), len(waits) - 1)] * 1000


@dataclass
class Line:
    """One keep-alive connection, what it is asking for, and what has come back."""

    sock: socket.socket
    request: Request | None = None
    due_at: float = 0.0
    sent_at: float = 0.0
    answer: bytearray = field(default_factory=bytearray)
    whole: int = 0

    def ask(self, request: Request, due_at: float) -> None:
        self.request, self.due_at, self.sent_at, self.whole = request, due_at, time.monotonic(), 0
        self.answer.clear()
        self.sock.sendall(request.data)

    def take(self, data: bytes) -> bool:
        """Whether the answer has arrived to its last byte."""
        self.answer += data
        if not self.whole:
            end = self.answer.find(b"\r\n\r\n")
            if end < 0:
                return False
            head = bytes(self.answer[:end]).lower()
            _, found, rest = head.partition(b"content-length:")
            if not found:
                raise RuntimeError(f"an answer without a length: {head[:200]!r}")
            self.whole = end + 4 + int(rest.split(b"\r\n")[0])
        return len(self.answer) >= self.whole

    @property
    def status(self) -> int:
        return int(self.answer[9:12])

    @property
    def body(self) -> bytes:
        return bytes(self.answer).partition(b"\r\n\r\n")[2]


class Client:
    """Sends what `requests` gives, one after the other."""

    def __init__(self, port: int, requests: Iterator[Request]) -> None:
        self.port, self.requests = port, requests
        self.chooser, self.idle = selectors.DefaultSelector(), deque[Line]()
        self.count = 0

    def as_fast_as_it_goes(self, connections: int, seconds: float) -> Log:
        """Closed loop."""
        log, start = Log(), time.monotonic()
        while (now := time.monotonic()) - start < seconds:
            while self.count - len(self.idle) < connections and (line := self._free_line()):
                line.ask(next(self.requests), now)
            self._read(log, 0.2)
        log.seconds = time.monotonic() - start
        self._read_the_rest(Log())
        return log

    def stream(self, rate: float, seconds: float, tick: Callable[[float], None]) -> Log:
        """Open loop: at random moments, so many a second; `tick` is called about ten times a second."""
        log, waiting, dice = Log(), deque[float](), random.Random(7)
        start = time.monotonic()
        due, ticked = start, start
        while (now := time.monotonic()) - start < seconds:
            while due <= now:
                waiting.append(due)
                due += dice.expovariate(rate)
            if len(waiting) > MOST_WAITING:
                raise RuntimeError("the server falls behind for good")
            while waiting and (line := self._free_line()):
                line.ask(next(self.requests), waiting.popleft())
            if now - ticked > 0.1:
                ticked = now
                tick(now - start)
            self._read(log, max(min(due - time.monotonic(), 0.05), 0))
        self._read_the_rest(log)
        log.seconds = time.monotonic() - start
        return log

    def _free_line(self) -> Line | None:
        if self.idle:
            return self.idle.popleft()
        if self.count >= MOST_CONNECTIONS:
            return None
        sock = socket.create_connection(("127.0.0.1", self.port))
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line = Line(sock)
        self.chooser.register(sock, selectors.EVENT_READ, line)
        self.count += 1
        return line

    def _read(self, log: Log, patience: float) -> None:
        for key, _events in self.chooser.select(timeout=patience):
            line: Line = key.data
            data = line.sock.recv(262144)
            if not data:
                self._close(line)
                if line.request is not None:
                    raise RuntimeError("the server hung up in the middle of an answer")
                continue
            if line.take(data):
                self._note(line, log)

    def _note(self, line: Line, log: Log) -> None:
        request, line.request = line.request, None
        log.waits.setdefault(request.kind, []).append(time.monotonic() - line.due_at)
        log.statuses[line.status] += 1
        if request.look is not None:
            request.look(line.status, line.body, line.sent_at)
        self.idle.append(line)

    def _close(self, line: Line) -> None:
        self.chooser.unregister(line.sock)
        line.sock.close()
        self.count -= 1
        if line in self.idle:
            self.idle.remove(line)

    def _read_the_rest(self, log: Log) -> None:
        deadline = time.monotonic() + 30
        while len(self.idle) < self.count and time.monotonic() < deadline:
            self._read(log, 0.2)
