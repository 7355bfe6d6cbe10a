"""The tables behind a report: villages beside measures, grounds of every share, work, decisions, words. Pure."""

from collections.abc import Sequence
from datetime import date

from portal.households.enums import MeasureKind
from portal.households.progress.contents import TALLIES, Content, Place
from portal.households.progress.measures import Definition, Figure
from portal.households.progress.papers import Annex, Cell, Column, Grid, Percent, cell_text
from portal.households.progress.wording import parts, target_words

WHOLE = "Cả xã"
RESULT_COLUMNS = (
    Column("Số đo", 62),
    Column("Đạt", 18, is_number=True),
    Column("Tổng số", 20, is_number=True),
    Column("%", 18, is_number=True),
    Column("Mục tiêu", 42),
    Column("Kỳ trước, %", 22, is_number=True),
)
#: The plain sum of the register stands in a column of its own.
ON_THE_REGISTER = MeasureKind.LISTED


def measures_of(content: Content) -> list[Definition]:
    """What has met and unmet, in the order of the definitions, without the register's own size."""
    return [one for one in content.definitions if one.is_share and one.counted.kind != ON_THE_REGISTER]


def listed_in(content: Content, place: Place | None = None) -> int:
    """Households on the register on the last day."""
    found = (one for one in content.definitions if one.counted.kind == ON_THE_REGISTER)
    return sum(content.figure(one, place).denominator for one in found)


def results(content: Content, place: Place | None = None) -> Grid:
    """Each measure with both parts of its share, its target and, for the commune, the period before."""
    rows = [_result(content, one, place) for one in measures_of(content)]
    columns = RESULT_COLUMNS if place is None else RESULT_COLUMNS[:-1]
    return Grid(columns, [row[: len(columns)] for row in rows])


def _result(content: Content, one: Definition, place: Place | None) -> list[Cell]:
    figure, before = content.figure(one, place), content.earlier_figure(one)
    goal = target_words(one.target) if one.target else "–"
    return [
        one.name,
        figure.numerator,
        figure.denominator,
        Percent(figure.percent),
        f"{goal} (đã tới)" if figure.is_reached else goal,
        Percent(before.percent if before else "–"),
    ]


def work(content: Content, place: Place) -> Grid:
    """What was done within the period in one village."""
    columns = (Column("Việc làm trong kỳ", 110), Column("Số lượng", 30, is_number=True), Column("Đơn vị", 42))
    return Grid(columns, [[name, content.tally(key, place), unit] for key, (name, unit) in TALLIES.items()])


def annexes_of(content: Content) -> list[Annex]:
    """All annexes of the commune's report."""
    return [
        Annex("Kết quả từng thôn", "KẾT QUẢ TỪNG THÔN", [_villages(content)]),
        Annex("Căn cứ", "SỐ ĐẠT DỰA TRÊN CĂN CỨ NÀO", [_grounds(content, one) for one in _counted(content)]),
        Annex("Việc làm trong kỳ", "HOẠT ĐỘNG VÀ VIỆC LÀM TRONG KỲ", [_work_of_all(content)]),
        Annex("Quyết định", "QUYẾT ĐỊNH ĐÃ KÝ TRONG KỲ", [_decisions(content)]),
        Annex("Ý kiến của thôn", "KHÓ KHĂN, KIẾN NGHỊ CỦA CÁC THÔN", _words(content)),
        Annex("Cách tính", "CÁCH TÍNH CÁC SỐ ĐO", [definitions(content)]),
    ]


def _rows_of(content: Content) -> list[tuple[str, Place | None]]:
    return [*((place.name, place) for place in content.places), (WHOLE, None)]


def _villages(content: Content) -> Grid:
    """Numerator over denominator and percentage; where the denominator is the register, it is said once."""
    measures = measures_of(content)
    columns = [Column("Thôn", 26), Column("Hộ trong sổ", 14, is_number=True)]
    columns += [Column(one.name, 14 if one.unit == "thôn" else 19, is_number=True) for one in measures]
    rows: list[list[Cell]] = [
        [name, listed_in(content, place), *(_short(content.figure(one, place)) for one in measures)]
        for name, place in _rows_of(content)
    ]
    return Grid(columns, rows, total_rows=1)


def _short(figure: Figure) -> str:
    both = f"{cell_text(figure.numerator)}/{cell_text(figure.denominator)}"
    return f"{both}\n{figure.percent}%" if figure.share is not None else both


def _counted(content: Content) -> list[Definition]:
    return [one for one in measures_of(content) if one.counted.kind != MeasureKind.ACTIVITY]


def _grounds(content: Content, one: Definition) -> Grid:
    """One measure, village by village, with all that its whole is made of."""
    labels = [label for label, _count, _note in parts(content.figure(one))]
    columns = [
        Column("Thôn", 34),
        *(Column(head, 17, is_number=True) for head in ("Đạt", "Tổng số", "%")),
        *(Column(label, 23, is_number=True) for label in labels),
    ]
    rows: list[list[Cell]] = []
    for name, place in _rows_of(content):
        figure = content.figure(one, place)
        pieces = [count for _label, count, _note in parts(figure)]
        rows.append([name, figure.numerator, figure.denominator, Percent(figure.percent), *pieces])
    return Grid(columns, rows, caption=one.name, total_rows=1)


def _work_of_all(content: Content) -> Grid:
    columns = [Column("Thôn", 30), *(Column(name, 18, is_number=True) for name, _unit in TALLIES.values())]
    rows: list[list[Cell]] = [
        [name, *(content.tally(key, place) for key in TALLIES)] for name, place in _rows_of(content)
    ]
    return Grid(columns, rows, total_rows=1)


def _decisions(content: Content) -> str | Grid:
    columns = (
        *(Column("Số, ký hiệu", 44), Column("Ngày ký", 28), Column("Loại", 44), Column("Danh hiệu", 70)),
        *(Column("Năm", 20), Column("Số hộ", 24, is_number=True)),
    )
    rows: list[list[Cell]] = [
        [
            one["number"],
            f"{date.fromisoformat(one['signed_on']):%d/%m/%Y}",
            one["kind"],
            one["title"],
            str(one["year"]),
            one["households"],
        ]
        for one in content.decisions
    ]
    return Grid(columns, rows) if rows else "Trong kỳ không ký quyết định nào."


def _words(content: Content) -> Sequence[str | Grid]:
    columns = (Column("Thôn", 34), Column("Khó khăn", 106), Column("Kiến nghị", 106))
    said = [(place, content.words(place)) for place in content.places]
    rows = [[place.name, words.difficulties or "–", words.proposals or "–"] for place, words in said if words]
    tables: list[str | Grid] = [Grid(columns, rows)] if rows else ["Chưa có báo cáo nào của thôn."]
    heads = (Column("Thôn", 34), Column("Số nhập tay", 80), Column("Giá trị", 30), Column("Lý do nhập tay", 102))
    by_hand = [[place.name, *line] for place, words in said for line in words.by_hand]
    return [*tables, Grid(heads, by_hand, caption="Số thôn nhập tay, không có trong sổ")] if by_hand else tables


def definitions(content: Content) -> Grid:
    """How every measure is counted, as it was defined for this period."""
    columns = (Column("Số đo", 44), Column("Tử số", 72), Column("Mẫu số", 62), Column("Không tính", 68))
    return Grid(
        columns,
        [[one.name, one.numerator, one.denominator, one.exclusions or "–"] for one in measures_of(content)],
    )
