"""Wording and layout of papers, without a database."""

import io
import zipfile
from datetime import date

import pytest
from docx import Document

from portal.core.models import SiteProfile
from portal.households.documents.official import OfficialPaper
from portal.households.documents.wording import NARROW, long_date, place_of, role_lines


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (date(2026, 3, 5), "ngày 05 tháng 3 năm 2026"),
        (date(2026, 12, 20), "ngày 20 tháng 12 năm 2026"),
    ],
)
def test_months_three_to_nine_have_no_leading_zero(day, written):
    assert long_date(day) == written.replace(" ", NARROW)


@pytest.mark.parametrize(
    ("commune", "place"), [("xã Ba Tô", "Ba Tô"), ("Phường Sông Vệ", "Sông Vệ"), ("Ba Tô", "Ba Tô")]
)
def test_place_is_the_bare_name(commune, place):
    assert place_of(SiteProfile(commune_name=commune)) == place


def test_deputy_signs_on_two_lines():
    assert role_lines("Chủ tịch") == ["CHỦ TỊCH"]
    assert role_lines("KT. Chủ tịch / Phó Chủ tịch") == ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]


def test_character_that_xml_cannot_hold_does_not_break_the_file():
    paper = OfficialPaper("Thử")
    paper.line("Phạm\x0bVăn & <Đền>")
    reopened = Document(io.BytesIO(paper.to_bytes()))
    assert [paragraph.text for paragraph in reopened.paragraphs] == ["PhạmVăn & <Đền>"]


def test_page_number_stands_on_top_of_every_page_but_the_first():
    paper = OfficialPaper("Thử")
    paper.annex("PHỤ LỤC", "DANH SÁCH", "(Kèm theo)")
    reopened = Document(io.BytesIO(paper.to_bytes()))
    for section in reopened.sections:
        assert section.different_first_page_header_footer
        assert "PAGE" in section.header._element.xml
        assert section.header.paragraphs[0].alignment == 1
        assert "PAGE" not in section.first_page_header._element.xml
    assert 'w:pgNumType w:start="1"' in reopened.sections[1]._sectPr.xml


def test_file_holds_no_trace_of_who_or_what_made_it():
    with zipfile.ZipFile(io.BytesIO(OfficialPaper("Thử").to_bytes())) as archive:
        assert "python" not in archive.read("docProps/core.xml").decode().lower()
