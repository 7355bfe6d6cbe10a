"""A few hundred invented families over the sample villages, from sign-up to certificate. Nobody here is real."""

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.contrib.auth.models import Group
from django.utils import timezone

from portal.core.models import User
from portal.households.enums import Basis, CapableMember, Channel, ConsentMeans, NameForm, Purpose, Result, Title
from portal.households.models import CriteriaSet, Household, Village
from portal.households.permissions import OFFICER_GROUP
from portal.households.services.consents import Saying, record_consents
from portal.households.services.decisions import Paper, recognise_households
from portal.households.services.help_requests import ask_for_help
from portal.households.services.households import create_household
from portal.households.services.proposals import (
    accept_proposal,
    add_candidate,
    open_proposal,
    submit_proposal,
    write_minutes,
)
from portal.households.services.visits import VisitReport, record_visits

#: Who "did" all this; the account cannot sign in.
SAMPLE_USER = "du-lieu-mau"
PER_VILLAGE = 18
VISITED_SHARE = 0.7
FAMILY_NAMES = ("Phạm", "Phạm", "Phạm", "Phạm", "Đinh", "Nguyễn")
MIDDLE_NAMES = {"nam": ("Văn", "Quang", "Minh"), "nữ": ("Thị", "Thị Kim", "Thị Thu")}
GIVEN_NAMES = {
    "nam": (
        "Ánh",
        "Bền",
        "Ca Ron",
        "Dế",
        "Đền",
        "Giang",
        "Hơn",
        "Khía",
        "Lót",
        "Minh",
        "Nghé",
        "Phúc",
        "Rin",
        "Tôn",
        "Vút",
    ),
    "nữ": (
        "Bông",
        "Chăm",
        "Đào",
        "Én",
        "Gái",
        "Hiên",
        "Lài",
        "Mơ",
        "Nhung",
        "Oanh",
        "Phượng",
        "Sen",
        "Thạch",
        "Xuân",
        "Yến",
    ),
}
FINDING_KEYS = ("1", "2", "3", "4a", "4b", "4c", "5")
#: How often a visited family meets each: phones are common, papers on the net are not.
LIKELY = {"1": 0.93, "2": 0.6, "3": 0.62, "4a": 0.5, "4b": 0.55, "4c": 0.9, "5": 0.72}
HELP_TOPICS = ("Cài VNeID", "Trả tiền bằng mã vuông", "Khóa màn hình điện thoại")


def add_register(villages: list[Village], today: date) -> int:
    """Families, visits, consents, a village's list, a decision and its certificates; returns the families."""
    chance = random.Random(2026)  # noqa: S311 (sample data, the same on every machine)
    officer = _sample_officer()
    criteria_set = CriteriaSet.objects.in_force_on(today).get()
    families = [family for village in villages for family in _families(village, today, chance, officer)]
    for family in families:
        if chance.random() < VISITED_SHARE:
            _visit(family, today, chance, officer, criteria_set)
        _consent(family, chance, officer)
    for number, village in enumerate(villages[:6]):
        token = UUID(int=chance.getrandbits(128))
        ask_for_help(token=token, village=village, name="Bà M. (mẫu)", topic=HELP_TOPICS[number % len(HELP_TOPICS)])
    _decide(villages[:6], today, officer)
    officer.is_active = False
    officer.save(update_fields=["is_active"])
    return len(families)


def _sample_officer() -> User:
    officer = User(username=SAMPLE_USER, full_name="Dữ liệu mẫu")
    officer.set_unusable_password()
    officer.save()
    officer.groups.add(Group.objects.get(name=OFFICER_GROUP))
    return officer


def _families(village: Village, today: date, chance: random.Random, officer: User) -> Iterator[Household]:
    for _ in range(PER_VILLAGE):
        kind = chance.choice(("nam", "nữ"))
        words = (chance.choice(FAMILY_NAMES), chance.choice(MIDDLE_NAMES[kind]), chance.choice(GIVEN_NAMES[kind]))
        details = {
            "head_birth_year": chance.randint(1948, 1996),
            "member_count": chance.randint(2, 7),
            "capable_member": chance.choice([CapableMember.ADULT_CHILD, CapableMember.HEAD, CapableMember.UNKNOWN]),
            "has_no_signal": chance.random() < 0.06,
            "has_hardship": chance.random() < 0.08,
        }
        yield create_household(
            village=village,
            head_name=" ".join(words),
            details=details,
            listed_from=today - timedelta(days=chance.randint(20, 320)),
            channel=chance.choice([Channel.WEB, Channel.TEAM, Channel.PAPER]),
            by=officer,
        )


def _visit(family: Household, today: date, chance: random.Random, officer: User, criteria_set: CriteriaSet) -> None:
    days = chance.randint(1, max((today - family.listed_from).days - 1, 1))
    moment = datetime.combine(today - timedelta(days=days), time(chance.randint(8, 16), 30))
    findings: dict[str, tuple[Result, Basis | None]] = {}
    for key in FINDING_KEYS:
        result = (
            Result.MET if chance.random() < LIKELY[key] else chance.choice([Result.UNMET, Result.UNMET, Result.UNCLEAR])
        )
        basis = None if result == Result.UNCLEAR else chance.choice([Basis.SEEN, Basis.SEEN, Basis.TOLD])
        findings[key] = (result, basis)
    report = VisitReport(
        client_id=UUID(int=chance.getrandbits(128)),
        code=family.code,
        visited_at=timezone.make_aware(moment),
        criteria_set_id=criteria_set.pk,
        findings=findings,
    )
    record_visits(reports=[report], by=officer)


def _consent(family: Household, chance: random.Random, officer: User) -> None:
    sayings = [Saying(Purpose.REGISTER, True)]
    form = chance.choice([NameForm.FULL, NameForm.FULL, NameForm.SHORT, NameForm.VILLAGE, None])
    if form:
        sayings.append(Saying(Purpose.NAME, True, form))
    record_consents(household=family, sayings=sayings, means=ConsentMeans.SIGNED, by=officer)


def _decide(villages: list[Village], today: date, officer: User) -> None:
    """The lists of these villages of last month, in one sample decision."""
    proposals = []
    for village in villages:
        families = Household.objects.listed().filter(village=village, is_passing=True)
        if not families:
            continue
        proposal = open_proposal(village=village, title=Title.DIGITAL_FAMILY, year=today.year, by=officer)
        for family in families:
            add_candidate(proposal=proposal, household=family, by=officer)
        posted_from = today - timedelta(days=25)
        minutes = {
            "met_on": posted_from - timedelta(days=1),
            "met_at": f"Nhà văn hóa {village.name}",
            "invited_count": 60,
            "present_count": 48,
            "for_count": 47,
            "against_count": 1,
            "chair_name": "Trưởng thôn (mẫu)",
            "secretary_name": "Thư ký (mẫu)",
            "posted_from": posted_from,
            "posted_to": posted_from + timedelta(days=10),
            "posted_at": f"Nhà văn hóa {village.name}",
        }
        write_minutes(proposal=proposal, minutes=minutes, by=officer)
        submit_proposal(proposal=proposal, by=officer)
        proposals.append(accept_proposal(proposal=proposal, by=officer))
    paper = Paper(
        number="00/QĐ-MẪU",
        signed_on=today - timedelta(days=7),
        signer_name="Người ký (mẫu)",
        signer_role="CHỦ TỊCH",
        legal_bases="Dữ liệu mẫu, không phải quyết định thật.",
        title=Title.DIGITAL_FAMILY,
        year=today.year,
    )
    recognise_households(paper=paper, proposals=proposals, by=officer)
