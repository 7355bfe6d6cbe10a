"""Browsers that come through nginx, or stand before one host as nginx does."""

import re
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode
from uuid import uuid4

from tests.factories.core import PASSWORD
from tests.running_site import Answer
from tests.scale.servers import DOMAIN
from tests.scale.stack import Host, Stack

LOGIN = "/quan-tri/login/"
Door = Host | None


@dataclass
class Visitor:
    """One browser with its cookies; without a host it comes through nginx, over TLS."""

    stack: Stack
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, at: Door = None, **headers: str) -> Answer:
        return self._ask("GET", path, at, headers)

    def post(
        self, path: str, fields: Mapping[str, str], at: Door = None, *, files: Mapping[str, bytes] | None = None
    ) -> Answer:
        """Send a form with the token that this browser holds; files are {"field/name.jpg": bytes}."""
        token = self.cookies.get("csrftoken", "")
        told = {"csrfmiddlewaretoken": token, **fields}
        headers = {"Origin": f"https://{DOMAIN}", "Referer": f"https://{DOMAIN}{path}"}
        if files is None:
            body = urlencode(told).encode()
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        else:
            body, headers["Content-Type"] = multipart(told, files)
        return self._ask("POST", path, at, headers, body)

    def sign_in(self, role: str, at: Door = None) -> Answer:
        """By password; these roles need no more."""
        self.get(LOGIN, at)
        return self.post(LOGIN, {"username": self.stack.told["people"][role], "password": PASSWORD}, at)

    def _ask(self, method: str, path: str, at: Door, headers: Mapping[str, str], body: bytes | None = None) -> Answer:
        told = {"Host": DOMAIN, **headers}
        if self.cookies:
            told["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if at is not None:
            told |= {"X-Forwarded-Proto": "https", "X-Real-IP": "127.0.0.1"}
        connection = HTTPConnection("127.0.0.1", at.port if at else self.stack.secure_port, timeout=60)
        try:
            if at is None:
                connection.sock = _over_tls(self.stack.secure_port)
            connection.request(method, path, body, told)
            response = connection.getresponse()
            answer = Answer(response.status, response.headers, response.read())
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie") or []:
            self._keep(line)
        return answer

    def _keep(self, line: str) -> None:
        for name, cookie in SimpleCookie(line).items():
            if cookie.value and cookie["max-age"] != "0":
                self.cookies[name] = cookie.coded_value
            else:
                self.cookies.pop(name, None)


def _over_tls(port: int) -> ssl.SSLSocket:
    """The server has signed its certificate itself."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context.wrap_socket(socket.create_connection(("127.0.0.1", port), timeout=60), server_hostname=DOMAIN)


def multipart(fields: Mapping[str, str], files: Mapping[str, bytes]) -> tuple[bytes, str]:
    """(body, content type)."""
    boundary = uuid4().hex
    parts = [f'name="{name}"\r\n\r\n{value}'.encode() for name, value in fields.items()]
    for where, content in files.items():
        name, _slash, file_name = where.partition("/")
        parts.append(f'name="{name}"; filename="{file_name}"\r\n\r\n'.encode() + content)
    lines = [f"--{boundary}\r\nContent-Disposition: form-data; ".encode() + part + b"\r\n" for part in parts]
    return b"".join([*lines, f"--{boundary}--\r\n".encode()]), f"multipart/form-data; boundary={boundary}"


def words_of(answer: Answer) -> str:
    """What a page says, without its markup."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())
