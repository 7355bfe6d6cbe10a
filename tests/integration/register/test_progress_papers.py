"""Reports of a closed quarter say for ever what they said, in every format; annexes say what the board says."""

import html
import io
import re
import subprocess
from datetime import date, timedelta

import openpyxl
import pytest
from docx import Document

from portal.core.models import AuditEntry
from portal.core.periods import Period
from portal.households.models import PeriodClose
from portal.households.selectors.board import board_on
from portal.households.services.merging import merge_households
from portal.households.services.periods import close_period
from portal.households.services.village_reports import accept_report, return_report, submit_report, write_report
from tests.html import nu_messages
from tests.integration.register.periods import (
    FOUR,
    LAST,
    NOW,
    QUARTER,
    a_home,
    an_activity,
    report_of,
    settle,
    visit,
)

pytestmark = pytest.mark.django_db

PAGE = f"/quan-tri/tien-do/ky/{QUARTER.code}/"
KINDS = ("docx", "pdf", "xlsx")
MARK = "BẢN NHÁP – kỳ chưa chốt"


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOW, tick=False)
    return time_machine


@pytest.fixture
def homes(village, other_village, officer):
    return settle([village, other_village], officer.user)


def sent(village, by):
    report = write_report(
        village=village,
        period=QUARTER,
        difficulties="Sóng yếu ở xóm trên",
        proposals="Xin một trạm phát",
        by_hand=[["Loa đã sửa", "2", "Sổ không có mục này"]],
        by=by,
    )
    submit_report(report=report, by=by)
    return report


@pytest.fixture
def closed(homes, village, other_village, officer, clock):
    for place in (village, other_village):
        accept_report(report=sent(place, officer.user), by=officer.user)
    made = close_period(period=QUARTER, by=officer.user)
    clock.move_to(NOW + timedelta(days=10), tick=False)
    return made


def village_page(village):
    return f"/quan-tri/tien-do/bao-cao/{QUARTER.code}/{village.pk}/"


def taken(browser, address):
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return answer.content


def docx_words(content):
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [*(paragraph.text for paragraph in document.paragraphs), *cells]


def xlsx_cells(content):
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [(sheet.title, cell.coordinate, cell.value) for sheet in book for row in sheet for cell in row if cell.value]


def pdf_words(content):
    return subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, check=True, capture_output=True).stdout


def page_words(content, *, since="<h1>"):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", content.decode().split(since, 1)[1])))


READERS = {"docx": docx_words, "xlsx": xlsx_cells, "pdf": pdf_words}


def everything(browser, *villages):
    """All that the quarter's outputs say, by address."""
    said = {}
    for base in (PAGE, *map(village_page, villages)):
        said |= {base + kind: READERS[kind](taken(browser, f"{base}bao-cao.{kind}")) for kind in KINDS}
    said[PAGE + "bao-cao/"] = page_words(taken(browser, PAGE + "bao-cao/"))
    figures = page_words(taken(browser, PAGE), since="Số liệu của kỳ</h2>")
    said[PAGE] = re.split("Điều chỉnh đã ghi|Dấu nội dung", figures)[0]
    said |= {village_page(one): page_words(taken(browser, village_page(one))) for one in villages}
    return said


def grid_of(content, head):
    """A table of the .docx by the words in its first row, as {first cell: the others}."""
    for table in Document(io.BytesIO(content)).tables:
        rows = [[cell.text for cell in row.cells] for row in table.rows]
        if rows[0][: len(head)] == head:
            return {row[0]: dict(zip(rows[0][1:], row[1:], strict=True)) for row in rows[1:]}
    raise AssertionError(f"no table begins with {head}")


# --- a closed period does not move ----------------------------------------------------------------------------------


