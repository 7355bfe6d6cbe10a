"""Duplicates: the queue, two people for a merge, and an undo that is exact whatever happened in between."""

import random
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.core.models import AuditEntry
from portal.households.digest import register_digest
from portal.households.enums import NameForm, Purpose
from portal.households.models import (
    Certificate,
    Consent,
    DistinctPair,
    Finding,
    HelpRequest,
    Household,
    Merge,
    Registration,
    SensitiveChange,
    Visit,
)
from portal.households.selectors.consents import granted_purposes
from portal.households.selectors.duplicate_queue import likely_pairs
from portal.households.selectors.standing import household_standing, refresh_standing
from portal.households.services.merging import MergeRefused, merge_households, undo_merge
from tests.factories.core import UserFactory
from tests.factories.households import (
    CertificateFactory,
    ConsentFactory,
    HelpRequestFactory,
    HouseholdFactory,
    RegistrationFactory,
    VisitFactory,
)

OFFICE = "/quan-tri/so-ho/"


def text(response):
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def twins(village):
    """One family, entered twice."""
    shared = {"village": village, "nickname": "Cha Thảo", "phone": "+84356123456"}
    return HouseholdFactory(head_name="Phạm Văn Đền", **shared), HouseholdFactory(head_name="Pham Van Den", **shared)


def pair_address(pair, tail=""):
    return f"{OFFICE}trung/{pair[0].code}/{pair[1].code}/{tail}"


def ask(desk, pair, reason="Một nhà ghi hai lần"):
    return desk.post(pair_address(pair, "gop/"), {"reason": reason}, follow=True)


def decide(desk, answer="co"):
    change = SensitiveChange.objects.get(decided_at=None)
    return desk.post(f"{OFFICE}hai-nguoi/{change.pk}/", {"duyet": answer}, follow=True)


# --- the queue -----------------------------------------------------------------------------------------------------


def test_queue_shows_look_alikes_and_remembers_those_that_are_two(officer, twins, village):
    HouseholdFactory(village=village, head_name="Phạm Thị Lan")
    page = text(officer.get(f"{OFFICE}trung/"))
    assert page.count("<h2>") == 1
    assert "cùng tên gọi" in page
    answer = officer.post(pair_address(twins, "khong-trung/"), follow=True)
    assert "không trùng" in text(answer)
    assert "Không có cặp nào phải hỏi" in text(officer.get(f"{OFFICE}trung/"))
    assert DistinctPair.objects.get().said_by == officer.user


def test_one_surname_alone_says_nothing(village, other_village):
    HouseholdFactory(village=village, head_name="Phạm Văn Đền")
    HouseholdFactory(village=village, head_name="Phạm Văn Lan")
    HouseholdFactory(village=other_village, head_name="Phạm Thị Đền")
    assert likely_pairs() == []


def test_phone_of_a_shop_shared_by_half_a_village_is_no_reason(village):
    for number in range(30):
        HouseholdFactory(village=village, head_name=f"Phạm Văn Tên{number}", phone="+84356123456")
    assert likely_pairs() == []


def test_queue_of_a_commune_is_a_matter_of_seconds_and_few_queries(village):
    given = [f"ten{number}" for number in range(120)]
    chooser = random.Random(7)
    rows = []
    for number in range(2500):
        row = Household(
            number=number + 1,
            code=f"BT-{number:04d}X",
            village=village,
            head_name=f"Phạm {chooser.choice(['Văn', 'Thị', 'Xuân', 'Minh'])} {chooser.choice(given)}",
            head_birth_year=chooser.randint(1940, 2000),
            listed_from=timezone.localdate(),
        )
        row.derive()
        rows.append(row)
    Household.objects.bulk_create(rows, batch_size=500)
    started = timezone.now()
    with CaptureQueriesContext(connection) as queries:
        pairs = likely_pairs()
    assert len(queries) <= 4
    assert len(pairs) == 100
    assert timezone.now() - started < timedelta(seconds=5)


