"""How figures of progress are said and drawn."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from portal.households.progress import wording
from portal.households.progress.charts import Stitch, stitches_of
from portal.households.progress.measures import Figure
from portal.households.progress.publishing import Public, PublicVillage

register = template.Library()

register.filter(wording.parts)
register.filter(wording.target_words)
register.filter(wording.goal_words)
register.filter(wording.seen_share)
register.filter(wording.agreement_words)
register.filter(wording.told)
register.filter(wording.told_percent)
register.filter(wording.village_words)


@register.filter
def point(value: float) -> str:
    """A number for a drawing, whatever the language of the page: 12.5."""
    return f"{value:g}"


@register.filter
def times(value: int, factor: int) -> int:
    """Product, for the width of a drawing."""
    return value * factor


@register.filter
def at(values: Mapping[str, Any], key: str) -> Any:
    """What stands under a key; None when nothing does."""
    return values.get(key)


@register.simple_tag
def goal_meter(figure: Figure) -> SafeString:
    """Twenty stitches of five per cent, with a line at the target."""
    target = figure.definition.target
    width = float(figure.share or 0)
    goal = float(target.percent) if target else 0.0
    shape = 'viewBox="0 0 320 14" preserveAspectRatio="none" aria-hidden="true" focusable="false"'
    label = f"{figure.percent} phần trăm" + (f", mục tiêu {wording.target_words(target)}" if target else "")
    line = format_html('<path d="M{} 0V14"/>', point(goal * 3.2)) if 0 < goal < 100 else ""
    return format_html(
        '<div class="meter meter--goal"><svg role="img" aria-label="{}"><rect width="{}%" height="100%"/></svg>'
        '<svg class="goal" {}>{}</svg></div>',
        label, point(round(width, 1)), SafeString(shape), line,
    )  # fmt: skip


@register.simple_tag
def told_meter(public: Public) -> SafeString:
    """Stitches of five per cent: whole up to what is certain, pale up to what is possible, and a line at the target."""
    target, between = public.definition.target, public.between
    whole = public.whole or 1
    low, high = (100 * between.low / whole, 100 * between.high / whole) if between else (0.0, 0.0)
    goal = float(target.percent) if target else 0.0
    line = format_html('<path d="M{} 0V14"/>', point(goal * 3.2)) if 0 < goal < 100 else ""
    return format_html(
        '<div class="meter meter--goal" aria-hidden="true"><svg><rect class="perhaps" width="{}%" height="100%"/>'
        '<rect width="{}%" height="100%"/></svg>'
        '<svg class="goal" viewBox="0 0 320 14" preserveAspectRatio="none">{}</svg></div>',
        point(round(high, 1)), point(round(low, 1)), line,
    )  # fmt: skip


@register.filter
def stitches(village: PublicVillage) -> list[Stitch]:
    """The village's patch of cloth."""
    return stitches_of(public.level for public in village.figures)
