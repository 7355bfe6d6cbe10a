"""Papers of the year for those who decide on awards and emulation: facts, in the order of villages, without a rank."""

from collections.abc import Sequence

from django.db.models import Count, Exists, OuterRef

from portal.core.periods import Period
from portal.households.enums import Title
from portal.households.models import DecisionEntry, TeamMembership, Visit
from portal.households.names import shown_name
from portal.households.progress.annexes import WHOLE, listed_in, measures_of
from portal.households.progress.contents import Content, Place
from portal.households.progress.papers import DRAFT_MARK, Annex, Cell, Column, Grid, Paper, Percent, Section
from portal.households.selectors.consents import name_forms
from portal.households.selectors.honours import entries_in_force
from portal.households.selectors.period_content import content_of
from portal.households.selectors.period_papers import PeriodPaper, last_counted
from portal.households.selectors.periods import Span

UNNAMED = "Một hộ"
PROPOSED = Column("Đề nghị khen (cán bộ ghi)", 44)
WORK = {
    "luot-tham": "Lượt thăm",
    "ho-tham": "Hộ được thăm",
    "hoat-dong": "Hoạt động",
    "da-giup": "Yêu cầu giúp đã xong",
}


def award_sheet(year: int) -> PeriodPaper:
    """Facts on villages, teams, people and families that awards may be proposed for; the choice is left blank."""
    sections = [
        ("THÔN", _villages),
        ("TỔ CÔNG NGHỆ SỐ CỘNG ĐỒNG", _teams),
        ("CÁ NHÂN TRONG TỔ", _people),
        ("HỘ GIA ĐÌNH", _families),
    ]
    content, close = content_of(Period(year))
    lines = "Bảng này chỉ nêu việc đã làm, theo thứ tự thôn, không xếp hạng. Khen ai do người có thẩm quyền quyết định."
    made = [Section(title, [*([lines] if title == "THÔN" else []), part(content)]) for title, part in sections]
    return _paper(content, "BẢNG TỔNG HỢP", f"Đề nghị khen thưởng Phong trào “Gia đình số” năm {year}", made, close)


def emulation_export(year: int) -> PeriodPaper:
    """Results by village and families with a title; a family that does not let its name be shown stays `Một hộ`."""
    content, close = content_of(Period(year))
    measures = measures_of(content)
    columns = [Column("Thôn", 34), Column("Hộ trong sổ", 20, is_number=True)]
    columns += [Column(f"{one.name}, %", 22, is_number=True) for one in measures]
    places: list[Place | None] = [*content.places, None]
    rows: list[list[Cell]] = [
        [
            place.name if place else WHOLE,
            listed_in(content, place),
            *(Percent(content.figure(one, place).percent) for one in measures),
        ]
        for place in places
    ]
    made = [
        Section("KHU DÂN CƯ", ["Kết quả của từng khu dân cư ở phụ lục kèm theo, theo thứ tự thôn, không xếp hạng."]),
        Section("HỘ GIA ĐÌNH CÓ DANH HIỆU", [_honoured(year)]),
    ]
    # Too many columns for a page that stands.
    annex = Annex("Khu dân cư", "KẾT QUẢ CỦA TỪNG KHU DÂN CƯ", [Grid(columns, rows, total_rows=1)])
    about = f"Kết quả “Gia đình số” để xét thi đua cuối năm {year}"
    return _paper(content, "BIỂU TỔNG HỢP", about, made, close, [annex])


def _paper(
    content: Content, kind: str, about: str, sections: Sequence[Section], close: object, annexes: Sequence[Annex] = ()
) -> PeriodPaper:
    day = last_counted(content)
    said = f"Số liệu tính đến ngày {day:%d/%m/%Y}; danh hiệu và tên hộ theo quyết định và ý của gia đình đến hôm nay."
    mark = "" if close else DRAFT_MARK
    return PeriodPaper(Paper(kind, about, said, content.last_on, sections, annexes, mark), content, close is not None)


def _villages(content: Content) -> Grid:
    goals = [one for one in measures_of(content) if one.target]
    columns = [Column("Thôn", 34), *(Column(f"{one.name}, %", 22, is_number=True) for one in goals), PROPOSED]
    return Grid(
        columns,
        [[place.name, *(Percent(content.figure(one, place).percent) for one in goals), ""] for place in content.places],
    )


def _teams(content: Content) -> Grid:
    columns = [Column("Tổ của", 34), *(Column(name, 24, is_number=True) for name in WORK.values()), PROPOSED]
    return Grid(columns, [[place.name, *(content.tally(key, place) for key in WORK), ""] for place in content.places])


def _people(content: Content) -> Grid:
    first, after = Span(content.period, content.first_on, content.last_on).moments
    corrected = Visit.objects.filter(corrects=OuterRef("client_id"))
    visits = Visit.objects.filter(~Exists(corrected), visited_at__gte=first, visited_at__lt=after)
    counts = dict(visits.order_by().values_list("visited_by").annotate(number=Count("pk")))
    members = TeamMembership.objects.filter(valid_from__lte=content.last_on).select_related("user", "village")
    rows: list[list[Cell]] = [
        [str(one.user), one.village.name, counts.get(one.user_id, 0), ""]
        for one in members.order_by("village__number", "user__full_name", "pk")
        if one.valid_to is None or one.valid_to >= content.first_on
    ]
    return Grid([Column("Họ và tên", 60), Column("Thôn", 34), Column("Lượt thăm", 24, is_number=True), PROPOSED], rows)


def _families(content: Content) -> Grid:
    kept = [one for one in _entries(content.period.year) if one.decision.title != Title.DIGITAL_FAMILY]
    rows: list[list[Cell]] = [
        [one.name_on_paper, one.village_on_paper, one.decision.get_title_display(), one.decision.number, ""]
        for one in kept
    ]
    heads = (Column("Chủ hộ", 50), Column("Thôn", 34), Column("Danh hiệu", 40), Column("Quyết định", 34), PROPOSED)
    return Grid(heads, rows)


def _honoured(year: int) -> Grid:
    entries = _entries(year)
    forms = name_forms(one.household.root_id for one in entries if one.household.root_id)
    rows: list[list[Cell]] = []
    for one in entries:
        root = one.household.root or one.household
        name = shown_name(one.name_on_paper, forms[root.pk]) if root.pk in forms else UNNAMED
        rows.append([name, root.code, one.village_on_paper, one.decision.get_title_display(), one.decision.number])
    heads = (
        Column("Hộ", 50),
        Column("Mã hộ", 30),
        Column("Thôn", 34),
        Column("Danh hiệu", 44),
        Column("Quyết định", 34),
    )
    return Grid(heads, rows)


def _entries(year: int) -> list[DecisionEntry]:
    """By village, then by code: no order that gives a hidden name away."""

    def place(entry: DecisionEntry) -> tuple[int, str, int]:
        root = entry.household.root or entry.household
        return root.village.number, root.code, entry.decision_id

    return sorted(entries_in_force(year=year), key=place)
