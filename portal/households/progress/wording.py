"""Figures in words, the same on every page and paper. Pure."""

from fractions import Fraction

from portal.households.enums import MeasureKind
from portal.households.progress.counting import Heap
from portal.households.progress.measures import Figure, Target, written_percent
from portal.households.progress.publishing import Between, Public, Published
from portal.households.progress.second_looks import Agreement

#: (label, heaps, remark), in the order in which people ask.
PARTS_OF_FINDINGS = (
    ("Đạt, thấy tận nơi", (Heap.MET_SEEN,), ""),
    ("Đạt, có giấy tờ", (Heap.MET_PAPER,), ""),
    ("Đạt, gia đình kể", (Heap.MET_TOLD,), ""),
    ("Chưa đạt", (Heap.UNMET,), ""),
    ("Chưa rõ", (Heap.UNCLEAR,), "đã đến mà chưa xem được, hoặc mới xem một phần"),
    ("Chưa đánh giá, tự khai là có", (Heap.DECLARED,), "không vào tử số"),
    ("Chưa đánh giá", (Heap.UNSEEN,), "không phải “chưa đạt”"),
)
PARTS_OF_CAPABLE = (
    *PARTS_OF_FINDINGS[:3],
    ("Có người, không ghi căn cứ", (Heap.MET,), ""),
    ("Đã hỏi, chưa có ai", (Heap.UNMET,), ""),
    ("Chưa rõ", (Heap.UNSEEN,), "không phải “chưa có ai”"),
)
YES_OR_NO = (("Có", (Heap.MET,), ""), ("Chưa", (Heap.UNMET, Heap.UNSEEN), ""))
AGES = (
    ("Trong 90 ngày qua", (Heap.FRESH,), ""),
    ("Từ 91 đến 180 ngày", (Heap.AGING,), ""),
    ("Hơn 180 ngày", (Heap.OLD,), ""),
    ("Chưa thăm lần nào", (Heap.UNSEEN,), ""),
)
PARTS = {
    MeasureKind.FINDINGS: PARTS_OF_FINDINGS,
    MeasureKind.PASSING: PARTS_OF_FINDINGS,
    MeasureKind.CAPABLE: PARTS_OF_CAPABLE,
    MeasureKind.LAST_VISIT: AGES,
}


def parts(figure: Figure) -> list[tuple[str, int, str]]:
    """[(label, count, remark), …]: all that the whole is made of."""
    kind = figure.definition.counted.kind
    chosen = PARTS.get(kind, YES_OR_NO)
    return [(label, figure.count(*heaps), note) for label, heaps, note in chosen]


def target_words(target: Target) -> str:
    """“trên 70% đến 31/12/2026”."""
    percent = f"{target.percent.normalize():f}".replace(".", ",")
    words = f"trên {percent}%" if target.is_strictly_above else f"{percent}%"
    return f"{words}, đến {target.due_on:%d/%m/%Y}" if target.due_on else words


def goal_words(figure: Figure) -> str:
    """The target of a figure, and that it is reached where it is."""
    target = figure.definition.target
    if target is None:
        return ""
    return f"{'Đã tới mục tiêu' if figure.is_reached else 'Mục tiêu'}: {target_words(target)}"


def seen_share(figure: Figure) -> str:
    """Of those who meet it, how many a team saw: `63%`."""
    return f"{round(100 * figure.seen / figure.numerator)}%" if figure.numerator else "–"


def written(figure: Figure, *, is_detailed: bool = False) -> str:
    """`12/40`; in detail every part that is not empty: `đạt, thấy tận nơi 8; chưa đạt 28; …`."""
    if not is_detailed:
        return f"{figure.numerator}/{figure.denominator}" if figure.definition.is_share else str(figure.denominator)
    return "; ".join(f"{label.lower()} {count}" for label, count, _note in parts(figure) if count) or "0"


#: What a village's patch says, from nothing told to beyond the target.
LEVEL_WORDS = ("không nêu", "mới bắt đầu", "đang tới", "vượt mốc")
NOT_TOLD = "số nhỏ, không nêu"


def between_words(between: Between) -> str:
    """`12`, `từ 12 đến 20`."""
    return _number(between.low) if between.is_exact else f"từ {_number(between.low)} đến {_number(between.high)}"


def told(public: Public) -> str:
    """`1.204 trong 2.480 hộ`, `từ 32 đến 42 trong 60 hộ`, or that it is not told."""
    if public.between is None:
        return NOT_TOLD
    return f"{between_words(public.between)} trong {_number(public.whole)} {public.definition.unit}"


def told_percent(public: Public) -> str:
    """`48,5%` of an exact count; “” of a range, which would look more exact than it is."""
    if public.between is None or not public.between.is_exact or not public.whole:
        return ""
    target = public.definition.target
    share = Fraction(public.between.low * 100, public.whole)
    return f"{written_percent(share, Fraction(target.percent) if target else None)}%"


def village_words(public: Public) -> str:
    """`vượt mốc`, `đang tới, còn từ 3 đến 11 hộ nữa`, or that it is not told."""
    if public.missing:
        return f"{LEVEL_WORDS[public.level]}, còn {between_words(public.missing)} hộ nữa"
    return LEVEL_WORDS[public.level] if public.level else NOT_TOLD


def headline(published: Published) -> str:
    """`2 trong 7 mục tiêu đã tới`: the quarter in one line, without a number of households."""
    goals = [one for one in published.commune if one.definition.target]
    reached = sum(one.is_reached is True for one in goals)
    return f"{reached} trong {len(goals)} mục tiêu đã tới" if reached else f"{len(goals)} mục tiêu, xã đang tới"


def agreement_words(agreement: Agreement) -> str:
    """`đã thăm lại 12/14 hộ, 4 trong 60 kết quả ghi khác (6,7%)`."""
    words = f"đã thăm lại {agreement.done}/{agreement.cases} hộ"
    if not agreement.compared:
        return words
    share = written_percent(Fraction(100 * agreement.differing, agreement.compared))
    return f"{words}, {agreement.differing} trong {agreement.compared} kết quả ghi khác ({share}%)"


def _number(count: int) -> str:
    return f"{count:,}".replace(",", ".")
