"""Papers of the year: facts to propose awards by, and an export for emulation that hides who wants to be hidden."""

import io
import subprocess

import docx
import openpyxl
import pytest

from portal.core.models import AuditEntry
from portal.households.enums import NameForm, Purpose, Title
from tests.factories.households import ConsentFactory, DecisionEntryFactory, DecisionFactory, HouseholdFactory
from tests.integration.register.periods import NOW, settle

pytestmark = pytest.mark.django_db

YEAR = "/quan-tri/tien-do/ky/2026/"


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOW, tick=False)


def rows_of(browser, name):
    answer = browser.get(YEAR + name)
    assert answer.status_code == 200
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    return [[cell.value for cell in row] for row in book.active.iter_rows()]


def honoured(village, name, title=Title.DIGITAL_FAMILY, form=None):
    home = HouseholdFactory(village=village, head_name=name)
    decision = DecisionFactory(year=2026, title=title, signed_on=NOW.date())
    DecisionEntryFactory(decision=decision, household=home, name_on_paper=name, village_on_paper=village.name)
    if form:
        ConsentFactory(household=home, purpose=Purpose.NAME, is_granted=True, name_form=form)
    return home


def test_emulation_names_only_who_agreed(officer, village):
    named = honoured(village, "Phạm Thị Đồng Ý", form=NameForm.FULL)
    hidden = honoured(village, "Phạm Văn Kín Tiếng")
    rows = {row[1]: row for row in rows_of(officer, "thi-dua.xlsx")}
    assert rows[named.code][0] == "Phạm Thị Đồng Ý"
    assert rows[hidden.code][0] == "Một hộ"
    assert "Kín Tiếng" not in str(rows)


def test_award_sheet_gives_facts_and_leaves_the_choice_blank(officer, team_member, village, other_village):
    settle([village, other_village], officer.user)
    honoured(village, "Phạm Thị Tiêu Biểu", title=Title.OUTSTANDING)
    rows = rows_of(officer, "khen-thuong.xlsx")
    flat = [[cell for cell in row if cell is not None] for row in rows]
    assert ["Phạm Thị Phúc", "Thôn A (mẫu)", 0] in [row[:3] for row in flat]
    assert any(row[:2] == ["Thôn A (mẫu)", 2] for row in flat), "visits of the team of the village"
    assert any(row[:1] == ["Phạm Thị Tiêu Biểu"] for row in flat)
    for row in rows:
        if row[0] == "Phạm Thị Phúc":
            assert not row[3]


def test_both_come_as_papers_to_edit_and_sign_with_the_same_figures(
    officer, village, other_village, libreoffice, tmp_path
):
    settle([village, other_village], officer.user)
    honoured(village, "Phạm Thị Tiêu Biểu", title=Title.OUTSTANDING, form=NameForm.FULL)
    hidden = honoured(village, "Phạm Văn Kín Tiếng")
    files = []
    for name in ("khen-thuong", "thi-dua"):
        in_excel = [[str(cell) for cell in row if cell] for row in rows_of(officer, f"{name}.xlsx")]
        files.append(tmp_path / f"{name}.docx")
        files[-1].write_bytes(officer.get(f"{YEAR}{name}.docx").content)
        tables = docx.Document(str(files[-1])).tables
        in_word = [[cell.text for cell in row.cells] for table in tables for row in table.rows]
        for row in in_excel:
            if row[:1] in (["Phạm Thị Tiêu Biểu"], ["Một hộ"]):
                assert row in [[cell for cell in other if cell] for other in in_word]
    words = [words_of(file) for file in libreoffice.convert(files, "pdf", tmp_path)]
    words += [words_of(officer.get(f"{YEAR}{name}.pdf").content) for name in ("khen-thuong", "thi-dua")]
    for said in words:
        assert "NGƯỜI LẬP BIỂU" in said
        assert "Phạm Thị Tiêu Biểu" in said
        assert "Kín Tiếng" not in said
    assert hidden.code in words[1]
    assert hidden.code in words[3]
    assert officer.get(f"{YEAR}thi-dua.exe").status_code == 404


def words_of(pdf):
    """What stands on a PDF, its line breaks taken for spaces."""
    content = pdf if isinstance(pdf, bytes) else pdf.read_bytes()
    drawn = subprocess.run(["pdftotext", "-raw", "-", "-"], input=content, check=True, capture_output=True)
    return " ".join(drawn.stdout.decode().split())


def test_officers_alone_take_them_and_it_is_logged(officer, leader, team_member):
    for name in ("khen-thuong.xlsx", "thi-dua.xlsx"):
        assert leader.get(YEAR + name).status_code == team_member.get(YEAR + name).status_code == 404
        assert officer.get(YEAR + name).status_code == 200
        assert officer.get(f"/quan-tri/tien-do/ky/0/{name}").status_code == 404
    assert AuditEntry.objects.filter(action="report.make", by=officer.user).count() == 2
    assert "thi-dua.xlsx" in officer.get(YEAR).content.decode()
    assert "thi-dua.xlsx" not in leader.get(YEAR).content.decode()
