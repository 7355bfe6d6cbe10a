"""Small things of HTTP that several rooms need."""

from django.http import HttpRequest

ADMIN_PREFIX = "/quan-tri/"
TEXT_SIZE_COOKIE = "co-chu"
TEXT_SIZES = ("thuong", "lon", "rat-lon")


def text_size(request: HttpRequest) -> str:
    """The reader's text size: “” for the usual one, else “lon” or “rat-lon”."""
    size = request.COOKIES.get(TEXT_SIZE_COOKIE, "")
    return size if size in TEXT_SIZES[1:] else ""
