"""Batches of visits: any order, split and repetition gives one register; each item has an answer of its own."""

import json
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.households.digest import register_digest
from portal.households.enums import ConsentMeans, Purpose
from portal.households.models import CriteriaSet, Household, Visit
from portal.households.services.consents import Saying, record_consents
from portal.households.services.merging import merge_households, undo_merge
from portal.households.visit_batches import MAX_BYTES, MAX_VISITS, take_batch
from tests.factories.households import HouseholdFactory

pytestmark = pytest.mark.django_db

START = datetime(2026, 3, 1, 1, tzinfo=UTC)
KEYS = ("1", "2", "3", "4a", "4b", "4c", "5")
FEW = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def item(household, **changes):
    return {
        "client_id": str(uuid4()),
        "code": household.code,
        "visited_at": START.isoformat(),
        "criteria_set": CriteriaSet.objects.get().pk,
        "findings": {"1": {"result": "dat", "basis": "thay"}},
        **changes,
    }


def post(browser, visits):
    return browser.post(reverse("team:visit_batch"), {"visits": visits}, content_type="application/json")


@st.composite
def visit_lists(draw):
    """Up to six visits to two households, some correcting others (or what never came), within a few hours and days."""
    ids = [UUID(int=number + 1) for number in range(draw(st.integers(1, 6)))]
    return [
        {
            "client_id": str(client_id),
            "house": draw(st.integers(0, 1)),
            "visited_at": (START + timedelta(hours=draw(st.integers(0, 60)))).isoformat(),
            "findings": {
                key: {"result": draw(st.sampled_from(["dat", "chua-dat", "chua-ro"])), "basis": "ke"}
                for key in draw(st.lists(st.sampled_from(KEYS), min_size=1, max_size=3, unique=True))
            },
            "corrects": draw(st.sampled_from([None, None, *map(str, ids), str(UUID(int=99))])),
        }
        for client_id in ids
    ]


def told(visits, households, by, splits):
    """The digest of a register that was told just this, and then is as it was before."""
    with transaction.atomic():
        for start, end in zip([0, *splits], [*splits, len(visits)], strict=True):
            take(visits[start:end], households, by)
        digest = register_digest()
        transaction.set_rollback(True)
    return digest


def take(visits, households, by):
    criteria_set = CriteriaSet.objects.get().pk
    sent = [
        {key: value for key, value in visit.items() if key != "house"}
        | {"code": households[visit["house"]].code, "criteria_set": criteria_set}
        for visit in visits
    ]
    answers = take_batch(json.dumps({"visits": sent}).encode(), by=by)
    assert all(answer["outcome"] in {"da-nhan", "da-co"} for answer in answers)


def two_households(village):
    found = list(Household.objects.filter(village=village).order_by("pk")[:2])
    return found or HouseholdFactory.create_batch(2, village=village)


@FEW
@given(visits=visit_lists(), data=st.data())
def test_order_repetition_and_split_do_not_matter(visits, data, village, team_member):
    households = two_households(village)
    again = data.draw(st.lists(st.sampled_from(visits), max_size=4))
    shuffled = data.draw(st.permutations([*visits, *again]))
    splits = sorted(data.draw(st.lists(st.integers(0, len(shuffled)), max_size=3)))
    plain = told(visits, households, team_member.user, [])
    assert told(shuffled, households, team_member.user, splits) == plain


@FEW
@given(before=visit_lists(), between=visit_lists())
def test_merge_then_undo_leaves_no_trace_in_what_the_register_says(before, between, village, team_member):
    households = two_households(village)
    for number, visit in enumerate(between):
        visit |= {"client_id": str(UUID(int=1000 + number)), "corrects": None}

    def world(with_merge):
        with transaction.atomic():
            take(before, households, team_member.user)
            for household in households:
                household.refresh_from_db()
            merge = merge_households(survivor=households[0], absorbed=households[1], by=team_member.user)
            if not with_merge:
                undo_merge(merge=merge, by=team_member.user)
            take(between, households, team_member.user)
            saying = Saying(Purpose.PHOTO, True)
            record_consents(
                household=households[1], sayings=[saying], means=ConsentMeans.SIGNED, by=None, said_at=START
            )
            if with_merge:
                undo_merge(merge=merge, by=team_member.user)
            digest = register_digest()
            transaction.set_rollback(True)
        return digest

    assert world(with_merge=True) == world(with_merge=False)


