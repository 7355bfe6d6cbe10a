"""The drafts as LibreOffice lays them out: pages, places and short lines of an official paper (Must show 8)."""

from datetime import date
from pathlib import Path

import pytest
from django.db import transaction

from portal.households.documents.drafts import decision_draft, minutes_draft, request_draft
from portal.households.documents.official import OfficialPaper
from portal.households.enums import Title
from portal.households.selectors.titles import candidates_of
from tests.factories.households import VillageFactory
from tests.integration.register.printed import Line, pages_of, paper_of, rules_on, the_line
from tests.integration.register.titles import accepted_list

pytestmark = pytest.mark.django_db  # so that there is a database to make the drafts from

DRAFTS = ("to-trinh", "quyet-dinh", "bien-ban")
#: Minutes of so many lines: the end of a page falls on every place of the signatures.
LENGTHS = range(22, 34)
LEFT, RIGHT, TOP, BOTTOM = 30, 190, 20, 277
NAMES = ("Phạm Văn Đền", "Phạm Thị Ánh", "Đinh Văn Bông")


@pytest.fixture(scope="module")
def papers(libreoffice, tmp_path_factory, django_db_setup, django_db_blocker) -> dict[str, Path]:
    """Every draft as PDF, all of them made in one go."""
    folder = tmp_path_factory.mktemp("papers")
    with django_db_blocker.unblock(), transaction.atomic():
        made = drafts()
        transaction.set_rollback(True)
    made |= {f"ky-{length}": signed_after(length) for length in LENGTHS}
    files = []
    for name, content in made.items():
        files.append(folder / f"{name}.docx")
        files[-1].write_bytes(content)
    return {file.stem: file for file in libreoffice.convert(files, "pdf", folder)}


def drafts() -> dict[str, bytes]:
    lists = []
    for number in range(1, 15):
        proposal = accepted_list(
            *(f"{name} {letter}" for letter in "ABCD" for name in NAMES),
            village=VillageFactory(name=f"Thôn {number} (mẫu)", number=number),
        )
        proposal.met_on, proposal.posted_from, proposal.posted_to = (
            date(2026, 11, 2),
            date(2026, 11, 3),
            date(2026, 11, 13),
        )
        proposal.secretary_name, proposal.chair_name = "Phạm Thị Thư", "Phạm Văn Chủ"
        proposal.save()
        lists.append(proposal)
    return {
        "to-trinh": request_draft(lists, Title.DIGITAL_FAMILY, 2026),
        "quyet-dinh": decision_draft(lists, Title.DIGITAL_FAMILY, 2026),
        "bien-ban": minutes_draft(lists[0], list(candidates_of(lists[0]))),
    }


def signed_after(length: int) -> bytes:
    paper = OfficialPaper("Thử")
    for number in range(1, length):
        paper.text(f"Dòng {number}.")
    paper.text("Biên bản đã đọc cho mọi người cùng nghe./.")
    paper.two_signatures(("THƯ KÝ", "Phạm Thị Thư"), ("CHỦ TRÌ", "Phạm Văn Chủ"))
    return paper.to_bytes()


@pytest.mark.parametrize("name", DRAFTS)
def test_paper_is_a4_within_its_margins_and_in_times(papers, name):
    assert "(A4)" in paper_of(papers[name])["Page size"]
    for number, page in enumerate(pages_of(papers[name])):
        words = [line for line in page if line.top > TOP - 3] if number else page
        assert min(line.left for line in words) >= LEFT - 0.5
        assert max(line.right for line in words) <= RIGHT + 0.5
        assert min(line.top for line in words) >= TOP - 0.5
        assert max(line.bottom for line in words) <= BOTTOM + 0.5


@pytest.mark.parametrize("name", DRAFTS)
def test_page_number_stands_in_the_middle_of_the_top_margin_but_on_page_one(papers, name):
    first, *rest = pages_of(papers[name])
    annex = next((number for number, page in enumerate(rest) if page[0].text == "PHỤ LỤC"), None)
    assert rest, "these drafts are long enough to have a second page"
    assert not [line for line in first if line.bottom < TOP]
    for number, page in enumerate(rest):
        above = [line for line in page if line.bottom < TOP]
        if number == annex:
            assert not above
            continue
        counted = number + 2 if annex is None or number < annex else number - annex + 1
        assert [line.text for line in above] == [str(counted)]
        assert abs(above[0].middle - (LEFT + RIGHT) / 2) < 1


