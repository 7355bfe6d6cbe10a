"""A closed-loop HTTP client on raw sockets: fast enough to keep one server core busy, and no tool to install."""

import selectors
import socket
import time
from dataclasses import dataclass, field


@dataclass
class Connection:
    """One keep-alive connection and the answer that is coming in."""

    sock: socket.socket
    buffer: bytearray = field(default_factory=bytearray)
    missing: int = -1

    def feed(self, data: bytes) -> bool:
        """Take bytes; true once a whole answer has arrived."""
        self.buffer += data
        if self.missing < 0:
            end = self.buffer.find(b"\r\n\r\n")
            if end < 0:
                return False
            head = bytes(self.buffer[:end]).lower()
            if not head.startswith(b"http/1.1 200"):
                raise RuntimeError(head.splitlines()[0].decode())
            length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
            self.missing = end + 4 + length
        if len(self.buffer) < self.missing:
            return False
        self.buffer.clear()
        self.missing = -1
        return True


def requests_per_second(port: int, path: str, *, seconds: float, connections: int = 8, cookie: str = "") -> float:
    """Whole answers of status 200 per second; any other status raises RuntimeError."""
    head = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Accept: text/html"]
    request = "\r\n".join([*head, *([f"Cookie: {cookie}"] if cookie else []), "", ""]).encode()
    chooser = selectors.DefaultSelector()
    for _ in range(connections):
        sock = socket.create_connection(("127.0.0.1", port))
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        chooser.register(sock, selectors.EVENT_READ, Connection(sock))
        sock.sendall(request)
    answers, start = 0, time.perf_counter()
    while (spent := time.perf_counter() - start) < seconds:
        for key, _events in chooser.select(timeout=0.5):
            connection: Connection = key.data
            data = connection.sock.recv(262144)
            if not data:
                raise RuntimeError(f"{path}: the server closed the connection")
            if connection.feed(data):
                answers += 1
                connection.sock.sendall(request)
    for key in list(chooser.get_map().values()):
        key.data.sock.close()
    return answers / spent
