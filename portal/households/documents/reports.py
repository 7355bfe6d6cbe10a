"""Reports as papers: an editable .docx to number and sign, and a PDF to read. Number, day and names stay blank."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from portal.core.models import SiteProfile
from portal.core.printing import compiled_pdf
from portal.households.documents.official import FINE, NOTE, SIDEWAYS_WIDTH, TEXT_WIDTH, OfficialPaper
from portal.households.documents.wording import NARROW, place_of
from portal.households.progress.contents import Place
from portal.households.progress.papers import Grid, Paper, roman

TEMPLATE = Path(__file__).parent / "report.typ"
#: From so many columns on, a table is set in small letters.
WIDE = 8


@dataclass(frozen=True)
class Frame:
    """What stands around a paper: who says it, to whom, and who signs."""

    parent: str
    issuer: str
    number: str
    place_and_date: str
    belongs_to: str
    addressed_to: str = ""
    receivers: Sequence[str] = ()
    #: At the right, or one at each side.
    roles: Sequence[Sequence[str]] = ()


def commune_frame(year: int) -> Frame:
    """Of the People's Committee."""
    profile, blank = _profile(), NARROW * 6
    return Frame(
        parent="",
        issuer=f"ỦY BAN NHÂN DÂN\n{profile.commune_name.upper()}",
        number=f"Số:{NARROW * 8}/BC-UBND",
        place_and_date=_undated(profile, year),
        belongs_to=f"(Kèm theo Báo cáo số{blank}/BC-UBND ngày{blank}tháng{blank}năm {year}\n"
        f"của Ủy ban nhân dân {profile.commune_name})",
        receivers=(
            "- Thường trực Đảng ủy;",
            "- Thường trực HĐND;",
            "- Chủ tịch, các Phó Chủ tịch UBND;",
            "- Ủy ban MTTQ Việt Nam và các đoàn thể;",
            "- Các thôn;",
            "- Lưu: VT, VHXH.",
        ),
        roles=[("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")],
    )


def village_frame(place: Place, period_name: str, year: int) -> Frame:
    """Of a village's team, which is no office: no number; the commune signs that it has received it."""
    profile = _profile()
    return Frame(
        parent=f"UBND {profile.commune_name.upper()}",
        issuer=f"TỔ CÔNG NGHỆ SỐ\nCỘNG ĐỒNG {place.name.upper()}",
        number="",
        place_and_date=_undated(profile, year),
        belongs_to=f"(Kèm theo Báo cáo {period_name} của {place.name})",
        addressed_to=f"Kính gửi: Ủy ban nhân dân {profile.commune_name}",
        roles=[("UBND XÃ NHẬN",), ("TỔ TRƯỞNG",)],
    )


def sheet_frame(year: int) -> Frame:
    """Of a sheet that goes along with a proposal: no number of its own; who drew it up signs beside the chairman."""
    profile = _profile()
    return Frame(
        parent="",
        issuer=f"ỦY BAN NHÂN DÂN\n{profile.commune_name.upper()}",
        number="",
        place_and_date=_undated(profile, year),
        belongs_to=f"(Kèm theo biểu tổng hợp năm {year} của Ủy ban nhân dân {profile.commune_name})",
        roles=[("NGƯỜI LẬP BIỂU",), ("CHỦ TỊCH",)],
    )


def report_docx(paper: Paper, frame: Frame) -> bytes:
    """The paper in the layout of the decree."""
    drawn = OfficialPaper(f"{paper.kind.capitalize()}: {paper.about}")
    if paper.mark:
        drawn.mark(paper.mark)
    drawn.head(
        parent=frame.parent, issuer=frame.issuer, number=frame.number, place_and_date=frame.place_and_date
    )  # fmt: skip
    drawn.title(paper.kind, paper.about)
    if frame.addressed_to:
        drawn.line(frame.addressed_to, align=1, before=12)
    drawn.text(paper.as_of, italic=True)
    for number, section in enumerate(paper.sections, 1):
        drawn.heading(f"{roman(number)}. {section.title}")
        _add(drawn, section.parts, TEXT_WIDTH)
    if len(frame.roles) == 1:
        drawn.signature(receivers=frame.receivers, role=frame.roles[0], signer="")
    else:
        left, right = frame.roles
        drawn.two_signatures((left[0], ""), (right[0], ""))
    for name, annex in zip(annex_names(paper), paper.annexes, strict=True):
        drawn.annex(name, annex.title, frame.belongs_to, is_sideways=True)
        _add(drawn, annex.parts, SIDEWAYS_WIDTH)
    return drawn.to_bytes()


def annex_names(paper: Paper) -> list[str]:
    """`Phụ lục I`; an only one has no number."""
    many = len(paper.annexes) > 1
    return [f"Phụ lục {roman(number)}" if many else "Phụ lục" for number in range(1, len(paper.annexes) + 1)]


def _add(drawn: OfficialPaper, parts: Sequence[str | Grid], room: int) -> None:
    for part in parts:
        if isinstance(part, Grid):
            drawn.grid(part, room=room, size=FINE if len(part.columns) >= WIDE else NOTE)
        else:
            drawn.text(part)


def report_pdf(paper: Paper, frame: Frame, day: date) -> bytes:
    """The same paper to read on any machine; its words can be searched and copied."""
    given = {
        "title": f"{paper.kind.capitalize()}: {paper.about}",
        "date": [day.year, day.month, day.day],
        "left": [words for words in (frame.parent, *frame.issuer.split("\n")) if words],
        "has_parent": bool(frame.parent),
        "number": frame.number,
        "place_and_date": frame.place_and_date,
        "kind": paper.kind,
        "about": paper.about,
        "addressed_to": frame.addressed_to,
        "as_of": paper.as_of,
        "mark": paper.mark,
        "sections": [
            {"title": f"{roman(number)}. {section.title}", "parts": _given(section.parts)}
            for number, section in enumerate(paper.sections, 1)
        ],
        "receivers": list(frame.receivers),
        "roles": [list(role) for role in frame.roles],
        "belongs_to": frame.belongs_to,
        "annexes": [
            {"name": name, "title": annex.title, "parts": _given(annex.parts)}
            for name, annex in zip(annex_names(paper), paper.annexes, strict=True)
        ],
    }
    return compiled_pdf(TEMPLATE, given)


def _given(parts: Sequence[str | Grid]) -> list[Mapping[str, Any]]:
    return [_given_grid(part) if isinstance(part, Grid) else {"text": part} for part in parts]


def _given_grid(grid: Grid) -> Mapping[str, Any]:
    return {
        "caption": grid.caption,
        "heads": grid.heads,
        "widths": [column.width for column in grid.columns],
        "numbers": [column.is_number for column in grid.columns],
        "rows": grid.texts,
        "total_rows": grid.total_rows,
    }


def _profile() -> SiteProfile:
    return SiteProfile.objects.first() or SiteProfile()


def _undated(profile: SiteProfile, year: int) -> str:
    blank = NARROW * 6
    return f"{place_of(profile)}, ngày{blank}tháng{blank}năm {year}"
