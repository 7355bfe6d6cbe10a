"""What nginx adds and lets through: the Observatory's grade of the pages, and the headers of files that it serves."""

import re

from django.conf import settings
from django.http import HttpResponse

from tests.observatory import grade_of
from tests.scan.stack import Stack

PAGES = ("/", "/dang-ky/", "/tra-cuu/", "/tim-kiem/?q=so", "/minigame/", "/quan-tri/login/")
FILE = re.compile(r'(?:src|href)="(/(?:static|media)/[^"]+)"')
ON_EVERY_FILE = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000",
}


def by_observatory(stack: Stack) -> list[str]:
    """Pages below A+, and files without a header that every file carries."""
    if not settings.configured:
        settings.configure()
    found, files = [], set()
    for path in PAGES:
        headers, body = stack.fetch(path)
        response = HttpResponse(body, headers={name: value for name, value in headers.items() if name != "Set-Cookie"})
        for cookie in headers.get_all("Set-Cookie", []):
            response.cookies.load(cookie)
        grade, findings = grade_of(response)
        if grade != "A+":
            found.append(f"{path}: {grade}: {findings}")
        files.update(FILE.findall(body.decode("utf-8")))
    kinds = {path.rpartition(".")[2]: path for path in sorted(files)}
    for path in [*kinds.values(), *sorted(path for path in files if path.startswith("/media/"))[:1]]:
        headers, _body = stack.fetch(path)
        found += [f"{path}: {name} is {headers[name]}" for name, said in ON_EVERY_FILE.items() if headers[name] != said]
    return found
