"""Those who visit the server under proof: readers over TLS, and families who register whatever happens to it."""

import gzip
import re
import socket
import ssl
import threading
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection, HTTPException, HTTPResponse
from urllib.parse import urlencode

DOMAIN = "giadinhso.vi-du.vn"
RECEIPT = re.compile(r"(PN-[0-9A-Z]{4}-[0-9A-Z]{4})")
#: A form that comes back sooner was not filled in by a hand (portal.core.public_forms).
HAND_SECONDS = 4
PATIENCE = 120


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


def context(*protocols: str) -> ssl.SSLContext:
    """The server signs its certificate itself."""
    made = ssl.create_default_context()
    made.check_hostname, made.verify_mode = False, ssl.CERT_NONE
    made.set_alpn_protocols(list(protocols) or ["http/1.1"])
    return made


def ask(
    path: str, *, method: str = "GET", fields: Mapping[str, str] | None = None, is_secure: bool = True, **headers: str
) -> Answer:
    """One request on a connection of its own, following nothing."""
    connection = HTTPConnection(DOMAIN, timeout=70)
    sock = socket.create_connection(("127.0.0.1", 443 if is_secure else 80), timeout=70)
    try:
        connection.sock = context().wrap_socket(sock, server_hostname=DOMAIN) if is_secure else sock
        body = urlencode(fields) if fields else None
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        if body:
            told["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body, told)
        response: HTTPResponse = connection.getresponse()
        return Answer(response.status, response.headers, response.read())
    finally:
        connection.close()
        sock.close()


def negotiated(*offered: str) -> str | None:
    """The protocol that server and visitor agree on."""
    raw = socket.create_connection(("127.0.0.1", 443), timeout=10)
    with raw, context(*offered).wrap_socket(raw, server_hostname=DOMAIN) as sock:
        return sock.selected_alpn_protocol()


def unpacked(answer: Answer) -> str:
    """The text of a compressed answer."""
    return gzip.decompress(answer.body).decode()


@dataclass
class Families:
    """Register one after the other, each sending until it holds a receipt."""

    clients: int = 4
    receipts: list[str] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    is_over: bool = False
    threads: list[threading.Thread] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    def __enter__(self) -> "Families":
        self.threads = [threading.Thread(target=self._register, args=(number,)) for number in range(self.clients)]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self.is_over = True
        for thread in self.threads:
            thread.join(timeout=PATIENCE + 60)

    def _register(self, client: int) -> None:
        number = 0
        while not self.is_over:
            number += 1
            form = self._form(f"Phạm Thị Nhà {client} {number}")
            if form is None:
                continue
            time.sleep(HAND_SECONDS)
            self._send(form)

    def _form(self, name: str) -> dict[str, str] | None:
        page = self._told("/dang-ky/")
        token = re.search(r'name="token" value="([^"]+)"', page)
        villages = re.findall(r'<option value="(\d+)"', page)
        if not token or not villages:
            time.sleep(0.3)
            return None
        return {
            "token": unescape(token[1]),
            "village": villages[-1],
            "head_name": name,
            "answer_1": "co",
            "answer_3": "can-giup",
            "agree_register": "on",
            "step": "send",
        }

    def _send(self, form: dict[str, str]) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            found = RECEIPT.search(self._told("/dang-ky/", form))
            if found:
                self.receipts.append(found[1])
                return
            time.sleep(0.3)
        self.lost.append(form["head_name"])

    def _told(self, path: str, form: dict[str, str] | None = None) -> str:
        try:
            answer = ask(path, method="POST" if form else "GET", fields=form)
        except (OSError, HTTPException) as error:
            self.answers[type(error).__name__] += 1
            return ""
        self.answers[f"{'POST' if form else 'GET'} {answer.status}"] += 1
        return answer.text
