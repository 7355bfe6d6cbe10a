"""Keeps private numbers off public pages: what stops a page, and who let it pass for which reason (row E12)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.crypto import salted_hmac
from wagtail.models import Page

from portal.core.audit import record
from portal.core.models.audit import AuditEntry
from portal.core.models.profile import SiteProfile
from portal.core.models.users import User
from portal.core.page_texts import Passage, ValueOf, passages
from portal.core.sensitive import Finding, Kind, find_sensitive, numbers_in

ALLOWED = "page.numbers_allowed"
#: Names of files are full of numbers that a camera or a program made up.
IN_FILE_NAMES = {Kind.CITIZEN_ID, Kind.PHONE}


@dataclass(frozen=True)
class Stopper:
    """A private number on a page, and the box in which it stands."""

    passage: Passage
    finding: Finding

    def __str__(self) -> str:
        return f"{self.finding.kind.value} “{self.finding.text}” ({self.passage.place})"

    @property
    def sentence(self) -> str:
        """What stands beside the box."""
        where = "Tên ảnh hoặc tên tệp" if self.passage.is_file_name else "Chỗ này"
        return (
            f"{where} có số “{self.finding.text}”, giống {self.finding.kind.value}. Xin xóa đi. "
            "Nếu số này được phép đăng, ghi lý do vào ô “Vì sao vẫn đăng số này” rồi bấm lại."
        )


def stoppers(model: type[models.Model], value_of: ValueOf, page: Page) -> list[Stopper]:
    """All that stops a page of this type from becoming public, in the order of its boxes."""
    office = [number for line in SiteProfile.objects.values_list("hotline", flat=True) for number in numbers_in(line)]
    found = [
        Stopper(passage, finding)
        for passage in passages(model, value_of)
        for finding in find_sensitive(passage.text, office)
        if not passage.is_file_name or finding.kind in IN_FILE_NAMES
    ]
    let_pass = _digests_let_pass(page) if found else set()
    return [stopper for stopper in found if _digest(stopper.finding) not in let_pass]


def stoppers_of(page: Page) -> list[Stopper]:
    """The same for a page as it is in memory."""
    return stoppers(type(page), lambda name: getattr(page, name), page)


def allow_numbers(*, page: Page, found: Iterable[Stopper], reason: str, by: User) -> AuditEntry:
    """Log why these numbers may be public on this page; they are not asked about again there.

    The log keeps digests: it must not become the place where the numbers are read.
    """
    found = list(found)
    return record(
        ALLOWED,
        by=by,
        subject=_subject(page),
        reason=reason,
        data={
            "page": page.title,
            "kinds": sorted({stopper.finding.kind.value for stopper in found}),
            "places": sorted({stopper.passage.place for stopper in found}),
            "digests": sorted({_digest(stopper.finding) for stopper in found}),
        },
    )


def _subject(page: Page) -> str:
    # Known before a new page has a number.
    return f"trang {page.translation_key}"


def _digests_let_pass(page: Page) -> Collection[str]:
    lines = AuditEntry.objects.filter(subject=_subject(page), action=ALLOWED).values_list("data", flat=True)
    return {digest for data in lines for digest in data["digests"]}


def _digest(finding: Finding) -> str:
    return salted_hmac("portal.core.sensitive_pages", finding.digits, algorithm="sha256").hexdigest()[:32]
