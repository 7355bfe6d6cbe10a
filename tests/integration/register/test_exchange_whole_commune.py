"""The list of a whole commune, saved by LibreOffice, into the register and out again (Must show 5)."""

import io
import re
from pathlib import Path

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from portal.core.models import AuditEntry
from portal.households.digest import register_digest
from portal.households.models import Household, HouseholdEvent, ImportBatch, Residence
from tests.factories.households import HouseholdFactory, VillageFactory
from tests.factories.workbooks import PEOPLE, address, commune, with_changes, write_commune_list

pytestmark = pytest.mark.django_db

COUNT = 2500
VILLAGES = [f"Thôn {number}" for number in range(1, 15)]
#: Which family, which field, what was typed, and what the clerk is told.
BAD = {
    (4, "name"): ("", "Thiếu họ và tên chủ hộ."),
    (18, "born_f"): ("12/13/1958", "“12/13/1958” không có tháng 13."),
    (333, "born_m"): (1758, "Năm sinh 1758 không đúng."),
    (500, "phone"): ("12345", "Số điện thoại có 10 chữ số, bắt đầu bằng 0. Ô này có 6."),
    (777, "phone"): ("0165 123 4567", "Đầu số 0165 đã đổi. Số mới là 0351 234 567 phải không?"),
    (1000, "size"): ("bốn", "“bốn” không phải số người trong nhà."),
    (1234, "name"): ("Phạm 123", "“Phạm 123” có chữ số, không phải tên người."),
    (1500, "village"): ("Thôn 99", "Không có thôn “Thôn 99” trong danh sách thôn."),
    (2000, "phone"): ("0356123456/0356123457", "Ô này có hai số điện thoại. Giữ lại một số."),
    (2400, "born_f"): ("không nhớ", "“không nhớ” không phải năm sinh. Viết 1963 hoặc 05/02/1963."),
}
FIELDS = {"born_f": "born", "born_m": "born"}


@pytest.fixture(scope="module")
def files(libreoffice, tmp_path_factory) -> dict[str, bytes]:
    """The list with its faults and the corrected one, saved by LibreOffice in every format that is taken."""
    folder = tmp_path_factory.mktemp("commune")
    rows = commune(COUNT, VILLAGES)
    changes: dict[int, dict] = {}
    for (number, name), (typed, _sentence) in BAD.items():
        changes[number] = {FIELDS.get(name, name): typed} | ({"is_merged": False} if name == "village" else {})
    faulty = [*with_changes(rows, changes), *rows[-3:]]
    sources = [
        write_commune_list(folder / "dirty.xlsx", faulty),
        write_commune_list(folder / "clean.xlsx", rows),
    ]
    saved = libreoffice.convert(sources, "xlsx", folder / "saved")
    saved += [libreoffice.convert(sources[1:], to, folder / "saved")[0] for to in ("ods", "xls")]
    return {path.name: path.read_bytes() for path in saved}


@pytest.fixture
def office(officer):
    """The clerk's browser; one family is on the register already."""
    villages = [VillageFactory(number=number, name=name) for number, name in enumerate(VILLAGES, start=1)]
    HouseholdFactory(village=villages[0], head_name="Đinh Thị Sẵn Có", phone="+84987654321", nickname="Mẹ của Sẵn")
    return officer


def upload(client, content: bytes, name: str = "danh sách hộ.xlsx"):
    file = io.BytesIO(content)
    file.name = name
    return client.post(reverse("exchange:try"), {"workbook": file})


def confirm(client, trial, **extra):
    data = {"file_name": trial.context["file_name"], "convert": "", **extra}
    return client.post(reverse("exchange:confirm", args=[trial.context["key"]]), data)


def words_of(answer) -> str:
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(text.split()).replace(" .", ".")


