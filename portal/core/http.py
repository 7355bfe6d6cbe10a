"""Small things of HTTP that several rooms need."""

from django.http import HttpRequest

ADMIN_PREFIX = "/quan-tri/"
#: What machines ask about this machine.
PROBES = ("/healthz", "/readyz", "/metrics")
TEXT_SIZE_COOKIE = "co-chu"
TEXT_SIZES = ("thuong", "lon", "rat-lon")
#: What a column of the database holds; beyond some thousand digits Python itself refuses to read a number.
MOST_DIGITS = 9


def text_size(request: HttpRequest) -> str:
    """The reader's text size: “” for the usual one, else “lon” or “rat-lon”."""
    size = request.COOKIES.get(TEXT_SIZE_COOKIE, "")
    return size if size in TEXT_SIZES[1:] else ""


def whole_number(typed: str) -> int | None:
    """The number that was typed in plain digits; None where it is none, or longer than any that a row can hold."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= MOST_DIGITS else None
