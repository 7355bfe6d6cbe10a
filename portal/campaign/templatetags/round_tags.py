"""How much time is left, or has gone by, in words."""

from datetime import datetime, timedelta

from django import template
from django.utils import timezone

from portal.core.templatetags.portal_tags import NBSP

register = template.Library()


@register.filter("con_lai")
def time_left(moment: datetime) -> str:
    """“2 ngày 4 giờ”, “3 giờ 12 phút”, “12 phút”: the two largest parts, rounded down."""
    return _length(moment - timezone.now())


@register.filter("da_qua")
def time_gone(moment: datetime) -> str:
    """The same for what has been waiting since then."""
    return _length(timezone.now() - moment)


def _length(length: timedelta) -> str:
    if length < timedelta(minutes=1):
        return f"chưa đầy 1{NBSP}phút"
    hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
    days, hours = divmod(hours, 24)
    parts = [(days, "ngày"), (hours, "giờ"), (minutes, "phút")]
    first = next(place for place, (number, _unit) in enumerate(parts) if number)
    return " ".join(f"{number}{NBSP}{unit}" for number, unit in parts[first : first + 2] if number)