def test_only_officers_enter(officer, leader, team_member, stranger, twins):
    for address in ("trung/", "gop/", "hai-nguoi/"):
        codes = [desk.get(OFFICE + address).status_code for desk in (officer, leader, team_member, stranger)]
        assert codes == [200, 404, 404, 302]
    assert [desk.get(pair_address(twins)).status_code for desk in (officer, leader, team_member)] == [200, 404, 404]
    for tail in ("gop/", "khong-trung/"):
        assert leader.post(pair_address(twins, tail), {"reason": "Thử"}).status_code == 404
    assert not SensitiveChange.objects.exists()


# --- two people ----------------------------------------------------------------------------------------------------


def test_merge_waits_for_a_second_officer(officer, second_officer, twins):
    kept, gone = twins
    assert "chờ cán bộ sổ hộ khác duyệt" in text(ask(officer, twins))
    assert Household.objects.get(pk=gone.pk).survivor is None, "nothing has happened yet"
    assert "Người đề nghị không tự duyệt được" in text(decide(officer))
    assert not Merge.objects.exists()
    assert "đã duyệt" in text(decide(second_officer))
    assert Household.objects.get(pk=gone.pk).survivor == kept
    assert Merge.objects.get().merged_by == second_officer.user
    actions = list(AuditEntry.objects.values_list("action", flat=True))
    assert actions == ["approval.ask", "approval.approve", "household.merge"]
    assert officer.get(f"{OFFICE}ho/{gone.code}/").headers["Location"] == f"{OFFICE}ho/{kept.code}/"


def test_refused_change_does_nothing(officer, second_officer, twins):
    ask(officer, twins)
    assert "không duyệt" in text(decide(second_officer, "khong"))
    assert not Merge.objects.exists()
    assert "không duyệt" in text(officer.get(f"{OFFICE}hai-nguoi/"))


def test_database_itself_refuses_one_person_in_both_parts(officer, twins):
    ask(officer, twins)
    change = SensitiveChange.objects.get()
    change.decided_by, change.decided_at, change.is_approved = officer.user, timezone.now(), True
    with pytest.raises(IntegrityError), transaction.atomic():
        change.save()


def test_merge_needs_a_reason_and_is_asked_once(officer, twins):
    assert "Xin điền lý do" in text(ask(officer, twins, reason=""))
    ask(officer, twins)
    assert "đang chờ duyệt" in text(ask(officer, twins))
    assert SensitiveChange.objects.count() == 1
    assert "Đang chờ người thứ hai duyệt" in text(officer.get(f"{OFFICE}trung/"))


def test_decided_change_is_not_decided_again(officer, second_officer, twins):
    ask(officer, twins)
    change = SensitiveChange.objects.get()
    decide(second_officer)
    answer = second_officer.post(f"{OFFICE}hai-nguoi/{change.pk}/", {"duyet": "khong"}, follow=True)
    assert "đã có người duyệt rồi" in text(answer)
    assert SensitiveChange.objects.get().is_approved


def test_merge_that_became_impossible_is_explained_and_still_waits(officer, second_officer, twins, village):
    ask(officer, twins)
    merge_households(survivor=HouseholdFactory(village=village), absorbed=twins[1], by=officer.user)
    assert "đã gộp vào hộ khác rồi" in text(decide(second_officer))
    assert SensitiveChange.objects.get().decided_at is None


def test_merge_is_undone_from_the_list_within_a_year(officer, twins):
    merge = merge_households(survivor=twins[0], absorbed=twins[1], by=officer.user)
    address = f"{OFFICE}gop/{merge.pk}/go/"
    assert address in text(officer.get(f"{OFFICE}gop/"))
    Merge.objects.filter(pk=merge.pk).update(merged_at=timezone.now() - timedelta(days=366))
    assert address not in text(officer.get(f"{OFFICE}gop/"))
    assert "Đã quá một năm" in text(officer.post(address, follow=True))
    Merge.objects.filter(pk=merge.pk).update(merged_at=timezone.now())
    assert "Đã gỡ gộp" in text(officer.post(address, follow=True))
    assert officer.get(f"{OFFICE}ho/{twins[1].code}/").status_code == 200


