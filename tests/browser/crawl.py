"""Everything that a stranger can get from the running site, to look whether a name is still in any of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urljoin, urlsplit

from portal.core.text import fold
from tests.running_site import RunningSite
from tests.stored_pages import stored_pages

#: Where a crawl begins; the rest is found by following links.
STARTS = ("/", "/sitemap.xml", "/rss/", "/atom/", "/vinh-danh/")
LINK = re.compile(r'(?:href|src|action)="([^"#]*)|<loc>([^<]+)|<link>([^<]+)|srcset="([^"]*)"')
#: Staff's pages, files of the program, what only sends the reader back, and files that are read where they lie.
NOT_FOLLOWED = ("/quan-tri/", "/static/", "/co-chu/", "/media/")
#: Lists are followed in every way of narrowing them down where families stand on them, else as they open.
NARROWED = "/vinh-danh/"


@dataclass
class Crawl:
    """What was fetched: body and tag by address."""

    site: RunningSite
    bodies: dict[str, bytes] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)

    def follow(self, *more: str) -> "Crawl":
        """Fetch the starts, `more`, and whatever they lead to on this site."""
        waiting = [*STARTS, *more]
        while waiting:
            path = waiting.pop()
            if path in self.bodies:
                continue
            answer = self.site.get(path)
            self.bodies[path] = answer.body
            self.tags[path] = answer.headers.get("ETag", "")
            if "html" in answer.headers.get("Content-Type", "") or "xml" in answer.headers.get("Content-Type", ""):
                waiting += self._links(path, answer.text)
        return self

    def naming(self, name: str) -> list[str]:
        """Addresses whose answer holds the name, with or without its marks."""
        return sorted(path for path, body in self.bodies.items() if holds(body, name))

    def _links(self, path: str, text: str) -> Iterator[str]:
        for groups in LINK.findall(text):
            for address in _addresses(*groups):
                parts = urlsplit(urljoin(f"{self.site.origin}{path}", unescape(address).strip()))
                if f"{parts.scheme}://{parts.netloc}" == self.site.origin and not parts.path.startswith(NOT_FOLLOWED):
                    is_narrowed = parts.query and parts.path.startswith(NARROWED)
                    yield f"{parts.path}?{parts.query}" if is_narrowed else parts.path


def holds(body: bytes, name: str) -> bool:
    """Whether the name stands there, exactly or folded; in an address or a picture's name too."""
    if b"\0" in body:  # a picture or a packed file
        return name.encode() in body
    folded = fold(unescape(body.decode("utf-8", "ignore")))
    return any(spelt in folded for spelt in (fold(name), fold(name).replace(" ", "-"), fold(name).replace(" ", "+")))


def files_naming(site: RunningSite, name: str) -> list[str]:
    """Files that the web server hands out, and copies of pages that it keeps, with the name in them or in theirs."""
    found = [path for path in (site.data_dir / "media").rglob("*") if path.is_file()]
    named = [str(path) for path in found if holds(path.name.encode(), name) or holds(path.read_bytes(), name)]
    return named + [str(path) for path, body in stored_pages(site.data_dir / "page-cache") if holds(body, name)]


def _addresses(*groups: str) -> list[str]:
    *single, several = groups
    return [address for address in single if address] + [part.split()[0] for part in several.split(",") if part.strip()]
