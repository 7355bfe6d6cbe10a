"""The leader's board and the reports at two sizes, as pages and files."""

from functools import partial

from tests.load.growth import Case, Officer

#: Many, but a number of their own for each page, whatever the register's size.
MOST_QUERIES, ROUNDS = 35, 5
PAGES = {
    "board": "",
    "board of an earlier day": "?ngay=2026-03-01",
    "one figure and its villages": "so/ca-bon/",
    "what each village does next": "viec-nen-lam/",
    "periods": "ky/",
    "open quarter": "ky/{now}/",
    "open year": "ky/{year}/",
    "open quarter, report to read": "ky/{now}/bao-cao/",
    "open quarter, .docx": "ky/{now}/bao-cao.docx",
    "open quarter, .xlsx": "ky/{now}/bao-cao.xlsx",
    "open quarter, .pdf": "ky/{now}/bao-cao.pdf",
    "open quarter, a village's report": "bao-cao/{now}/{village}/",
    "open quarter, a village's .docx": "bao-cao/{now}/{village}/bao-cao.docx",
    "closed quarter": "ky/{before}/",
    "closed quarter, report to read": "ky/{before}/bao-cao/",
    "closed quarter, .docx": "ky/{before}/bao-cao.docx",
    "closed quarter, .xlsx": "ky/{before}/bao-cao.xlsx",
    "closed quarter, .pdf": "ky/{before}/bao-cao.pdf",
}


def cases(officer: Officer) -> list[Case]:
    """Every page that leaders and officers read."""
    from django.utils import timezone

    from portal.core.periods import Period
    from portal.households.models import Village

    now = Period.quarter_of(timezone.localdate())
    words = {
        "village": Village.objects.values_list("pk", flat=True).get(number=3),
        "now": now.code,
        "before": now.previous().code,
        "year": now.year,
    }
    found = [
        Case(name, partial(officer.get, f"/quan-tri/tien-do/{page.format(**words)}")) for name, page in PAGES.items()
    ]
    return [*found, Case("public progress, not from the cache", partial(_uncached, officer, "/tien-do/"))]


def _uncached(officer: Officer, address: str) -> bytes:
    from django.core.cache import caches

    for cache in caches.all(initialized_only=True):
        cache.clear()
    return officer.get(address)