def test_merged_household_answers_with_the_visits_of_both_until_undone(village, team_member):
    kept, gone = HouseholdFactory.create_batch(2, village=village)
    before = register_digest()
    merge = merge_households(survivor=kept, absorbed=gone, by=team_member.user)
    assert register_digest() != before
    take_batch(json.dumps({"visits": [item(gone)]}).encode(), by=team_member.user)
    kept.refresh_from_db()
    assert kept.met_count == 1
    undo_merge(merge=merge, by=team_member.user)
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (kept.met_count, gone.met_count) == (None, 1)


def test_every_item_is_answered_and_a_bad_one_holds_up_nothing(village, other_village, team_member):
    own, foreign = HouseholdFactory(village=village), HouseholdFactory(village=other_village)
    good = item(own)
    broken = [
        None,
        7,
        [],
        item(own, client_id="x"),
        item(own, visited_at="2026-03-01T08:00"),
        item(own, visited_at=5),
        item(own, visited_at="0001-01-01T00:00:00+14:00"),
        item(own, visited_at="2099-01-01T00:00:00+07:00"),
        item(own, criteria_set="1"),
        item(own, criteria_set=10**30),
        item(own, findings={}),
        item(own, findings={"9": {"result": "dat", "basis": "thay"}}),
        item(own, findings={"1": {"result": "trượt", "basis": "thay"}}),
        item(own, findings={"1": {"result": ["dat"], "basis": {}}}),
        item(own, findings={"1": {"result": "dat"}}),
        item(own, note="x" * 1001),
        item(own, note="\x00"),
        item(own, note="\ud800"),
        item(own, seconds_spent=-1),
        item(own, corrects="không"),
        item(own, code=None),
        item(own, code="BT-9999Z"),
        item(foreign),
    ]
    response = post(team_member, [*broken, good, good])
    answers = response.json()["answers"]
    assert response.status_code == 200
    assert [answer["outcome"] for answer in answers] == ["can-xem"] * len(broken) + ["da-nhan", "da-co"]
    assert all(answer["message"] for answer in answers[: len(broken)])
    assert answers[-1]["client_id"] == good["client_id"]
    # A foreign family and none at all get the same answer.
    assert answers[-3]["message"] == answers[-4]["message"]
    assert Visit.objects.count() == 1


def test_same_id_with_other_content_is_asked_about(village, team_member):
    household = HouseholdFactory(village=village)
    first = item(household)
    post(team_member, [first])
    [answer] = post(team_member, [{**first, "note": "khác"}]).json()["answers"]
    assert (answer["outcome"], Visit.objects.get().note) == ("can-xem", "")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b'{"visits": {}}', 400),
        (b"\xff\xfe", 400),
        (b"[" * 20_000, 400),
        (b" " * (MAX_BYTES + 1), 413),
        (json.dumps({"visits": [0] * (MAX_VISITS + 1)}).encode(), 413),
    ],
    ids=["nothing", "cut off", "a list", "no list", "not text", "too deep", "too heavy", "too many"],
)
def test_what_is_no_batch_is_refused_in_words(team_member, body, status):
    response = team_member.post(reverse("team:visit_batch"), body, content_type="application/json")
    assert response.status_code == status
    assert response.json()["message"]


def test_batch_needs_the_csrf_token_of_the_session(village, team_member):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(team_member.user)
    assert post(strict, []).status_code == 403
    token = strict.get(reverse("team:visit", args=[HouseholdFactory(village=village).code])).cookies["csrftoken"].value
    response = strict.post(
        reverse("team:visit_batch"), {"visits": []}, content_type="application/json", headers={"X-CSRFToken": token}
    )
    assert response.status_code == 200
