"""Reports as LibreOffice lays them out, and as the PDF to read has them: official papers, their annexes sideways."""

from pathlib import Path

import pytest
import time_machine
from django.db import transaction
from docx import Document
from docx.shared import Mm

from portal.households.documents.reports import commune_frame, report_docx, report_pdf, village_frame
from portal.households.permissions import OFFICER_GROUP
from portal.households.progress.contents import Content
from portal.households.progress.reports import commune_report, village_report
from portal.households.selectors.period_content import live_content
from portal.households.selectors.periods import Span
from tests.factories.core import UserFactory
from tests.factories.households import VillageFactory
from tests.integration.register.periods import LAST, NOW, QUARTER, settle
from tests.integration.register.printed import pages_of, paper_of, the_line

pytestmark = pytest.mark.django_db  # so that there is a register to report of

LEFT, TOP = 30, 20
#: Right and lower edge of the text on pages that stand, and on those that lie on their side.
EDGES = {"I": (190, 277), "II": (277, 190)}
NAMES = ("xa", "thon", "xa-doc")
ANNEXES = 6


@pytest.fixture(scope="module")
def papers(libreoffice, tmp_path_factory, django_db_setup, django_db_blocker) -> dict[str, Path]:
    """Every report as PDF: from .docx by LibreOffice, and the one to read."""
    folder = tmp_path_factory.mktemp("reports")
    with django_db_blocker.unblock(), transaction.atomic(), time_machine.travel(NOW):
        villages = [VillageFactory(name=f"Thôn {number} (mẫu)", number=number) for number in range(1, 15)]
        settle(villages, UserFactory(groups=[OFFICER_GROUP]))
        content = with_words(live_content(Span.of(QUARTER)))
        paper, frame = commune_report(content, day=LAST, is_closed=True), commune_frame(LAST.year)
        place = content.places[0]
        own = village_report(content, place, day=LAST, is_closed=True)
        made = {
            "xa": report_docx(paper, frame),
            "thon": report_docx(own, village_frame(place, QUARTER.name, LAST.year)),
        }
        (folder / "xa-doc.pdf").write_bytes(report_pdf(paper, frame, LAST))
        transaction.set_rollback(True)
    files = []
    for name, drawn in made.items():
        files.append(folder / f"{name}.docx")
        files[-1].write_bytes(drawn)
    return {file.stem: file for file in libreoffice.convert(files, "pdf", folder)} | {"xa-doc": folder / "xa-doc.pdf"}


def with_words(content: Content) -> Content:
    """As if every village had written a long report."""
    words = {"difficulties": "Sóng yếu, máy cũ. " * 12, "proposals": "Xin thêm một trạm phát. " * 9, "by_hand": []}
    return Content({**content.given, "reports": {str(place.pk): words for place in content.places}})


def is_sideways(page) -> bool:
    return max(line.right for line in page) > 195


@pytest.mark.parametrize("name", NAMES)
def test_words_stay_within_the_margins(papers, name):
    for number, page in enumerate(pages_of(papers[name])):
        right, bottom = EDGES["II"] if is_sideways(page) else EDGES["I"]
        words = [line for line in page if line.top > TOP - 3] if number else page
        assert min(line.left for line in words) >= LEFT - 0.5
        assert max(line.right for line in words) <= right + 0.5
        assert max(line.bottom for line in words) <= bottom + 0.5


@pytest.mark.parametrize("name", ["xa", "xa-doc"])
def test_head_number_and_day_stand_as_in_the_decree(papers, name):
    page = pages_of(papers[name])[0]
    nation, motto, office = the_line(page, "CỘNG HÒA"), the_line(page, "Độc lập"), the_line(page, "ỦY BAN NHÂN DÂN")
    assert office.right < nation.left
    assert abs(nation.middle - motto.middle) < 1
    assert nation.middle > 105 > office.middle
    assert abs(the_line(page, "BÁO CÁO").middle - 110) < 1
    assert "(A4)" in paper_of(papers[name])["Page size"]


@pytest.mark.parametrize("name", ["xa", "xa-doc"])
def test_annexes_lie_on_their_side_and_count_their_own_pages(papers, name):
    pages = pages_of(papers[name])
    starts = [number for number, page in enumerate(pages) if page[0].text.startswith("Phụ lục ")]
    assert len(starts) == ANNEXES
    assert starts[0] > 1
    for begin, end in zip(starts, [*starts[1:], len(pages)], strict=True):
        for number, page in enumerate(pages[begin:end], 1):
            above = [line.text for line in page if line.bottom < TOP]
            assert above == ([] if number == 1 else [str(number)])
    for number, page in enumerate(pages[1 : starts[0]], 2):
        assert page[0].text == str(number)


@pytest.mark.parametrize("name", ["xa", "xa-doc"])
def test_heads_of_tables_are_repeated_on_every_page(papers, name):
    pages = pages_of(papers[name])
    grounds = [
        page for page in pages if any(line.text.startswith("Thôn 9 (mẫu)") for line in page) and is_sideways(page)
    ]
    assert len(grounds) > 5
    for page in grounds:
        assert any(line.text.startswith("Thôn") and "(mẫu)" not in line.text for line in page)


def test_no_heading_or_caption_is_the_last_line_of_a_page(papers):
    for page in pages_of(papers["xa"]):
        last = page[-1].text
        assert not last.startswith(("I. ", "II. ", "III. ", "IV. ", "V. "))
        assert last not in {"Trả tiền không dùng tiền mặt", "Đủ điều kiện công nhận"} or len(page) > 40


@pytest.mark.parametrize("name", ["xa", "thon"])
def test_file_has_the_sizes_of_the_decree(papers, name):
    document = Document(papers[name].with_suffix(".docx"))
    for number, section in enumerate(document.sections):
        sides = [round(length / Mm(1)) for length in (section.page_width, section.page_height)]
        assert sides == ([297, 210] if number else [210, 297])
        assert [round(length / Mm(1)) for length in (section.left_margin, section.right_margin)] == [30, 20]
    tables = [table for table in document.tables if table.style.name == "Table Grid"]
    assert tables
    for table in tables:
        assert table.rows[0]._tr.xpath("w:trPr/w:tblHeader")
        width = sum(cell.width for cell in table.rows[0].cells) / Mm(1)
        assert round(width) in {160, 247}


def test_signatures_stand_together_with_the_last_words(papers):
    pages = pages_of(papers["xa"])
    [signed] = [page for page in pages if any(line.text.startswith("TM. ỦY BAN") for line in page)]
    assert any("Trên đây là báo cáo" in line.text for line in signed)
    assert any(line.text.startswith("Nơi nhận") for line in signed)
