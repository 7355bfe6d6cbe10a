"""What the commune decides: edited by its staff in words that say who decides, logged, and followed everywhere."""

from datetime import date, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from portal.core.audit import broken_lines
from portal.core.models import AuditEntry
from portal.core.pictures import reencode
from portal.core.private_files import keep_private, private_storage
from portal.households.enums import DataRequestKind
from portal.households.models import Evidence, HelpRequest, Holiday, RegisterRules
from portal.households.selectors.work import work_of
from portal.households.services.data_requests import ask_about_data
from portal.households.services.merging import MergeRefused, merge_households, undo_merge
from portal.households.services.objections import note_objection
from portal.households.services.proposals import missing_before_submit
from tests.desks import desk_of
from tests.factories.core import UserFactory
from tests.factories.files import picture_bytes
from tests.factories.households import EvidenceFactory, HouseholdFactory, ProposalFactory, VisitFactory
from tests.integration.register.public_forms import codes_of, filled, text_of, token_opened

pytestmark = pytest.mark.django_db
EDIT = reverse("wagtailsettings:edit", args=["households", "registerrules"])


def set_rules(**changes):
    RegisterRules.objects.update_or_create(pk=1, defaults=changes)


def typed(**changes):
    names = [field.name for field in RegisterRules._meta.fields if field.name != "id"]
    return {name: str(getattr(RegisterRules(), name)) for name in names} | changes


@pytest.fixture
def administrator(db):
    return desk_of("Quản trị", full_name="Phạm Quản Trị")


@pytest.mark.parametrize(
    ("role", "may"),
    [("officer", True), ("administrator", True), ("leader", False), ("editor", False), ("team_member", False)],
)
def test_officers_and_administrators_edit_the_rules_and_nobody_else(request, role, may):
    browser = request.getfixturevalue(role)
    page = browser.get(EDIT, follow=True)
    assert ("Niêm yết danh sách (ngày)" in page.content.decode()) is may
    answer = browser.post(page.request["PATH_INFO"] if may else EDIT, typed(posting_days="15"))
    assert RegisterRules.objects.filter(posting_days=15).exists() is may
    assert answer.status_code in ({302} if may else {302, 403, 404})


def test_every_number_says_who_decides_it():
    for field in RegisterRules._meta.fields:
        if field.name != "id":
            assert "quyết định" in field.help_text or "quy định" in field.help_text, field.name


def test_change_is_a_line_in_the_log_with_what_stood_before(officer, leader):
    address = officer.get(EDIT).headers["Location"]
    officer.post(address, typed(posting_days="15"))
    officer.post(address, typed(posting_days="15"))
    line = AuditEntry.objects.get(action="rules.change")
    assert (line.by, line.data) == (officer.user, {"posting_days": [10, 15]})
    assert not list(broken_lines())
    assert "đổi quy tắc của sổ hộ" in text_of(leader.get(reverse("office:log")))


@pytest.mark.parametrize(("value", "said"), [("0", "Ít nhất là 1 ngày."), ("61", "Nhiều nhất là 60 ngày.")])
def test_number_out_of_bounds_is_refused_in_words(officer, value, said):
    address = officer.get(EDIT).headers["Location"]
    assert said in text_of(officer.post(address, typed(posting_days=value)))
    assert not RegisterRules.objects.filter(posting_days=int(value)).exists()


def test_receipt_and_work_list_follow_the_rules(client, village, team_member):
    set_rules(first_visit_days=12, help_days=3)
    receipt = client.post("/dang-ky/", filled(village, step="send"))
    today = timezone.localdate()
    assert f"{today + timedelta(days=12):%d/%m/%Y}" in text_of(receipt)
    assert HelpRequest.objects.get().due_on == today + timedelta(days=3)
    [first] = [task for task in work_of(team_member.user).tasks if task.help_request is None]
    assert first.due_on == today + timedelta(days=12)


def test_visit_again_follows_the_rules(village, team_member):
    HouseholdFactory(village=village, last_visited_on=timezone.localdate() - timedelta(days=40))
    assert not work_of(team_member.user).tasks
    set_rules(visit_again_days=40)
    assert len(work_of(team_member.user).tasks) == 1
    assert "Phạm Văn Mẫu" in text_of(team_member.get(reverse("team:households") + "?loc=tham-lai"))


def test_posting_and_objections_follow_the_rules(village):
    today = timezone.localdate()
    proposal = ProposalFactory(
        village=village, posted_from=today - timedelta(days=12), posted_to=today - timedelta(days=1)
    )
    set_rules(posting_days=14, objection_days=9)
    assert "niêm yết đủ 14 ngày (mới 12)" in missing_before_submit(proposal)
    asked = note_objection(proposal=proposal, asked_by="Một người", text="Sao vậy?", by=UserFactory())
    assert asked.answer_by == today + timedelta(days=9)


