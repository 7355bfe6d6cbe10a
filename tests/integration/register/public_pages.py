"""Every page of the register that a family meets, with something on it."""

from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from portal.core.periods import Period
from portal.households.enums import CertificateState, NameForm, Result
from portal.households.models import Certificate, Household
from portal.households.progress.contents import canonical
from tests.communes.quarters import Commune
from tests.factories.core import UserFactory
from tests.factories.households import (
    ConsentFactory,
    DataRequestFactory,
    FindingFactory,
    VillageFactory,
    VisitFactory,
)
from tests.factories.progress import PeriodCloseFactory
from tests.integration.register.pages import Album
from tests.integration.register.public_forms import codes_of, filled, hidden_boxes, token_opened
from tests.integration.register.titles import decided

FAMILY = "family"


def public_pages() -> Album:
    """Each page once, and again with its errors or in its other states."""
    album, client, village = Album(), Client(), VillageFactory(number=3, name="Thôn 3 (mẫu)")
    household, code, secret = _registration(album, client, village)
    _visited(household)
    _honours(album, client, household)
    _status(album, client, code, secret)
    _help(album, client, village)
    _checks(album, client)
    _progress(album, client)
    return album


def _progress(album, client):
    path = "/tien-do/"
    album.keep(FAMILY, client.get(path), "nothing closed yet")
    commune, second, third = Commune.drawn(9), Period(2026, 2), Period(2026, 3)
    for period in (second, third):
        content = canonical(commune.content(period, 5).given)
        PeriodCloseFactory(year=period.year, quarter=period.quarter, last_on=period.last_day(), content=content)
        commune.a_quarter_later()
    caches["pages"].clear()  # pages are forgotten at commit, and a test never commits
    album.keep(FAMILY, client.get(path))
    album.keep(FAMILY, client.get(f"{path}{second.code}/"))


def _registration(album, client, village):
    path = "/dang-ky/"
    album.keep(FAMILY, client.get(f"{path}phieu-giay/"))
    album.keep(FAMILY, client.get(path))
    wrong = {"head_name": "", "phone": "0165 212 3456", "agree_register": "", "is_helper": "on"}
    album.keep(FAMILY, client.post(path, filled(village, **wrong)), "errors")
    sent = filled(village, agree_name="on", name_form="viet-gon")
    album.keep(FAMILY, client.post(path, sent | {"step": "review"}), "review")
    receipt = album.keep(FAMILY, client.post(path, sent | {"step": "send"}), "receipt")
    code, secret = codes_of(receipt)
    return Household.objects.get(code=code), code, secret


def _visited(household):
    visit = VisitFactory(household=household)
    for key, result in (("1", Result.MET), ("2", Result.UNMET), ("3", Result.UNCLEAR)):
        FindingFactory(visit=visit, key=key, result=result)
    household.last_visited_on = timezone.localdate()
    household.save()
    DataRequestFactory(household=household)


def _honours(album, client, household):
    path = "/vinh-danh/"
    album.keep(FAMILY, client.get(path), "no decision yet")
    decision = decided("Phạm Văn Đền", "Đinh Thị Én", "Phạm Thị Bông")
    for entry, form in zip(decision.entries.all(), NameForm, strict=True):
        ConsentFactory(household=entry.household, name_form=form)
    Certificate.objects.filter(entry=decision.entries.first()).update(household=household)
    album.keep(FAMILY, client.get(path))
    album.keep(FAMILY, client.get(f"{path}?danh-hieu=kieu-mau"), "nobody there")
    album.keep(FAMILY, client.get(f"{path}{decision.year}/"))


def _status(album, client, code, secret):
    path = "/tra-cuu/"
    album.keep(FAMILY, client.get(path))
    album.keep(FAMILY, client.post(path, {"code": "", "secret": ""}), "errors")
    page = album.keep(FAMILY, client.post(path, {"code": code, "secret": secret}), "family")
    ticket = {"ticket": hidden_boxes(page)["ticket"]}
    album.keep(FAMILY, client.post(f"{path}dong-y/", ticket | {"agree_name": "on"}), "errors")
    album.keep(FAMILY, client.post(f"{path}dong-y/", ticket | {"agree_photo": "on"}), "changed")
    album.keep(FAMILY, client.post(f"{path}du-lieu/", ticket), "errors")
    album.keep(FAMILY, client.post(f"{path}hoi-lai/", ticket), "errors")
    album.keep(FAMILY, client.post(f"{path}nho-giup/", ticket), "errors")
    album.keep(FAMILY, client.post(f"{path}the-ho/", ticket))
    leaving = ticket | {"kind": "xoa", "asked_by": "Phạm Thị Ánh"}
    album.keep(FAMILY, client.post(f"{path}du-lieu/", leaving), "are you sure")
    album.keep(FAMILY, client.post(f"{path}du-lieu/", {"ticket": "x"}), "stale")


def _help(album, client, village):
    path = "/nho-giup/"
    album.keep(FAMILY, client.get(f"{path}?tu=/huong-dan/"))
    album.keep(FAMILY, client.post(path, {"token": token_opened()}), "errors")
    asked = {"token": token_opened(), "name": "Bà Mơ", "village": village.pk, "topic": "Cài VNeID"}
    album.keep(FAMILY, client.post(path, asked), "sent")
    path = "/tu-kiem-tra/"
    album.keep(FAMILY, client.get(path))
    answers = {"answer_1": "co", "answer_2": "chua", "answer_3": "can-giup"}
    album.keep(FAMILY, client.post(path, answers), "result")


def _checks(album, client):
    path = "/xac-minh/"
    album.keep(FAMILY, client.get(path))
    album.keep(FAMILY, client.get(f"{path}?ma="), "errors")
    papers = Certificate.objects.order_by("pk")
    ended = {"ended_at": timezone.now(), "ended_by": UserFactory(), "ended_reason": "Thử"}
    for state, paper in zip(CertificateState, papers, strict=True):
        changes = {"state": state} if state == CertificateState.VALID else {"state": state, **ended}
        Certificate.objects.filter(pk=paper.pk).update(**changes)
        album.keep(FAMILY, client.get(f"{path}{paper.code}/"), state)
    album.keep(FAMILY, client.get(f"{path}CN-0000-0000/"), "unknown")
