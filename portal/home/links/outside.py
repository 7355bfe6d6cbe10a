"""Whether pages of other sites still answer: asked at night, one after another, without following where they lead."""

import http.client
import socket
import ssl
import time
from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings

TIMEOUT = 10
#: Between two questions to one site.
PAUSE = 1.0
#: The night is long, but not endless.
LONGEST = 20 * 60
GONE = {404, 410}


def faults_outside(urls: Iterable[str]) -> dict[str, str]:
    """{address: why it does not answer, or “”}; addresses for which the night was too short are missing."""
    ends, last, faults = time.monotonic() + LONGEST, dict[str, float](), {}
    for url in urls:
        if time.monotonic() > ends:
            break
        host = urlsplit(url).netloc
        time.sleep(max(last.get(host, 0) + PAUSE - time.monotonic(), 0))
        faults[url] = fault_outside(url)
        last[host] = time.monotonic()
    return faults


def fault_outside(url: str) -> str:
    """Why the page does not answer; “” when it does, wherever it may lead on."""
    try:
        status = _status(url, "HEAD")
        # Some servers know no HEAD.
        if status in {403, 405, 501, *GONE}:
            status = _status(url, "GET")
    except _NotOutside:
        return "địa chỉ trong mạng nội bộ"
    except (OSError, ValueError, http.client.HTTPException):
        return "trang kia không trả lời"
    if status in GONE:
        return "trang kia không còn"
    return f"trang kia báo lỗi {status}" if status >= 500 else ""


def is_foreign(address: str) -> bool:
    """Whether the address is out in the world, neither this machine's nor the office's own network."""
    return ip_address(address).is_global


class _NotOutside(Exception):
    """The name leads into somebody's own network: our server is not to be sent there."""


def _status(url: str, method: str) -> int:
    parts = urlsplit(url)
    host, is_secure = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if is_secure else 80)
    # The address that was looked at is the one that is called: a second look-up might answer something else.
    address = str(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][4][0])
    if not is_foreign(address):
        raise _NotOutside
    raw = socket.create_connection((address, port), TIMEOUT)
    connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT)
    try:
        connection.sock = ssl.create_default_context().wrap_socket(raw, server_hostname=host) if is_secure else raw
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request(method, target, headers={"User-Agent": f"gia-dinh-so-link-check (+{settings.BASE_URL})"})
        return connection.getresponse().status
    finally:
        connection.close()
        raw.close()
