"""A few hundred invented families over the sample villages, from sign-up to certificate. Nobody here is real."""

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.contrib.auth.models import Group

from portal.core.models import User
from portal.home.demo.quarters import close_past_quarters
from portal.home.demo.visits import hold_activities, visit_families
from portal.households.enums import Channel, ConsentMeans, NameForm, Purpose, SelfAnswer, Title
from portal.households.models import Household, Village
from portal.households.permissions import OFFICER_GROUP
from portal.households.services.decisions import Paper, recognise_households
from portal.households.services.help_requests import ask_for_help
from portal.households.services.progress import counted_at_once
from portal.households.services.proposals import (
    accept_proposal,
    add_candidate,
    open_proposal,
    submit_proposal,
    write_minutes,
)
from portal.households.services.registrations import Application, register_household
from portal.households.standing import HANOI

#: Who "did" all this; the account cannot sign in.
SAMPLE_USER = "du-lieu-mau"
#: Small villages and larger ones: so many families in the first, in the second, and so on.
PER_VILLAGE = (24, 18, 27, 20, 16, 23, 12, 19, 26, 15, 22, 11, 17, 25)
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
HELP_TOPICS = ("Cài VNeID", "Trả tiền bằng mã vuông", "Khóa màn hình điện thoại")
#: The first two villages began a year and more ago, as the plan's pilot did; the others when it went out to all.
PILOT_VILLAGES, PILOT_DAYS, ALL_DAYS = 2, 405, 320


def add_register(villages: list[Village], today: date) -> int:
    """Families, visits, consents, a village's list, a decision and its certificates; returns the families."""
    chance = random.Random(2026)  # noqa: S311 (sample data, the same on every machine)
    officer = _add_officer()
    with counted_at_once():
        families = [
            family
            for number, village in enumerate(villages)
            for family in _families(village, PER_VILLAGE[number % len(PER_VILLAGE)], _first_days(number, today), chance)
        ]
        visit_families(families, today, chance, officer)
        for number, village in enumerate(villages[:6]):
            token = UUID(int=chance.getrandbits(128))
            ask_for_help(token=token, village=village, name="Bà M. (mẫu)", topic=HELP_TOPICS[number % len(HELP_TOPICS)])
        hold_activities(villages, today, chance, officer)
    _decide(villages[:6], today, officer)
    close_past_quarters(today - timedelta(days=PILOT_DAYS), today, officer)
    officer.is_active = False
    officer.save(update_fields=["is_active"])
    return len(families)


def sample_officer() -> User:
    """Who did all this."""
    return User.objects.get(username=SAMPLE_USER)


def _add_officer() -> User:
    officer = User(username=SAMPLE_USER, full_name="Dữ liệu mẫu")
    officer.set_unusable_password()
    officer.save()
    officer.groups.add(Group.objects.get(name=OFFICER_GROUP))
    return officer


def _first_days(number: int, today: date) -> tuple[date, date]:
    """From when to when the families of a village signed up."""
    first = today - timedelta(days=PILOT_DAYS if number < PILOT_VILLAGES else ALL_DAYS)
    return first, first + timedelta(days=60) if number < PILOT_VILLAGES else today - timedelta(days=20)


def _families(village: Village, number: int, days: tuple[date, date], chance: random.Random) -> Iterator[Household]:
    for _ in range(number):
        kind = chance.choice(("nam", "nữ"))
        words = (chance.choice(FAMILY_NAMES), chance.choice(MIDDLE_NAMES[kind]), chance.choice(GIVEN_NAMES[kind]))
        signed_up = days[0] + timedelta(days=chance.randint(0, (days[1] - days[0]).days))
        form = chance.choice([NameForm.FULL, NameForm.FULL, NameForm.SHORT, NameForm.VILLAGE, None])
        application = Application(
            token=UUID(int=chance.getrandbits(128)),
            village=village,
            head_name=" ".join(words),
            details={
                "head_birth_year": chance.randint(1948, 1996),
                "member_count": chance.randint(2, 7),
                "has_no_signal": chance.random() < 0.06,
                "has_hardship": chance.random() < 0.08,
            },
            answers={key: chance.choice([SelfAnswer.YES, SelfAnswer.NO]) for key in ("1", "2", "3", "4", "5")},
            consents=(Purpose.REGISTER, Purpose.NAME) if form else (Purpose.REGISTER,),
            name_form=form,
            means=ConsentMeans.SIGNED,
            channel=chance.choice([Channel.WEB, Channel.TEAM, Channel.PAPER]),
            received_at=datetime.combine(signed_up, time(9), HANOI),
        )
        code = register_household(application=application).code
        yield Household.objects.get(code=code)


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
