"""What only the files themselves can show: dates, failed formulas, hidden rows and sheets, and files that are none."""

import io
import os
import time
import zipfile
from datetime import date

import pytest
import xlsxwriter
from django.urls import reverse

from portal.core.private_files import private_storage
from portal.households.exchange.waiting import keep_waiting, waiting_content
from portal.households.exchange.workbook import WorkbookRefused, read_tables
from portal.households.models import Household
from tests.factories.households import VillageFactory
from tests.factories.workbooks import write_sheets

pytestmark = pytest.mark.django_db
FORMATS = ("xlsx", "ods", "xls")


@pytest.fixture(scope="module")
def strange(libreoffice, tmp_path_factory) -> dict[str, bytes]:
    """One sheet with every kind of cell, and a hidden one, saved by LibreOffice in every format."""
    folder = tmp_path_factory.mktemp("strange")
    with xlsxwriter.Workbook(folder / "strange.xlsx") as book:
        sheet, day = book.add_worksheet("Thôn 1"), book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row("A1", ["STT", "Họ và tên chủ hộ", "Năm sinh", "SĐT", "Số khẩu"])
        sheet.write_row("A2", [1, "Phạm Văn Ngày"])
        sheet.write_datetime("C2", date(1963, 2, 5), day)
        sheet.write_row("A3", [2, "Phạm Văn Năm"])
        sheet.write_number("C3", 1963, day)
        sheet.write_row("A4", [3, "Phạm Văn Công Thức"])
        sheet.write_formula("C4", "=YEAR(TODAY())-A4*20", None, 1966)
        sheet.write_formula("D4", "=356123456+A4", None, 356123459)
        sheet.write_row("A5", [4, "Phạm Văn Ẩn", 1970, 9.87654321e8, 4.0])
        sheet.set_row(4, None, None, {"hidden": True})
        sheet.write_row("A6", [5, "Phạm\nVăn\u00a0Xuống  Dòng", "1971"])
        sheet.write_row("A7", [6, "Phạm Văn Lỗi"])
        sheet.write_formula("C7", "=1/0", None, "#DIV/0!")
        for line in range(7, 300):
            sheet.write_blank(line, 2, None, day)
        sheet.write_blank(1_048_575, 4, None, day)
        hidden = book.add_worksheet("Nháp")
        hidden.write_row("A1", ["Họ và tên chủ hộ", "Thôn"])
        hidden.write_row("A2", ["Phạm Văn Nháp", "1"])
        hidden.hide()
    source = [folder / "strange.xlsx"]
    return {to: libreoffice.convert(source, to, folder / "saved")[0].read_bytes() for to in FORMATS}


def upload(client, content, name="so-ho.xlsx"):
    file = io.BytesIO(content)
    file.name = name
    return client.post(reverse("exchange:try"), {"workbook": file})


@pytest.mark.parametrize("to", FORMATS)
def test_cells_of_every_kind_are_read_as_the_clerk_sees_them(officer, strange, to):
    VillageFactory(name="Thôn 1", number=1)
    answer = upload(officer, strange[to], f"strange.{to}")
    said = {row["head_name"]: row for row in answer.context["plan"].new}
    assert said["Phạm Văn Ngày"]["head_birth_year"] == 1963
    assert said["Phạm Văn Năm"]["head_birth_year"] == 1963
    assert said["Phạm Văn Công Thức"]["phone"] == "+84356123459"
    assert (said["Phạm Văn Ẩn"]["phone"], said["Phạm Văn Ẩn"]["member_count"]) == ("+84987654321", 4)
    assert said["Phạm Văn Xuống Dòng"]["head_birth_year"] == 1971
    assert "Phạm Văn Nháp" not in said
    text = answer.content.decode()
    assert "Bảng “Nháp” đang ẩn, không đọc." in text
    assert "16/05/1905" in text, "a year in a cell of dates is shown before it is taken"
    if to != "xls":  # the old format does not tell
        assert "Dòng đang ẩn vẫn được đọc: 5." in text
        assert [str(trouble.place) for trouble in answer.context["plan"].troubles] == ["C7"]


def test_sheet_per_village_through_a_real_file(officer, tmp_path, libreoffice):
    VillageFactory(name="Thôn 1", number=1)
    VillageFactory(name="Làng Mạ", number=2)
    rows = [["DANH SÁCH HỘ"], ["TT", "Họ và tên", "Số ĐT"], [1, "Phạm Văn Bông", 356123456], [2, "Phạm Thị Ánh"]]
    source = write_sheets(tmp_path / "thon.xlsx", {"Thôn số 1": rows, "LÀNG MẠ": rows[1:], "Tổng hợp": [["Số hộ", 4]]})
    [saved] = libreoffice.convert([source], "xlsx", tmp_path / "saved")
    trial = upload(officer, saved.read_bytes())
    key = trial.context["key"]
    officer.post(reverse("exchange:confirm", args=[key]), {"file_name": "thon.xlsx"})
    households = Household.objects.listed().order_by("number").values_list("head_name", "village__name")
    assert list(households) == [
        ("Phạm Văn Bông", "Thôn 1"),
        ("Phạm Thị Ánh", "Thôn 1"),
        ("Phạm Văn Bông", "Làng Mạ"),
        ("Phạm Thị Ánh", "Làng Mạ"),
    ]


def test_workbook_that_swells_is_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (301 * 1024 * 1024))
    with pytest.raises(WorkbookRefused, match="Tệp mở ra quá lớn"):
        read_tables(buffer.getvalue())


@pytest.mark.parametrize("counts", [(20_001,), (12_000, 8_001)])
def test_workbook_with_too_many_rows_is_refused_in_words(tmp_path, counts):
    path = write_sheets(tmp_path / "long.xlsx", {f"Dài {count}": [["x"]] * count for count in counts})
    with pytest.raises(WorkbookRefused, match=r"Tệp có hơn 20\.000 dòng"):
        read_tables(path.read_bytes())


def test_workbook_that_nobody_confirmed_is_gone_the_next_day():
    key = keep_waiting(b"ten")
    assert waiting_content(key) == b"ten"
    yesterday = time.time() - 25 * 3600
    os.utime(private_storage.path(f"excel/{key}.xlsx"), (yesterday, yesterday))
    other = keep_waiting(b"khac")
    assert waiting_content(key) is None
    assert waiting_content(other) == b"khac"
