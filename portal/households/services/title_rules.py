"""Conditions of a title in a year: set by two people, and never after a decision has rested on them."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from portal.core.audit import record
from portal.core.models import User
from portal.households.enums import Title
from portal.households.models import Decision, TitleRule

FIELDS = ("needs_pass", "years_held", "most_per_village", "words", "legal_basis")


class TitleRuleRefused(Exception):
    """The conditions cannot be changed any more; the message is what the clerk reads."""


def check_can_set(title: Title, year: int) -> None:
    """Refuse a year in which this title was already decided on."""
    decision = Decision.objects.filter(title=title, year=year).order_by("signed_on", "pk").first()
    if decision is not None:
        raise TitleRuleRefused(f"Năm {year} đã có quyết định {decision.number}, không đổi điều kiện của năm đó nữa.")


@transaction.atomic
def set_title_rule(*, title: Title, year: int, values: Mapping[str, Any], by: User) -> TitleRule:
    """Write the conditions of that year; called by `approvals` once a second person agreed."""
    check_can_set(title, year)
    rule, _created = TitleRule.objects.update_or_create(
        title=title, year=year, defaults={name: values[name] for name in FIELDS}
    )
    record("title_rule.set", by=by, subject=str(rule), data={name: values[name] for name in FIELDS})
    return rule
