"""The nightly look at all links."""

from collections.abc import Callable, Iterable

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from portal.home.links.gathering import Link, links_in, links_of_page
from portal.home.links.inside import fault_inside, is_inside
from portal.home.links.outside import faults_outside
from portal.home.models import BrokenLink

#: Links that nobody can follow to a page: a number to call, a mail to write.
OTHER_KINDS = ("mailto:", "tel:", "sms:", "#")
Asker = Callable[[Iterable[str]], dict[str, str]]


def check_links(*, ask_outside: Asker = faults_outside) -> int:
    """Look at every link of every published page and keep what is broken; how many are to be told."""
    pages = {page: _followed(links_of_page(page)) for page in Page.objects.live().public().specific().iterator()}
    outside = {link.url for links in pages.values() for link in links if not is_inside(link.url)}
    answers = ask_outside(sorted(outside)) if settings.LINK_CHECK_EXTERNAL else {}
    for page, links in pages.items():
        _keep(page, links, answers)
    BrokenLink.objects.exclude(page__in=[page.pk for page in pages]).delete()
    return BrokenLink.objects.to_tell().count()


def broken_inside(values: Iterable[object]) -> list[str]:
    """A sentence for each link within the site that leads nowhere, for whoever is about to publish."""
    broken = [(link, fault_inside(link.url)) for link in _followed(links_in(values)) if is_inside(link.url)]
    return [f"Liên kết “{link.words or link.url}”: {fault}." for link, fault in broken if fault]


def _followed(links: list[Link]) -> list[Link]:
    return [link for link in links if not link.url.startswith(OTHER_KINDS)]


@transaction.atomic
def _keep(page: Page, links: list[Link], answers: dict[str, str]) -> None:
    before = {row.url: row for row in BrokenLink.objects.filter(page=page)}
    kept = set()
    for link in links:
        inside = is_inside(link.url)
        fault = fault_inside(link.url) if inside else answers.get(link.url)
        url = link.url[:500]
        if fault is None and url in before:
            kept.add(url)
        if not fault:
            continue
        kept.add(url)
        row = before.get(url) or BrokenLink(page=page, url=url, first_missed_at=timezone.now(), misses=0)
        row.words, row.is_internal, row.fault, row.misses = link.words[:200], inside, fault[:120], row.misses + 1
        row.save()
    BrokenLink.objects.filter(page=page).exclude(url__in=kept).delete()
