"""How figures of progress are said and drawn."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from portal.households.enums import MeasureKind
from portal.households.progress.counting import Heap
from portal.households.progress.measures import Figure, Target

register = template.Library()

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


@register.filter
def parts(figure: Figure) -> list[tuple[str, int, str]]:
    """[(label, count, remark), …]: all that the whole is made of."""
    kind = figure.definition.counted.kind
    chosen = PARTS.get(kind, YES_OR_NO)
    return [(label, figure.count(*heaps), note) for label, heaps, note in chosen]


@register.filter
def target_words(target: Target) -> str:
    """“trên 70% đến 31/12/2026”."""
    percent = f"{target.percent.normalize():f}".replace(".", ",")
    words = f"trên {percent}%" if target.is_strictly_above else f"{percent}%"
    return f"{words}, đến {target.due_on:%d/%m/%Y}" if target.due_on else words


@register.filter
def goal_words(figure: Figure) -> str:
    """The target of a figure, and that it is reached where it is."""
    target = figure.definition.target
    if target is None:
        return ""
    return f"{'Đã tới mục tiêu' if figure.is_reached else 'Mục tiêu'}: {target_words(target)}"


@register.filter
def seen_share(figure: Figure) -> str:
    """Of those who meet it, how many a team saw: `63%`."""
    return f"{round(100 * figure.seen / figure.numerator)}%" if figure.numerator else "–"


@register.filter
def point(value: float) -> str:
    """A number for a drawing, whatever the language of the page: 12.5."""
    return f"{value:g}"


@register.filter
def times(value: int, factor: int) -> int:
    """Product, for the width of a drawing."""
    return value * factor


@register.simple_tag
def goal_meter(figure: Figure) -> SafeString:
    """Twenty stitches of five per cent, with a line at the target."""
    target = figure.definition.target
    width = float(figure.share or 0)
    goal = float(target.percent) if target else 0.0
    shape = 'viewBox="0 0 320 14" preserveAspectRatio="none" aria-hidden="true" focusable="false"'
    label = f"{figure.percent} phần trăm" + (f", mục tiêu {target_words(target)}" if target else "")
    line = format_html('<path d="M{} 0V14"/>', point(goal * 3.2)) if 0 < goal < 100 else ""
    return format_html(
        '<div class="meter meter--goal"><svg role="img" aria-label="{}"><rect width="{}%" height="100%"/></svg>'
        '<svg class="goal" {}>{}</svg></div>',
        label, point(round(width, 1)), SafeString(shape), line,
    )  # fmt: skip