def test_every_output_of_a_closed_quarter_stays_and_the_revision_tells_what_came_later(
    officer, village, other_village, homes, closed
):
    before = everything(officer, village, other_village)
    merge_households(survivor=homes[3], absorbed=homes[4], by=officer.user)
    visit(homes[0], officer.user, date(2026, 4, 2), corrects=homes[0].visits.get().client_id, unmet=FOUR)
    visit(homes[2], officer.user, date(2026, 9, 3), met=FOUR)
    an_activity(other_village, officer.user, date(2026, 9, 9))
    a_home(village, since=date(2026, 9, 1))
    after = everything(officer, village, other_village)
    assert len(before) == 13
    for address, said in before.items():
        assert after[address] == said, address
    news = page_words(taken(officer, PAGE))
    assert "Sổ hôm nay nói khác" in news
    reason = {"reason": "Gộp hộ trùng, sửa lượt thăm ghi nhầm"}
    done = page_words(officer.post(PAGE + "dieu-chinh/", reason, follow=True).content)
    assert f"Lý do: {reason['reason']}" in done.replace(" :", ":")
    for words in ("gộp hộ", "sửa lượt thăm", "lượt thăm ghi sau khi chốt", "hoạt động ghi hoặc sửa sau khi chốt"):
        assert words in done
    assert everything(officer, village, other_village) == before


def test_village_without_a_report_keeps_its_figures_too(officer, village, other_village, homes, clock):
    accept_report(report=sent(village, officer.user), by=officer.user)
    close_period(period=QUARTER, by=officer.user, note="Tổ trưởng ốm")
    before = everything(officer, other_village)
    visit(homes[5], officer.user, date(2026, 9, 3), met=FOUR)
    assert everything(officer, other_village) == before
    assert "Chưa có báo cáo của: Thôn B (mẫu)." in " ".join(before[PAGE + "docx"])


def test_open_quarter_moves_and_says_that_it_is_a_draft(officer, village, homes):
    before = everything(officer, village)
    visit(homes[2], officer.user, date(2026, 9, 3), met=FOUR)
    after = everything(officer, village)
    assert all(after[address] != said for address, said in before.items())
    sections = Document(io.BytesIO(taken(officer, PAGE + "bao-cao.docx"))).sections
    assert sections[0].first_page_header.paragraphs[0].text == MARK
    assert sections[-1].footer.paragraphs[0].text == MARK
    assert MARK in after[PAGE + "pdf"].decode()
    assert MARK in after[PAGE + "bao-cao/"]
    assert {cell for sheet, place, cell in after[PAGE + "xlsx"] if place == "A1"} == {MARK}


def test_closed_quarter_carries_no_draft_mark(officer, village, closed):
    assert MARK not in str(everything(officer, village))


# --- the figures are the board's ------------------------------------------------------------------------------------


def number(figure):
    return f"{figure.numerator}/{figure.denominator}\n{figure.percent}%"


def test_annex_totals_and_villages_are_those_of_the_board(officer, closed):
    annex = grid_of(taken(officer, PAGE + "bao-cao.docx"), ["Thôn", "Hộ trong sổ"])
    board = board_on(LAST)
    assert annex["Cả xã"]["Hộ trong sổ"] == str(board.listed.denominator) == "6"
    for figure in [line.figure for line in board.targets] + list(board.stages):
        assert annex["Cả xã"][figure.definition.name] == number(figure)
    for line in board.villages:
        for figure in (*line.each, *line.others):
            assert annex[line.village.name][figure.definition.name] == number(figure)
    page = page_words(taken(officer, f"/quan-tri/tien-do/?ngay={LAST:%d/%m/%Y}"))
    assert "66,7" in page
    assert annex["Cả xã"]["Trả tiền không dùng tiền mặt"] == "4/6\n66,7%"


def test_workbook_holds_numbers_that_add_up(officer, closed):
    book = openpyxl.load_workbook(io.BytesIO(taken(officer, PAGE + "bao-cao.xlsx")))
    rows = [[cell.value for cell in row] for row in book["Căn cứ"].iter_rows()]
    start = next(place for place, row in enumerate(rows) if row[0] == "Trả tiền không dùng tiền mặt")
    heads, first, second, whole = rows[start + 1 : start + 5]
    assert heads[:4] == ["Thôn", "Đạt", "Tổng số", "%"]
    assert whole[:4] == ["Cả xã", 4, 6, 66.7]
    for column in [1, 2, *range(4, len(heads))]:
        assert first[column] + second[column] == whole[column]
    assert whole[2] == sum(whole[4:])
    assert book.sheetnames[0] == "Báo cáo"