def test_trial_names_each_bad_cell_and_each_double_and_writes_nothing(office, files):
    before = register_digest()
    words = words_of(upload(office, files["dirty.xlsx"]))
    for (number, name), (_typed, sentence) in BAD.items():
        assert re.search(rf"\b{address(number, name)} [^“”.]*{re.escape(sentence)}", words), sentence
    assert "cần sửa 10 ô" in words
    for number in (2500, 2501, 2502):
        twin = address(number - 3, "name")
        assert re.search(rf"{address(number, 'name')}: Phạm \w+ \w+ Giống ô {twin}: cùng tên, cùng thôn", words)
    assert "3 dòng giống hộ đã có" in words
    assert "Bỏ qua cột “Số CCCD”: sổ không giữ số căn cước." in words
    assert "Không lấy cột: Ghi chú." in words
    assert f"Bỏ qua dòng tổng: {8 + 2503}." in words
    assert f"Bỏ qua phần ký tên dưới bảng: dòng {8 + 2505}" in words
    assert "NGƯỜI LẬP BIỂU" not in words
    assert "dòng vào sổ" not in words
    assert register_digest() == before


def test_corrected_list_stands_as_2500_households_and_undo_leaves_none(office, files):
    before, codes = register_digest(), set(Household.objects.values_list("code", flat=True))
    trial = upload(office, files["clean.xlsx"])
    words, rows = words_of(trial), commune(COUNT, VILLAGES)
    assert "thêm mới 2.500, cập nhật 0, giống sổ 0, cần sửa 0 ô" in words
    assert "56 ô phông cũ đổi sang chữ mới" in words
    assert f"{address(7, 'name')} {rows[7].name} {PEOPLE[7]}" in words
    assert f"{address(0, 'phone')} 356000000 0356 000 000" in words
    assert Household.objects.count() == 1

    assert confirm(office, trial).status_code == 302
    households = Household.objects.listed().exclude(code__in=codes).select_related("village")
    assert households.count() == COUNT
    share = -(-COUNT // len(VILLAGES))
    for number, (household, row) in enumerate(zip(households.order_by("number"), rows, strict=True)):
        assert household.head_name == PEOPLE[number % share], "old font and loose letters as well"
        assert (household.village.name, household.phone) == (row.village, f"+84{356_000_000 + 37 * number}")
        assert (household.head_birth_year, household.member_count) == (row.born, row.size)
    assert "051063000123" not in str(list(households.values_list()))

    office.post(reverse("exchange:batch", args=[ImportBatch.objects.get().pk]))
    assert Household.objects.listed().count() == 1
    assert not Residence.objects.filter(household__in=households, valid_to=None).exists()
    assert register_digest() == before


@pytest.mark.parametrize("name", ["clean.ods", "clean.xls"])
def test_other_formats_say_the_same(office, files, name):
    trial = upload(office, files[name], name)
    assert "thêm mới 2.500, cập nhật 0, giống sổ 0, cần sửa 0 ô" in words_of(trial)
    assert trial.context["plan"].new == upload(office, files["clean.xlsx"]).context["plan"].new


def test_same_list_confirmed_twice_and_brought_again_adds_nobody(office, files):
    trial = upload(office, files["clean.xlsx"])
    first, second = confirm(office, trial), confirm(office, trial)
    assert first.url == second.url
    assert Household.objects.listed().count() == COUNT + 1
    assert AuditEntry.objects.filter(action="import.write").count() == 1

    again = upload(office, files["clean.xlsx"])
    words = words_of(again)
    assert "thêm mới 0" in words
    assert "2.500 dòng giống hộ đã có" in words
    assert confirm(office, again).status_code == 422
    assert Household.objects.listed().count() == COUNT + 1


def test_export_comes_back_without_a_change_also_through_libreoffice(office, files, libreoffice, tmp_path: Path):
    confirm(office, upload(office, files["clean.xlsx"]))
    before, events = register_digest(), HouseholdEvent.objects.count()
    source = tmp_path / "xuat.xlsx"
    source.write_bytes(office.post(reverse("exchange:export"), {"purpose": "rà lại"}).content)
    rows = CalamineWorkbook.from_path(source).get_sheet_by_index(0).to_python()
    assert len(rows) == COUNT + 2
    saved = [source, *(libreoffice.convert([source], to, tmp_path / to)[0] for to in ("ods", "xls"))]
    for file in saved:
        trial = upload(office, file.read_bytes(), file.name)
        assert "thêm mới 0, cập nhật 0, giống sổ 2.501, cần sửa 0 ô" in words_of(trial)
        assert confirm(office, trial).status_code == 422
    assert (register_digest(), HouseholdEvent.objects.count()) == (before, events)
