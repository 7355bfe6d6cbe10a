"""Every address that the site answers, generated from its URL configuration."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter, UUIDConverter

from portal.core.http import ADMIN_PREFIX

#: Routes without a name, and an address of each.
NAMELESS = {
    f"{ADMIN_PREFIX.lstrip('/')}": ADMIN_PREFIX,
    "^media/(?P<path>.+)$": "/media/1",
    # What Wagtail says to an unknown address of the admin.
    f"{ADMIN_PREFIX.lstrip('/')}^.*/$": f"{ADMIN_PREFIX}khong-co-trang-nay/",
    f"{ADMIN_PREFIX.lstrip('/')}test404/": f"{ADMIN_PREFIX}test404/",
}


@dataclass(frozen=True)
class Route:
    """One line of the URL configuration."""

    name: str
    route: str
    pattern: URLPattern

    @property
    def is_staff(self) -> bool:
        """Whether it lies behind the staff's door."""
        return f"/{self.route}".startswith(ADMIN_PREFIX)

    @property
    def guard(self) -> str:
        """What the house's own guard calls those whom it lets in; “” for other people's views."""
        return getattr(self.pattern.callback, "access", "")

    @property
    def address(self) -> str:
        """Some address of the route; the things that it names need not exist."""
        if self.route in NAMELESS:
            return NAMELESS[self.route]
        regex = getattr(self.pattern.pattern, "regex", None)
        named = {name: _some(kind) for name, kind in self.pattern.pattern.converters.items()}
        if not named and regex is not None:
            named = dict.fromkeys(regex.groupindex, "1")
            if regex.groups and not named:
                return reverse(self.name, args=["1"] * regex.groups if self.name != "wagtail_serve" else [""])
        return reverse(self.name, kwargs=named)


def _some(converter: object) -> object:
    if isinstance(converter, UUIDConverter):
        return UUID(int=1)
    return 1 if isinstance(converter, IntConverter) else "1"


def routes() -> Iterator[Route]:
    """All of them, in the order in which they are tried."""
    return _walk(get_resolver())


def _walk(resolver: URLResolver, route: str = "", rooms: tuple[str, ...] = ()) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, here, (*rooms, pattern.namespace) if pattern.namespace else rooms)
        else:
            name = ":".join((*rooms, pattern.name)) if pattern.name else ""
            yield Route(name, here, pattern)