@pytest.mark.parametrize(
    ("name", "issuer", "number"),
    [("to-trinh", "PHÒNG VĂN HÓA", "/TTr-VHXH"), ("quyet-dinh", "ỦY BAN NHÂN DÂN", "/QĐ-UBND")],
)
def test_heads_stand_side_by_side_and_number_and_date_on_one_line(papers, name, issuer, number):
    page = pages_of(papers[name])[0]
    nation, motto, office = the_line(page, "CỘNG HÒA"), the_line(page, "Độc lập"), the_line(page, issuer)
    assert office.right < nation.left
    assert abs(nation.middle - motto.middle) < 0.5
    assert nation.middle > 105 > office.middle
    blank, sign = the_line(page, "Số:"), the_line(page, number)
    day, year = the_line(page, "Ba Tô, ngày"), the_line(page, "năm ")
    assert all(abs(blank.bottom - part.bottom) < 1 for part in (sign, day, year))
    assert sign.left - blank.right > 5, "room for the number"
    assert abs((day.left + year.right) / 2 - motto.middle) < 0.5


@pytest.mark.parametrize(
    ("name", "issuer"), [("to-trinh", "PHÒNG VĂN HÓA"), ("quyet-dinh", "ỦY BAN"), ("bien-ban", "THÔN 1")]
)
def test_short_lines_are_as_long_as_the_decree_says_and_touch_no_letter(papers, name, issuer, tmp_path):
    page = pages_of(papers[name])[0]
    motto, office = the_line(page, "Độc lập"), the_line(page, issuer)
    about = the_line(page, "Họp xét" if name == "bien-ban" else "Về việc")
    under_office, under_motto, under_about = rules_by_place(rules_on(papers[name], tmp_path), office, about)
    assert abs(under_motto.width - motto.width) < 2, "as long as the motto"
    for rule, words in ((under_office, office), (under_about, about)):
        assert 1 / 3 <= rule.width / words.width <= 1 / 2
    for rule, words in ((under_office, office), (under_motto, motto), (under_about, about)):
        assert abs(rule.middle - words.middle) < 1
        assert rule.bottom - rule.top < 0.6
    assert under_about.top > about.bottom - 0.4
    assert under_motto.top > motto.bottom - 0.4


def rules_by_place(rules: list[Line], office: Line, about: Line) -> tuple[Line, Line, Line]:
    head = [rule for rule in rules if rule.bottom < about.top]
    [under_office] = [rule for rule in head if rule.middle < office.right]
    [under_motto] = [rule for rule in head if rule.middle > office.right]
    return under_office, under_motto, next(rule for rule in rules if rule.top > about.top)


def test_receivers_stand_left_and_the_signer_right_on_the_same_height(papers):
    for name, role in (("to-trinh", "TRƯỞNG PHÒNG"), ("quyet-dinh", "CHỦ TỊCH")):
        page = next(page for page in pages_of(papers[name]) if any(line.text == "Nơi nhận:" for line in page))
        receivers, kept = the_line(page, "Nơi nhận:"), the_line(page, "- Lưu: VT")
        signer = next(line for line in page if line.text == role and line.left > 105)
        assert abs(receivers.left - LEFT) < 1
        assert abs(kept.left - LEFT) < 1
        assert abs(receivers.top - signer.top) < 2


def test_list_of_the_decision_repeats_its_heads_and_loses_nobody(papers):
    pages = pages_of(papers["quyet-dinh"])
    start = next(number for number, page in enumerate(pages) if page[0].text == "PHỤ LỤC")
    annex = pages[start:]
    assert len(annex) > 2
    heads = [sum(line.text.startswith("STT") for line in page) for page in annex]
    assert heads == [1] * len(annex)
    words = " ".join(line.text for page in annex for line in page)
    assert words.count("BT-") == 14 * 12


def test_signatures_are_never_cut_and_never_alone_on_a_page(papers):
    sizes = set()
    for length in LENGTHS:
        pages = pages_of(papers[f"ky-{length}"])
        sizes.add(len(pages))
        for said in ("THƯ KÝ", "Phạm Thị Thư", "Biên bản đã đọc"):
            assert any(line.text.startswith(said) for line in pages[-1]), f"{length} lines: {said}"
    assert sizes == {1, 2}, "the lengths lie around the end of a page"
