"""Drafts as the office opens them: figures of NĐ 30/2020, blank numbers, and lists that are right."""

import io
from datetime import date

import pytest
from docx import Document
from docx.shared import Mm, Pt

from portal.households.documents.drafts import decision_draft, minutes_draft, request_draft
from portal.households.enums import ProposalState, Title
from portal.households.models import Proposal
from portal.households.selectors.titles import candidates_of
from tests.factories.households import CandidateFactory, VillageFactory
from tests.integration.register.titles import accepted_list

pytestmark = pytest.mark.django_db


def opened(drawn: bytes):
    return Document(io.BytesIO(drawn))


def a_list(*names: str, **changes) -> Proposal:
    proposal = accepted_list(*names, village=VillageFactory(name="Thôn 3 (mẫu)", number=3))
    minutes = {
        "met_on": date(2026, 11, 2),
        "met_at": "nhà văn hóa thôn",
        "invited_count": 60,
        "present_count": 52,
        "for_count": 50,
        "against_count": 2,
        "chair_name": "Phạm Văn Chủ",
        "secretary_name": "Phạm Thị Thư",
        "posted_from": date(2026, 11, 3),
        "posted_to": date(2026, 11, 13),
        "posted_at": "bảng tin thôn",
        **changes,
    }
    for name, value in minutes.items():
        setattr(proposal, name, value)
    proposal.save()
    return proposal


def words_of(document) -> str:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells]).replace("\u00a0", " ")


def run_saying(document, words: str):
    paragraphs = list(document.paragraphs)
    paragraphs += [p for table in document.tables for row in table.rows for cell in row.cells for p in cell.paragraphs]
    return next(run for paragraph in paragraphs for run in paragraph.runs if words in run.text)


def all_drafts() -> list:
    proposal = a_list("Phạm Văn Đền")
    return [
        opened(request_draft([proposal], Title.DIGITAL_FAMILY, 2026)),
        opened(decision_draft([proposal], Title.DIGITAL_FAMILY, 2026)),
        opened(minutes_draft(proposal, list(candidates_of(proposal)))),
    ]


def test_every_draft_has_the_page_of_the_decree():
    for document in all_drafts():
        for section in document.sections:
            assert [round(length / Mm(1)) for length in (section.page_width, section.page_height)] == [210, 297]
            millimetres = [round(length / Mm(1)) for length in (section.top_margin, section.bottom_margin)]
            assert all(20 <= length <= 25 for length in millimetres)
            assert 30 <= round(section.left_margin / Mm(1)) <= 35
            assert 15 <= round(section.right_margin / Mm(1)) <= 20
        assert document.styles["Normal"].font.name == "Times New Roman"
        assert document.styles["Normal"].font.size == Pt(14)


def test_national_heading_stands_in_a_table_without_borders():
    for document in all_drafts():
        table = document.tables[0]
        assert table.style.name == "Normal Table"
        assert "w:tblBorders" not in table._tbl.xml
        motto = run_saying(document, "Độc lập - Tự do - Hạnh phúc")
        assert (motto.bold, motto.font.size) == (True, Pt(14))
        nation = run_saying(document, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        assert (nation.bold, nation.font.size) == (True, Pt(13))
        assert "w:u " not in document.element.xml  # short lines are lines, not underlining


def test_decision_leaves_number_and_date_to_the_records_clerk():
    document = opened(decision_draft([a_list("Phạm Văn Đền")], Title.DIGITAL_FAMILY, 2026))
    words = words_of(document)
    assert "Số:        /QĐ-UBND" in words
    assert "Ba Tô, ngày      tháng      năm " in words
    receivers = run_saying(document, "Nơi nhận:")
    assert (receivers.bold, receivers.italic, receivers.font.size) == (True, True, Pt(12))
    assert run_saying(document, "- Lưu: VT").font.size == Pt(11)
    assert run_saying(document, "CHỦ TỊCH").bold
    assert "Điều 3." in words
    assert "./." in words
    bases = [paragraph for paragraph in document.paragraphs if paragraph.text.startswith(("Căn cứ", "Xét"))]
    assert [paragraph.text[-1] for paragraph in bases] == [";", ";", ";", "."]
    assert all(run.italic for paragraph in bases for run in paragraph.runs)


def test_annex_lists_the_families_in_the_order_in_which_they_will_be_frozen():
    first = a_list("Phạm Văn Ớt", "Phạm Thị Ánh & <con>")
    second = accepted_list("Đinh Văn Bông", village=VillageFactory(name="Thôn 2 (mẫu)", number=2))
    document = opened(decision_draft([first, second], Title.DIGITAL_FAMILY, 2026))
    rows = [[cell.text for cell in row.cells] for row in document.tables[-1].rows]
    assert rows[0] == ["STT", "Họ và tên chủ hộ", "Thôn", "Mã hộ"]
    assert [row[:3] for row in rows[1:]] == [
        ["1", "Đinh Văn Bông", "Thôn 2 (mẫu)"],
        ["2", "Phạm Thị Ánh & <con>", "Thôn 3 (mẫu)"],
        ["3", "Phạm Văn Ớt", "Thôn 3 (mẫu)"],
    ]
    assert "w:tblHeader" in document.tables[-1].rows[0]._tr.xml


def test_request_sums_up_the_villages():
    words = words_of(opened(request_draft([a_list("Phạm Văn Đền", "Phạm A")], Title.OUTSTANDING, 2026)))
    for said in ("/TTr-VHXH", "Kính gửi: Chủ tịch Ủy ban nhân dân xã Ba Tô", "1 thôn", "2 hộ", "02/11/2026", "52"):
        assert said in words
    assert "“Hộ gia đình số tiêu biểu” năm 2026" in words


def test_minutes_say_what_was_counted_and_leave_dots_for_the_rest():
    proposal = a_list("Phạm Văn Đền")
    words = words_of(opened(minutes_draft(proposal, list(candidates_of(proposal)))))
    for said in ("THÔN 3 (MẪU)", "ngày 02 tháng 11 năm 2026", "Có mặt: 52 người", "Đồng ý: 50", "Phạm Thị Thư"):
        assert said in words
    bare = accepted_list(village=proposal.village, year=2027)
    bare.state = ProposalState.DRAFT
    CandidateFactory(proposal=bare)
    words = words_of(opened(minutes_draft(bare, list(candidates_of(bare)))))
    assert "ngày …… tháng …… năm 2027" in words
    assert "Có mặt: …… người" in words
