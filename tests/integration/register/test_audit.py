"""The chained log: any altered, removed or added line is found and named; readers see it, others do not."""

from concurrent.futures import ThreadPoolExecutor
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.db.models.query import QuerySet

from portal.core.audit import broken_lines, record
from portal.core.models import AuditEntry, AuditHead
from tests.factories.core import UserFactory

LOG = "/quan-tri/so-ho/nhat-ky/"


@pytest.fixture
def five_lines(db):
    user = UserFactory()
    return [record("household.view", by=user, subject=f"BT-000{n}", data={"n": n}) for n in range(1, 6)]


def forge(entry, **values):
    """What somebody with the database in hand could do."""
    QuerySet.update(AuditEntry.objects.filter(pk=entry.pk), **values)


def erase(entry):
    QuerySet(AuditEntry).filter(pk=entry.pk)._raw_delete(using="default")


def check():
    out = StringIO()
    call_command("check_audit", stdout=out)
    return out.getvalue()


def test_whole_chain_is_said_to_be_whole(five_lines):
    assert check() == "Nhật ký còn nguyên: 5 dòng nối nhau từ đầu đến cuối.\n"


@pytest.mark.parametrize(
    "change",
    [{"subject": "BT-0004"}, {"reason": " "}, {"data": {"n": 4}}, {"action": "household.viev"}, {"by": None}],
    ids=lambda change: next(iter(change)),
)
def test_one_altered_byte_is_found_and_named(five_lines, change):
    forge(five_lines[2], **change)
    assert [line.split(":")[0] for line in broken_lines()] == ["Dòng 3 đã bị sửa"]


def test_altered_line_with_a_digest_made_to_fit_breaks_the_next_link(five_lines):
    from portal.core.audit import digest_of

    entry = AuditEntry.objects.get(number=3)
    entry.subject = "BT-9999"
    forge(entry, subject=entry.subject, digest=digest_of(entry))
    assert list(broken_lines()) == ["Dòng 4 không nối với dòng 3."]


def test_removed_middle_line_is_named(five_lines):
    erase(five_lines[2])
    assert list(broken_lines()) == ["Thiếu dòng 3."]


def test_removed_last_lines_are_named(five_lines):
    erase(five_lines[4])
    erase(five_lines[3])
    assert list(broken_lines()) == ["Thiếu dòng 4 đến 5 ở cuối: nhật ký từng có 5 dòng."]


def test_removed_head_is_noticed(five_lines):
    AuditHead.objects.all().delete()
    assert len(list(broken_lines())) == 1


def test_command_ends_with_one_when_the_chain_is_broken(five_lines):
    erase(five_lines[0])
    with pytest.raises(CommandError) as refused:
        check()
    assert refused.value.returncode == 1


def test_what_is_rolled_back_was_never_logged(five_lines):
    from django.db import transaction

    with transaction.atomic():
        record("household.view", by=None)
        transaction.set_rollback(True)
    record("household.view", by=None)
    assert list(broken_lines()) == []
    assert AuditEntry.objects.count() == 6


@pytest.mark.django_db(transaction=True)
def test_lines_written_at_once_do_not_fork_the_chain():
    if connection.vendor == "sqlite":
        pytest.skip("a test database in memory has one writer")

    def write(_n):
        try:
            record("household.view", by=None)
        finally:
            connections.close_all()

    record("household.view", by=None)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(40)))
    assert list(broken_lines()) == []
    assert AuditEntry.objects.count() == 41


def test_leader_and_administrator_read_the_log_others_do_not(leader, officer, team_member, stranger, five_lines):
    from django.test import Client

    administrator = Client()
    administrator.force_login(UserFactory(is_superuser=True))
    assert [desk.get(LOG).status_code for desk in (leader, administrator, officer, team_member)] == [200, 200, 404, 404]
    answer = stranger.get(LOG)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/quan-tri/login/?next=/quan-tri/so-ho/nhat-ky/")


def test_log_is_filtered_by_household_person_and_action(leader, five_lines):
    record("phone.reveal", by=leader.user, subject="BT-0003", reason="Gọi hẹn ngày thăm")
    page = leader.get(LOG, {"ma": "bt-0003", "ai": leader.user.username, "viec": "phone.reveal"}).content.decode()
    assert "Gọi hẹn ngày thăm" in page
    assert page.count("<tr>") == 2
    assert "Không có dòng nào như vậy" in leader.get(LOG, {"viec": "team.join"}).content.decode()


def test_log_is_paged_by_fifty(leader):
    for n in range(53):
        record("household.view", by=leader.user, subject=f"BT-{n}")
    first = leader.get(LOG).content.decode()
    assert first.count("<tr>") == 51
    assert "?truoc=4" in first
    older = leader.get(LOG, {"truoc": "4"}).content.decode()
    assert older.count("<tr>") == 4
    assert "Các dòng cũ hơn" not in older


def test_every_action_has_a_name_on_screen():
    import re
    from pathlib import Path

    from portal.households.selectors.log import ACTIONS

    texts = (path.read_text(encoding="utf-8") for path in Path("portal").rglob("*.py"))
    written = {name for text in texts for name in re.findall(r"\brecord\(\s*\"([a-z_.]+)\"", text)}
    assert sorted(written - ACTIONS.keys()) == []