# --- exact undo ----------------------------------------------------------------------------------------------------


def digest():
    """All that the register says of every household, without the marks of merging itself."""
    today = timezone.localdate()
    facts = []
    for household in Household.objects.order_by("pk"):
        columns = {
            field.attname: getattr(household, field.attname)
            for field in Household._meta.concrete_fields
            if field.attname != "created_at"
        }
        own = [
            sorted(model.objects.filter(household=household).values_list("pk", flat=True))
            for model in (Visit, Consent, Certificate, HelpRequest, Registration)
        ]
        facts.append((columns, own, household_standing(household, today), sorted(granted_purposes(household))))
    return facts


def live_on(household, chooser, moment):
    """Something that happens in the life of a household, recorded under its own code."""
    match chooser.randrange(5):
        case 0:
            keys = chooser.sample(["1", "2", "3", "4a", "5"], 3)
            client_id = UUID(int=chooser.getrandbits(128))
            VisitFactory(household=household, met=keys, client_id=client_id, visited_at=moment)
            refresh_standing(Household.objects.get(pk=household.pk))
        case 1:
            granted = chooser.random() < 0.5
            form = NameForm.SHORT if granted else ""
            ConsentFactory(
                household=household, purpose=Purpose.NAME, is_granted=granted, name_form=form, said_at=moment
            )
        case 2:
            CertificateFactory(entry__household=household, household=household, year=chooser.randrange(2000, 9999))
        case 3:
            HelpRequestFactory(household=household, village=household.village)
        case _:
            RegistrationFactory(household=household)


@pytest.mark.parametrize("seed", range(8))
def test_merge_then_undo_is_exact_whatever_happens_in_between(village, seed):
    """The same life twice, once with merges and their undoing in between: the register ends the same."""
    by, start = UserFactory(), timezone.now() - timedelta(hours=1)

    def life(with_merges):
        chooser = random.Random(seed)
        homes = list(Household.objects.order_by("pk"))
        merges = []
        for step in range(12):
            live_on(chooser.choice(homes), chooser, start + timedelta(minutes=step))
            first, second = chooser.sample(homes, 2)
            if with_merges and step % 3 == 1:
                try:
                    merges.append(merge_households(survivor=first, absorbed=second, by=by))
                except MergeRefused:
                    continue
        # Undone in any order: a merge into a merged household is a chain.
        chooser.shuffle(merges)
        for merge in merges:
            undo_merge(merge=merge, by=by)
        return len(merges)

    for number in range(4):
        HouseholdFactory(number=500 + number, village=village, head_name=f"Phạm Văn Một {number}")

    def ended(with_merges):
        with transaction.atomic():
            merged = life(with_merges)
            facts, number = digest(), register_digest()
            transaction.set_rollback(True)
        return (
            merged,
            number,
            [(columns, [len(rows) for rows in own], *_sayings(rest)) for columns, own, *rest in facts],
        )

    _none, *plain = ended(with_merges=False)
    merged, *undone = ended(with_merges=True)
    assert merged
    assert undone == plain


def _sayings(rest):
    standing, purposes = rest
    return standing.met_count, standing.is_passing, [line.state for line in standing.criteria], purposes


def test_facts_of_both_are_read_under_the_survivor_while_merged(twins):
    kept, gone = twins
    VisitFactory(household=gone, village=gone.village, met=["1"])
    merge = merge_households(survivor=kept, absorbed=gone, by=UserFactory())
    kept.refresh_from_db()
    assert kept.met_count == 1
    VisitFactory(household=kept, village=kept.village, met=["2"])
    refresh_standing(kept)
    kept.refresh_from_db()
    assert kept.met_count == 2
    undo_merge(merge=merge, by=UserFactory())
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (kept.met_count, gone.met_count) == (1, 1)
    assert Finding.objects.filter(visit__household=gone).count() == 1
