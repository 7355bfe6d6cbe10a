"""The office's list and file of a household: who reads, who changes, what is found, what is logged."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.core.models import AuditEntry
from portal.households.enums import EventKind
from portal.households.models import Household, Residence
from portal.households.selectors.progress import ON_THE_REGISTER, figures_on
from portal.households.services.households import create_household, strike_off
from portal.households.services.merging import merge_households
from tests.factories.households import HelpRequestFactory, HouseholdFactory, VisitFactory

LIST = "/quan-tri/so-ho/"
TODAY = timezone.localdate().strftime("%d/%m/%Y")


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def file_of(household, tail=""):
    return f"{LIST}ho/{household.code}/{tail}"


@pytest.fixture
def den(village):
    return HouseholdFactory(
        village=village, head_name="Phạm Văn Đền", nickname="Cha Thảo", phone="+84356123456", head_birth_year=1980
    )


@pytest.fixture
def bich(other_village):
    return HouseholdFactory(village=other_village, head_name="Đinh Thị Bích")


def test_officer_and_leader_read_others_do_not(officer, leader, team_member, editor, stranger, den):
    for address in (LIST, file_of(den)):
        assert [desk.get(address).status_code for desk in (officer, leader, team_member, editor)] == [
            200,
            200,
            404,
            404,
        ]
        assert stranger.get(address).status_code == 302
    assert officer.get(LIST)["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    "words", ["den", "Đền", "cha thao", "3456", "0356 123 456", "{code}", "{bare}", "pham den"], ids=str
)
def test_household_is_found_by_part_of_anything(officer, den, bich, words):
    page = text(officer.get(LIST, {"q": words.format(code=den.code.lower(), bare=den.code.replace("-", " "))}))
    assert "Phạm Văn Đền" in page
    assert "Đinh Thị Bích" not in page


def test_list_hides_the_middle_of_a_phone(officer, leader, den):
    for desk in (officer, leader):
        assert "0356" not in text(desk.get(LIST)) + text(desk.get(file_of(den)))


def test_list_is_filtered_by_village_and_state(officer, village, den, bich):
    assert "Bích" not in text(officer.get(LIST, {"thon": village.pk}))
    Household.objects.filter(pk=den.pk).update(last_visited_on=timezone.localdate(), is_passing=True, met_count=5)
    assert "Đinh Thị Bích" not in text(officer.get(LIST, {"viec": "du-dieu-kien"}))
    assert "Phạm Văn Đền" not in text(officer.get(LIST, {"viec": "chua-tham"}))
    HelpRequestFactory(household=bich, village=bich.village)
    page = text(officer.get(LIST, {"viec": "cho-giup"}))
    assert "Đinh Thị Bích" in page
    assert "Phạm Văn Đền" not in page


def test_list_is_in_vietnamese_order_and_pages_by_key(officer, village):
    for number in range(60):
        HouseholdFactory(village=village, head_name=f"Phạm Văn {number:02d}")
    HouseholdFactory(village=village, head_name="Đinh Thị Ánh")
    HouseholdFactory(village=village, head_name="Phạm Thị An")
    page = text(officer.get(LIST))
    assert page.index("Phạm Văn 00") < page.index("Phạm Văn 47")
    names, after = [], None
    while True:
        response = officer.get(LIST, {"sau": after} if after else {})
        query = response.context["query"]
        names += [household.head_name for household in query.households]
        after = query.next_after
        if after is None:
            break
    assert names.index("Phạm Thị An") < names.index("Đinh Thị Ánh")
    assert len(names) == len(set(names)) == 62


@pytest.mark.parametrize("params", [{}, {"q": "pham"}, {"viec": "cho-giup"}, {"q": "phạm văn", "thon": "1"}])
def test_list_costs_at_most_fifteen_queries(officer, village, params):
    for number in range(55):
        HouseholdFactory(village=village, head_name=f"Phạm Văn Mẫu {number}")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        officer.get(LIST, params)
    assert len(queries) <= 15
    assert not [query for query in queries if "OFFSET" in query["sql"]]


def test_count_stops_where_nobody_cares(officer, village, monkeypatch):
    monkeypatch.setattr("portal.households.selectors.register.PAGE_SIZE", 1)
    monkeypatch.setattr("portal.households.selectors.register.COUNT_UP_TO", 2)
    for _ in range(3):
        HouseholdFactory(village=village)
    assert "<b>hơn 2</b> hộ" in text(officer.get(LIST))


def test_looking_at_a_household_is_logged(leader, den):
    text(leader.get(file_of(den)))
    line = AuditEntry.objects.get(action="household.view")
    assert (line.by, line.subject) == (leader.user, den.code)


def test_file_costs_the_same_however_much_is_in_it(officer, den):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            text(officer.get(file_of(den)))
        return len(queries)

    VisitFactory(household=den)
    cost()
    before = cost()
    for _ in range(4):
        VisitFactory(household=den)
        HelpRequestFactory(household=den, village=den.village)
    assert cost() == before


def test_phone_is_revealed_for_a_reason_and_logged(officer, leader, den):
    page = text(officer.post(file_of(den, "so-dien-thoai/"), {"reason": ""}))
    assert "Xin điền lý do" in page
    assert "0356" not in page
    assert "0356 123 456" in text(officer.post(file_of(den, "so-dien-thoai/"), {"reason": "Gọi hẹn ngày"}))
    assert AuditEntry.objects.get(action="phone.reveal").reason == "Gọi hẹn ngày"
    assert leader.post(file_of(den, "so-dien-thoai/"), {"reason": "Xem"}).status_code == 404


def test_nothing_personal_stands_in_the_log(officer, den):
    text(officer.get(file_of(den)))
    officer.post(file_of(den, "so-dien-thoai/"), {"reason": "Gọi"})
    officer.post(file_of(den, "chu-ho/"), {"head_name": "Phạm Thị Thảo", "happened_on": TODAY, "buoc": "ghi"})
    said = " ".join(f"{line.subject} {line.data}" for line in AuditEntry.objects.all())
    assert "Đền" not in said
    assert "Thảo" not in said
    assert "123456" not in said


def test_old_code_leads_to_the_survivor(officer, den, bich):
    merge_households(survivor=den, absorbed=bich, by=officer.user)
    assert officer.get(file_of(bich)).headers["Location"] == file_of(den)
    assert den.code in text(officer.get(LIST, {"q": bich.code}))
    assert bich.code in text(officer.get(file_of(den)))
    assert officer.get(file_of(bich, "chu-ho/")).status_code == 404


@pytest.mark.parametrize("code", ["BT-0001A", "khong-co", "BT-9999999999"])
def test_unknown_code_is_not_found(officer, code):
    assert officer.get(f"{LIST}ho/{code}/").status_code == 404


CHANGES = {
    "thong-tin": {"head_name": "Phạm Văn Đền", "nickname": "Mẹ Thảo", "capable_member": "chu-ho", "member_count": "4"},
    "chu-ho": {"head_name": "Phạm Thị Thảo", "happened_on": TODAY},
    "chuyen-thon": {"happened_on": TODAY},
    "tach-ho": {"head_name": "Phạm Văn Con", "happened_on": TODAY},
    "nguoi-mat": {"head_name": "Phạm Thị Thảo", "happened_on": TODAY},
    "ngay-vao-so": {"happened_on": "01/10/2025", "reason": "Hộ thí điểm"},
    "thoi-ho": {"kind": "ra-khoi-so", "happened_on": TODAY, "reason": "Đi nơi khác"},
}


@pytest.mark.parametrize("change", CHANGES)
def test_change_is_confirmed_in_words_then_done(officer, leader, team_member, den, other_village, change):
    data = CHANGES[change] | ({"village": other_village.pk} if change == "chuyen-thon" else {})
    address = file_of(den, f"{change}/")
    assert [desk.get(address).status_code for desk in (officer, leader, team_member)] == [200, 404, 404]
    assert leader.post(address, data | {"buoc": "ghi"}).status_code == 404
    before = AuditEntry.objects.count()
    asked = text(officer.post(address, data | {"buoc": "xem"}))
    assert den.code in asked
    assert 'value="ghi"' in asked
    assert AuditEntry.objects.count() == before, "asking changes nothing"
    done = officer.post(address, data | {"buoc": "ghi"}, follow=True)
    assert "đã ghi" in text(done)
    assert AuditEntry.objects.count() > before


def test_new_head_keeps_the_code(officer, den):
    officer.post(file_of(den, "chu-ho/"), CHANGES["chu-ho"] | {"buoc": "ghi"})
    changed = Household.objects.get(code=den.code)
    assert (changed.pk, changed.head_name) == (den.pk, "Phạm Thị Thảo")
    assert "Phạm Thị Thảo" in text(officer.get(LIST, {"q": "thao"}))


def test_death_of_the_head_notes_both_events(officer, den):
    officer.post(file_of(den, "nguoi-mat/"), CHANGES["nguoi-mat"] | {"buoc": "ghi"})
    assert {event.kind for event in den.events.all()} == {EventKind.DEATH, EventKind.NEW_HEAD}


def test_moved_household_is_counted_once_on_every_day(officer, den, village, other_village):
    data = CHANGES["chuyen-thon"] | {"village": other_village.pk, "buoc": "ghi"}
    officer.post(file_of(den, "chuyen-thon/"), data)
    today = timezone.localdate()
    rows = list(Residence.objects.filter(household=den))
    for day in (den.listed_from, today - timedelta(days=1), today, today + timedelta(days=1)):
        assert sum(r.valid_from <= day and (r.valid_to is None or day < r.valid_to) for r in rows) == 1
    assert Household.objects.get(pk=den.pk).village == other_village


def test_split_makes_a_household_that_counts_from_its_day(officer, village):
    old = create_household(
        village=village, head_name="Phạm Văn Cũ", details={}, listed_from=timezone.localdate() - timedelta(days=9),
        channel="web", by=None,
    )  # fmt: skip
    officer.post(file_of(old, "tach-ho/"), CHANGES["tach-ho"] | {"buoc": "ghi"})
    new = Household.objects.get(head_name="Phạm Văn Con")
    assert new.code != old.code
    assert new.last_visited_on is None
    yesterday = timezone.localdate() - timedelta(days=1)
    assert set(Household.objects.listed_on(yesterday)) == {old}
    assert set(Household.objects.listed_on(timezone.localdate())) == {old, new}


def test_details_form_opens_with_who_can_use_services_and_keeps_it(officer, village):
    home = create_household(
        village=village, head_name="Phạm Văn Cũ", details={"capable_member": "con-lon"},
        listed_from=timezone.localdate(), channel="web", by=None,
    )  # fmt: skip
    assert '<option value="con-lon" selected>' in text(officer.get(file_of(home, "thong-tin/")))
    typed = {"head_name": home.head_name, "capable_member": "con-lon", "nickname": "Mẹ Én", "buoc": "ghi"}
    officer.post(file_of(home, "thong-tin/"), typed)
    home.refresh_from_db()
    assert (home.capable_member, home.nickname, home.capable_statements.count()) == ("con-lon", "Mẹ Én", 1)


def test_backdated_household_counts_from_the_earlier_day_in_its_first_village(officer, den, other_village):
    officer.post(file_of(den, "chuyen-thon/"), CHANGES["chuyen-thon"] | {"village": other_village.pk, "buoc": "ghi"})
    officer.post(file_of(den, "ngay-vao-so/"), CHANGES["ngay-vao-so"] | {"buoc": "ghi"})
    den.refresh_from_db()
    day = date(2025, 10, 1)
    assert (den.listed_from, den.village) == (day, other_village)
    figure = figures_on([day, day - timedelta(days=1)], [ON_THE_REGISTER])
    old_village = den.residences.earliest("valid_from").village_id
    assert figure.of(ON_THE_REGISTER, day, old_village).denominator == 1
    assert figure.of(ON_THE_REGISTER, day - timedelta(days=1)).denominator == 0


def test_household_that_left_is_out_of_the_list_and_stays_readable(officer, den):
    strike_off(household=den, kind=EventKind.LEFT, happened_on=timezone.localdate(), by=officer.user, reason="Đi xa")
    assert "Phạm Văn Đền" not in text(officer.get(LIST))
    assert "Phạm Văn Đền" in text(officer.get(LIST, {"viec": "thoi-o-so"}))
    assert "Thôi ở sổ từ" in text(officer.get(file_of(den)))
    assert officer.get(file_of(den, "chu-ho/")).status_code == 404


@pytest.mark.parametrize(
    ("change", "data", "sentence"),
    [
        ("chu-ho", {"head_name": "", "happened_on": TODAY}, "Xin điền họ và tên chủ hộ mới."),
        ("chu-ho", {"head_name": "Phạm Thị Thảo", "happened_on": "31/02/2026"}, "Không có ngày này trên lịch."),
        ("chu-ho", {"head_name": "Phạm Thị Thảo", "happened_on": "01/01/2099"}, "Ngày này chưa tới."),
        ("thong-tin", {"phone": "035612345", "capable_member": "chu-ho"}, "Số điện thoại có 10 chữ số"),
        ("thong-tin", {"head_name": "", "capable_member": "chu-ho"}, "Xin điền họ và tên chủ hộ."),
        ("chuyen-thon", {"village": "", "happened_on": TODAY}, "Xin chọn thôn mới."),
        ("tach-ho", {"head_name": "Phạm Văn Con", "happened_on": "01/01/2020"}, "Ngày tách không được trước"),
        ("ngay-vao-so", {"happened_on": TODAY, "reason": "Hộ thí điểm"}, "Nhập bù thì chọn một ngày trước đó."),
    ],
)
def test_bad_input_is_explained_and_kept(officer, den, change, data, sentence):
    page = text(officer.post(file_of(den, f"{change}/"), data | {"buoc": "ghi"}))
    assert sentence in page
    assert not [value for value in data.values() if value and value not in page]
