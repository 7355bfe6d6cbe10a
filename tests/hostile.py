"""What hostile visitors send: values that break out of HTML, SQL, paths, headers, numbers and letters."""

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

SCRIPT = "<script>alert(1)</script>"
VALUES = {
    "script": SCRIPT,
    "attribute": '"><img src=x onerror=alert(1)>',
    "apostrophe": "' onmouseover='alert(1)",
    "script address": "javascript:alert(1)",
    "template": "{{7*7}}{% debug %}${7*7}#{7*7}",
    "sql or": "' OR '1'='1",
    "sql union": "1 UNION SELECT username, password FROM core_user--",
    "sql drop": "x'; DROP TABLE core_user; --",
    "like": "%_%\\",
    "traversal": "../../../../../../etc/passwd",
    "traversal escaped": "..%2f..%2f..%2fetc%2fpasswd",
    "traversal doubled": "....//....//etc/passwd",
    "traversal windows": "..\\..\\windows\\win.ini",
    "nul": "a\x00b",
    "nul alone": "\x00",
    "header": "x\r\nSet-Cookie: stolen=1",
    "header line": "x\nLocation: https://evil.example/",
    "oversized": "á" * 60_000,
    "oversized number": "9" * 5_000,
    "below zero": "-1",
    "beyond the database": str(2**63),
    "not a number": "NaN",
    "infinite": "1e999",
    "other digits": "١٢٣",
    "superscript": "²",
    "unpaired surrogate": "\ud800",
    "overlong dot": "\udcc0\udcae",
    "turned around": "\u202egpj.exe",
    "piled marks": "a" + "\u0301" * 500,
    "control": "\x1b[2J\x07\x7f",
    "format": "%s%n%x{0.__class__}",
    "shell": "`id`; $(id) | id",
    "xml": '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    "json": '{"__proto__": {"is_staff": true}}',
    "outside address": "//evil.example/%2f..",
    "list": "[1,2",
}
#: Fields that no form has, and that some row does.
TOO_MUCH = {
    "is_staff": "1",
    "is_superuser": "on",
    "is_active": "1",
    "id": "1",
    "pk": "1",
    "code": "BT-0001A",
    "state": "done",
    "created_by": "1",
    "user": "1",
    "groups": "1",
    "secret": "000000",
    "consent": "on",
    "household": "1",
    "round": "1",
    "results_at": "2020-01-01",
    "went_well": "true",
    "survivor": "1",
    "purpose": "ten-anh",
    "score": "100",
}
HEADERS = (
    *("user-agent", "referer", "accept-language", "accept", "x-request-id", "x-forwarded-for", "x-real-ip"),
    *("if-none-match", "if-modified-since", "range", "content-language", "authorization", "x-requested-with", "origin"),
)
COOKIES = ("sessionid", "csrftoken", "co-chu", "messages", "may-quen")


@dataclass
class Form:
    """A form as it stands on a page: what it carries along, and its boxes."""

    action: str
    hidden: dict[str, str]
    boxes: dict[str, str]


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self.is_open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.is_open = given.get("method", "").lower() == "post"
            if self.is_open:
                self.found.append(Form(given.get("action", ""), {}, {}))
        elif self.is_open and tag in {"input", "select", "textarea", "button"} and given.get("name"):
            kept = self.found[-1].hidden if given.get("type") == "hidden" else self.found[-1].boxes
            kept[given["name"]] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.is_open = False


def forms_on(page: str) -> list[Form]:
    """The forms of a page that change something."""
    parser = _Forms()
    parser.feed(page)
    return parser.found


def broken_bodies() -> Iterator[tuple[str, str, bytes]]:
    """(what, content type, body): requests that no browser makes."""
    plain, many = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"
    yield "letters that are none", plain, b"head_name=%ff%fe%c0%ae&phone=\xff\xfe"
    yield "ten thousand boxes and one", plain, b"&".join(b"a%d=1" % n for n in range(10_001))
    yield "more than fits", plain, b"head_name=" + b"a" * 3_000_000
    yield "no boundary", "multipart/form-data", b"--x\r\n"
    yield "broken parts", many, b"--x\r\nContent-Disposition: form-data; name\r\n\r\n"
    yield "unfinished part", many, b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nabc'
    yield (
        "climbing file name",
        many,
        (
            b'--x\r\nContent-Disposition: form-data; name="photo"; filename="../../../etc/passwd"\r\n'
            b"Content-Type: image/png\r\n\r\n\x89PNG\r\n--x--\r\n"
        ),
    )
    yield (
        "many files",
        many,
        b"".join(
            b'--x\r\nContent-Disposition: form-data; name="photo"; filename="%d.png"\r\n\r\nx\r\n' % n
            for n in range(150)
        )
        + b"--x--\r\n",
    )
    head = b'--x\r\nContent-Disposition: form-data; name="a"\r\n'
    yield "base64 that is none", many, head + b"Content-Transfer-Encoding: base64\r\n\r\n%%%\r\n--x--\r\n"
    yield "unknown charset", "application/x-www-form-urlencoded; charset=khong-co", b"head_name=a"
    yield "json", "application/json", b'{"head_name": '
    yield "xml", "text/xml", VALUES["xml"].encode()
    yield "nothing", "", b""