def test_merge_is_undone_for_as_long_as_the_rules_say(officer):
    kept, gone = HouseholdFactory(), HouseholdFactory()
    merge = merge_households(survivor=kept, absorbed=gone, by=officer.user)
    type(merge).objects.update(merged_at=timezone.now() - timedelta(days=31))
    set_rules(merge_undo_days=30)
    assert "Gỡ được trong 30 ngày" in text_of(officer.get(reverse("office:merges")))
    with pytest.raises(MergeRefused, match="Đã quá 30 ngày"):
        undo_merge(merge=merge, by=officer.user)
    set_rules(merge_undo_days=60)
    undo_merge(merge=merge, by=officer.user)


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        ("xem", "see_days"),
        ("sua", "see_days"),
        ("rut", "withdraw_days"),
        ("han-che", "withdraw_days"),
        ("xoa", "erase_days"),
    ],
)
def test_days_for_data_follow_the_rules(kind, rule):
    set_rules(**{rule: 33})
    asked = ask_about_data(
        household=HouseholdFactory(), kind=DataRequestKind(kind), asked_by="Chủ hộ", means="ky", by=UserFactory()
    )
    assert (asked.answer_by - timezone.localdate()).days == 33


def test_family_reads_the_days_that_hold_today(client, village):
    set_rules(acknowledge_days=4, see_days=11, erase_days=22)
    code, secret = codes_of(client.post("/dang-ky/", filled(village, step="send", token=token_opened())))
    text = text_of(client.post("/tra-cuu/", {"code": code, "secret": secret}))
    assert (
        "Xã báo đã nhận trong 4 ngày làm việc. Bản sao và việc sửa: trong 11 ngày. Ra khỏi sổ: trong 22 ngày." in text
    )


# --- holidays


def test_fixed_holidays_are_known_from_the_start_and_staff_add_the_others(officer):
    assert [str(row) for row in Holiday.objects.filter(is_yearly=True)] == [
        "Tết Dương lịch, 01/01 hằng năm",
        "Ngày Chiến thắng, 30/04 hằng năm",
        "Ngày Quốc tế Lao động, 01/05 hằng năm",
        "Quốc khánh, 02/09 hằng năm",
    ]
    added = {"name": "Tết Nguyên đán 2027", "first_day": "05/02/2027", "last_day": "11/02/2027"}
    officer.post(reverse("holidays:add"), added)
    asked = ask_about_data(
        household=HouseholdFactory(), kind=DataRequestKind.SEE, asked_by="Chủ hộ", means="ky", by=officer.user,
        received_at=timezone.make_aware(datetime(2027, 2, 4, 16)),
    )  # fmt: skip
    # Thursday before a week of Tết: Friday to Thursday are off, then Friday and Monday.
    assert asked.acknowledge_by == date(2027, 2, 15)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"last_day": "01/02/2027"}, "Ngày cuối không được trước ngày đầu."),
        ({"last_day": "11/02/2027", "is_yearly": "on"}, "Ngày lặp lại hằng năm thì ghi từng ngày một"),
        ({"first_day": "31/02/2027"}, "Không có ngày này"),
    ],
)
def test_impossible_holiday_is_refused_in_words(officer, changes, said):
    before = Holiday.objects.count()
    form = {"name": "Tết Nguyên đán 2027", "first_day": "05/02/2027", "last_day": "", **changes}
    assert said in text_of(officer.post(reverse("holidays:add"), form))
    assert Holiday.objects.count() == before


# --- what is kept only for a time


def evidence_of(days_ago):
    name = keep_private(reencode(picture_file()), folder="lam-chung")
    visit = VisitFactory(visited_at=timezone.now() - timedelta(days=days_ago), met=["1"])
    return EvidenceFactory(visit=visit, name=name)


def picture_file():
    return ContentFile(picture_bytes(), name="anh.png")


def test_old_evidence_goes_at_night_and_what_it_showed_stays(django_capture_on_commit_callbacks):
    set_rules(evidence_keep_days=30)
    old, young = evidence_of(31), evidence_of(29)
    with django_capture_on_commit_callbacks(execute=True):
        call_command("nightly", verbosity=0)
    assert [row.pk for row in Evidence.objects.all()] == [young.pk]
    assert not private_storage.exists(old.name)
    assert private_storage.exists(young.name)
    assert old.visit.findings.count() == 1
    assert AuditEntry.objects.get(action="evidence.expire").data == {"pictures": 1}
    call_command("nightly", verbosity=0)
    assert AuditEntry.objects.filter(action="evidence.expire").count() == 1