def test_words_and_numbers_put_in_by_hand_are_in_both_reports(officer, village, closed):
    for base in (PAGE, village_page(village)):
        words = " ".join(docx_words(taken(officer, base + "bao-cao.docx")))
        for said in ("Sóng yếu ở xóm trên", "Xin một trạm phát", "Loa đã sửa", "Sổ không có mục này"):
            assert said in words
        assert "nhập tay" in words
        assert "Số liệu tính đến ngày 14/09/2026." in words


def test_number_day_and_signer_stay_blank_and_what_comes_next_is_left_to_the_officer(officer, village, closed):
    words = "\n".join(docx_words(taken(officer, PAGE + "bao-cao.docx"))).replace("\u00a0", " ")
    assert re.search(r"^Số: {8}/BC-UBND$", words, re.MULTILINE)
    assert re.search(r"ngày {6}tháng {6}năm 2026", words)
    assert re.search(r"PHƯƠNG HƯỚNG, NHIỆM VỤ KỲ TỚI\s+…{9}", words)
    assert "TM. ỦY BAN NHÂN DÂN" in words
    own = "\n".join(docx_words(taken(officer, village_page(village) + "bao-cao.docx")))
    assert "Số:" not in own
    assert "TỔ TRƯỞNG" in own


def test_no_family_is_named_in_a_report(officer, village, closed):
    said = str(everything(officer, village))
    assert "Phạm Văn Mẫu" not in said
    assert not re.search(r"BT-\d{4}", said)


def test_year_has_a_report_of_its_own(officer, homes):
    words = " ".join(docx_words(taken(officer, "/quan-tri/tien-do/ky/2026/bao-cao.docx")))
    assert "năm\u00a02026" in words
    assert Period(2026).name in words


def test_report_that_was_sent_stays_as_sent_until_it_comes_back(officer, village, homes):
    sent(village, officer.user)
    visit(homes[2], officer.user, date(2026, 9, 3), met=FOUR)
    address = village_page(village) + "bao-cao.docx"
    assert grid_of(taken(officer, address), ["Số đo"])["Trả tiền không dùng tiền mặt"]["Đạt"] == "2"
    return_report(report=report_of(village), note="Xem lại số hộ trả tiền", remarks={}, by=officer.user)
    assert grid_of(taken(officer, address), ["Số đo"])["Trả tiền không dùng tiền mặt"]["Đạt"] == "3"


# --- who, and what is noted ------------------------------------------------------------------------------------------


def test_commune_report_is_for_officers_and_leaders_a_village_report_for_its_team(
    officer, leader, team_member, colleague, stranger, village, closed
):
    for kind in KINDS:
        commune, own = f"{PAGE}bao-cao.{kind}", f"{village_page(village)}bao-cao.{kind}"
        for browser, statuses in (
            (officer, (200, 200)),
            (leader, (200, 200)),
            (team_member, (404, 200)),
            (colleague, (404, 404)),
            (stranger, (302, 302)),
        ):
            assert (browser.get(commune).status_code, browser.get(own).status_code) == statuses
    assert team_member.get(PAGE + "bao-cao/").status_code == 404
    for unknown in (f"{PAGE}bao-cao.exe", "/quan-tri/tien-do/ky/2026-9/bao-cao.pdf"):
        assert officer.get(unknown).status_code == 404


def test_every_file_taken_is_logged_and_never_kept_on_the_way(officer, closed):
    answer = officer.get(PAGE + "bao-cao.pdf")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="bao-cao-2026-3.pdf"'
    assert AuditEntry.objects.get(action="report.make").subject == "bao-cao-2026-3.pdf"


@pytest.mark.any_database
def test_pages_with_reports_are_valid(officer, village, closed, tmp_path):
    addresses = (PAGE, PAGE + "bao-cao/", village_page(village))
    pages = {address: officer.get(address).content.decode() for address in addresses}
    assert not nu_messages(pages, tmp_path)
    assert PeriodClose.objects.count() == 1
