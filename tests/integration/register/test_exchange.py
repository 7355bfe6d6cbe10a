"""Workbooks come in row by row, or not at all; what goes out comes back unchanged (Must show 5)."""

import io
import unicodedata
from datetime import date

import pytest
import xlsxwriter
from django.urls import reverse
from python_calamine import CalamineWorkbook

from portal.core.codes import numbered_code
from portal.core.models import AuditEntry
from portal.core.phones import national
from portal.households.digest import register_digest
from portal.households.exchange.old_fonts import NEW, OLD
from portal.households.models import Household, ImportBatch
from portal.households.services.households import update_household
from tests.factories.households import (
    ConsentFactory,
    HelpRequestFactory,
    HouseholdFactory,
    VillageFactory,
    VisitFactory,
)

pytestmark = pytest.mark.django_db
TO_OLD = str.maketrans(NEW, OLD)


def workbook(rows, *, title=True, total=True):
    """A sheet as a clerk makes it: merged title rows, headings, rows, a totals row."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet, line = book.add_worksheet(), 0
        if title:
            sheet.merge_range(0, 0, 0, 5, "ỦY BAN NHÂN DÂN XÃ BA TÔ")
            sheet.merge_range(1, 0, 1, 5, "DANH SÁCH HỘ GIA ĐÌNH")
            line = 3
        for column, heading in enumerate(("STT", "Họ và tên chủ hộ", "Thôn", "Năm sinh", "SĐT", "Số khẩu", "CCCD")):
            sheet.write(line, column, heading)
        for number, row in enumerate(rows, start=1):
            sheet.write(line + number, 0, number)
            for column, cell in enumerate(row, start=1):
                sheet.write(line + number, column, cell)
        if total:
            sheet.write(line + len(rows) + 1, 0, "Tổng cộng")
            sheet.write(line + len(rows) + 1, 5, 999)
    return buffer.getvalue()


def family(number, **changes):
    letters = "".join("abcdefghij"[number // power % 10] for power in (1, 10, 100))
    row = {
        "name": f"Phạm Văn Thử {letters}",
        "village": "Thôn 1 (mẫu)",
        "born": 1950 + number % 50,
        "phone": 356_000_000 + number,
        "size": 4,
        "id": "051063000123",
        **changes,
    }
    return list(row.values())


@pytest.fixture
def villages():
    return [VillageFactory(number=number, name=f"Thôn {number} (mẫu)") for number in (1, 2)]


@pytest.fixture
def office(officer):
    return officer


def upload(client, content, **extra):
    file = io.BytesIO(content)
    file.name = "so-ho.xlsx"
    return client.post(reverse("exchange:try"), {"workbook": file, **extra})


def confirm(client, trial):
    data = {"file_name": trial.context["file_name"], "convert": "1" if trial.context["convert"] else ""}
    return client.post(reverse("exchange:confirm", args=[trial.context["key"]]), data)


def test_trial_writes_nothing_and_confirmation_writes_all(office, villages):
    trial = upload(office, workbook([family(number) for number in range(120)]))
    assert (len(trial.context["plan"].new), len(trial.context["plan"].troubles)) == (120, 0)
    assert Household.objects.count() == 0
    assert "sổ không giữ số căn cước" in trial.content.decode()
    assert confirm(office, trial).status_code == 302
    assert Household.objects.listed().count() == 120
    first = Household.objects.order_by("number").first()
    assert (first.phone, first.head_birth_year, first.member_count) == ("+84356000000", 1950, 4)
    assert first.root == first
    assert first.residences.get().village == villages[0]
    assert "051063000123" not in str(Household.objects.values_list())


def test_undo_leaves_none_and_codes_are_not_given_again(office, villages):
    confirm(office, upload(office, workbook([family(number) for number in range(5)])))
    batch = ImportBatch.objects.get()
    codes = set(Household.objects.values_list("code", flat=True))
    office.post(reverse("exchange:batch", args=[batch.pk]))
    assert Household.objects.listed().count() == 0
    confirm(office, upload(office, workbook([family(number) for number in range(5)])))
    assert not codes & set(Household.objects.listed().values_list("code", flat=True))


def test_every_bad_cell_is_named(office, villages):
    bad = [
        family(1, name=""),
        family(2, village="Thôn 99"),
        family(3, born="12/13/1958"),
        family(4, born=1758),
        family(5, phone="12345"),
        family(6, phone="01651234567"),
        family(7, size="bốn"),
        family(8, name="Phạm 123"),
        family(9, village=""),
        family(10, born="không nhớ"),
    ]
    twin = family(20)
    trial = upload(office, workbook([family(0), *bad, twin, twin]))
    troubles = {str(trouble.place): trouble for trouble in trial.context["plan"].troubles}
    assert sorted(troubles, key=lambda cell: int(cell[1:])) == "B6 C7 D8 D9 E10 E11 F12 B13 C14 D15".split()
    assert troubles["D8"].message == "“12/13/1958” không có tháng 13."
    assert "Số mới là 0351 234 567 phải không?" in troubles["E11"].message
    text = trial.content.decode()
    assert all(trouble.message in text and f"<b>{cell}</b>" in text for cell, trouble in troubles.items())
    assert "Giống ô B16: cùng tên, cùng thôn, cùng năm sinh 1970" in text
    assert "dòng vào sổ" not in text
    assert confirm(office, trial).status_code == 422
    assert Household.objects.count() == 0


def test_old_numbers_are_converted_only_when_asked(office, villages):
    content = workbook([family(1, phone="01651234567")])
    trial = upload(office, content)
    assert "1 số điện thoại có đầu số cũ" in trial.content.decode()
    again = office.post(reverse("exchange:try_again", args=[trial.context["key"]]), {"file_name": "so-ho.xlsx"})
    assert not again.context["plan"].troubles
    assert confirm(office, trial).status_code == 422
    trial = upload(office, content, convert_phones="on")
    assert not trial.context["plan"].troubles
    confirm(office, trial)
    assert Household.objects.get().phone == "+84351234567"


def test_old_fonts_and_loose_letters_become_proper_words(office, villages):
    names = ["Phạm Quý Đức", "Đinh Thị Hồng", "Phạm Văn Trường"]
    old = [family(number, name=name.translate(TO_OLD)) for number, name in enumerate(names)]
    loose = family(9, name=unicodedata.normalize("NFD", "Phạm Thị Ễnh"))
    trial = upload(office, workbook([*old, loose]))
    assert "Phạm Quý Đức" in trial.content.decode()
    confirm(office, trial)
    assert set(Household.objects.values_list("head_name", flat=True)) == {*names, "Phạm Thị Ễnh"}


def test_export_comes_back_unchanged_and_is_logged(office, villages):
    for number in range(8):
        HouseholdFactory(
            village=villages[number % 2], phone=f"+8435600000{number}", nickname="=1+1", head_birth_year=1960
        )
    refused = office.post(reverse("exchange:export"), {"purpose": ""})
    assert refused.status_code == 422
    answer = office.post(reverse("exchange:export"), {"purpose": "Gửi trưởng thôn rà lại"})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    household = Household.objects.order_by("village__number", "sort_key").first()
    assert rows[1][0] == household.code
    assert rows[1][7] == national(household.phone)
    assert rows[1][3] == "'=1+1"
    entry = AuditEntry.objects.filter(action="export.households").get()
    assert (entry.reason, entry.data) == ("Gửi trưởng thôn rà lại", {"rows": 8})


def test_round_trip_changes_nothing(office, villages):
    for number in range(8):
        HouseholdFactory(
            village=villages[number % 2],
            phone=f"+8435600000{number}",
            head_name="Phạm Thị Ánh",
            nickname="Cha của X",
            member_count=5,
        )
    content = office.post(reverse("exchange:export"), {"purpose": "thử"}).content
    trial = upload(office, content)
    plan = trial.context["plan"]
    assert (len(plan.new), len(plan.changed), plan.same_count) == (0, 0, 8)


def test_changed_cell_comes_back_as_one_change_and_undo_restores_it(office, villages):
    household = HouseholdFactory(village=villages[0], nickname="cũ", head_name="Phạm Văn Đền")
    content = office.post(reverse("exchange:export"), {"purpose": "thử"}).content
    Household.objects.filter(pk=household.pk).update(nickname="mới hơn")
    confirm(office, upload(office, content))
    household.refresh_from_db()
    assert household.nickname == "cũ"
    office.post(reverse("exchange:batch", args=[ImportBatch.objects.get().pk]))
    household.refresh_from_db()
    assert household.nickname == "mới hơn"


def test_doubtful_row_is_written_only_when_it_is_ticked(office, villages):
    twins = [family(1), family(1), family(1, born=1990)]
    trial = upload(office, workbook(twins))
    assert [str(doubt.place) for doubt in trial.context["plan"].doubts] == ["B6"]
    data = {"file_name": "so-ho.xlsx", "keep": ["B6"]}
    office.post(reverse("exchange:confirm", args=[trial.context["key"]]), data)
    assert Household.objects.listed().count() == 3


def test_family_of_the_register_is_known_again_without_its_code(office, villages):
    home = HouseholdFactory(village=villages[0], head_name="Phạm Văn Đền", head_birth_year=1950, phone="+84356000009")
    HouseholdFactory(village=villages[1], head_name="Phạm Văn Đền", head_birth_year=1950)
    rows = [
        family(0, name="phạm văn đền", born=1950, phone=""),
        family(0, name="Phạm Văn Đền", born=1951, phone="0356000007"),
        family(0, name="Phạm Văn Đền", born="", phone="0356000008"),
    ]
    plan = upload(office, workbook(rows)).context["plan"]
    assert [(str(doubt.place), doubt.reason) for doubt in plan.doubts] == [
        ("B5", f"Giống hộ {home.code} trong sổ: cùng tên, cùng thôn, cùng năm sinh 1950.")
    ]
    assert len(plan.new) == 2


def test_code_that_is_wrong_twice_or_in_another_village_is_a_bad_cell(office, villages):
    home, other = HouseholdFactory(village=villages[0], head_name="Phạm A"), HouseholdFactory(village=villages[0])
    rows = [
        ["Mã hộ", "Họ và tên chủ hộ", "Thôn"],
        [home.code, "Phạm B", villages[0].name],
        [home.code, "Phạm C", villages[0].name],
        [other.code, "Phạm D", villages[1].name],
        ["BT-0412X", "Phạm E", villages[0].name],
        [numbered_code("BT", 7), "Phạm G", villages[0].name],
    ]
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("Sổ")
        for line, row in enumerate(rows):
            sheet.write_row(line, 0, row)
    troubles = {
        str(trouble.place): trouble.message for trouble in upload(office, buffer.getvalue()).context["plan"].troubles
    }
    assert troubles["B3"] == f"Mã {home.code} đã có ở ô B2. Mỗi hộ một dòng."
    assert troubles["B4"].startswith(f"Hộ {other.code} đang ở {villages[0].name}. Chuyển thôn thì làm ở trang của hộ")
    assert troubles["A5"] == "Mã này gõ nhầm một chữ ở đâu đó. Xin xem lại trên giấy."
    assert troubles["B6"] == f"Sổ không có mã {numbered_code('BT', 7)}. Hộ mới thì để trống ô Mã hộ."


def test_export_of_odd_values_comes_back_unchanged(office):
    old = VillageFactory(name="Thôn Cũ", valid_to=date(2025, 12, 31), valid_from=date(2025, 7, 1))
    twins = [VillageFactory(name=name) for name in ("Làng Tô", "Làng Tơ")]
    for village in (old, *twins):
        HouseholdFactory(village=village, head_name="Phạm Văn Mẫu 3", nickname="'=1+1", neighbour_hint="-  nhà ông A")
        HouseholdFactory(village=village, head_name="+Phạm", nickname="không", phone="0123", head_birth_year=1888)
    before = register_digest()
    plan = upload(office, office.post(reverse("exchange:export"), {"purpose": "thử"}).content).context["plan"]
    assert (plan.new, plan.changed, plan.troubles, plan.same_count) == ([], [], [], 6)
    assert register_digest() == before


def test_undo_is_refused_where_life_went_on(office, villages):
    def brought_in():
        trial = upload(office, workbook([family(Household.objects.count())]))
        batch = ImportBatch.objects.get(pk=confirm(office, trial).url.rstrip("/").split("/")[-1])
        return batch, Household.objects.get(batch=batch)

    batch, home = brought_in()
    update_household(household=home, changes={"member_count": 9}, by=office.user)
    refused = office.post(reverse("exchange:batch", args=[batch.pk]))
    assert refused.status_code == 409
    assert f"Hộ {home.code} đã có thay đổi sau lô này: sửa thông tin" in refused.content.decode()
    for factory, label in (
        (ConsentFactory, "sự đồng ý"),
        (HelpRequestFactory, "yêu cầu giúp"),
        (VisitFactory, "lượt thăm"),
    ):
        batch, home = brought_in()
        factory(household=home)
        refused = office.post(reverse("exchange:batch", args=[batch.pk]))
        assert f"Hộ {home.code} trong lô đã có {label}. Không hoàn tác cả lô được." in refused.content.decode()
    assert not ImportBatch.objects.exclude(undone_at=None).exists()


def test_undo_never_takes_back_what_a_clerk_wrote_later(office, villages):
    home = HouseholdFactory(village=villages[0], head_name="Phạm Văn Đền", nickname="cũ")
    content = office.post(reverse("exchange:export"), {"purpose": "thử"}).content
    update_household(household=home, changes={"nickname": "trước lô"}, by=office.user)
    confirm(office, upload(office, content))
    update_household(household=home, changes={"nickname": "sau lô"}, by=office.user)
    assert office.post(reverse("exchange:batch", args=[ImportBatch.objects.get().pk])).status_code == 409
    home.refresh_from_db()
    assert home.nickname == "sau lô"


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04broken"])
def test_what_is_no_workbook_is_refused_in_words(office, villages, content):
    answer = upload(office, content)
    assert answer.status_code == 422
    assert "tệp" in answer.content.decode().lower()


def test_sheet_without_headings_is_refused_in_words(office, villages):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.add_worksheet().write(0, 0, "Chào")
    assert "Không thấy dòng tên cột" in upload(office, buffer.getvalue()).content.decode()


def test_only_officers_reach_the_workbooks(client, officer, team_member, leader, editor):
    for browser, status in ((client, 302), (officer, 200), (team_member, 404), (leader, 404), (editor, 404)):
        assert browser.get(reverse("exchange:index")).status_code == status
        if status != 200:
            assert browser.post(reverse("exchange:export"), {"purpose": "x"}).status_code == status
