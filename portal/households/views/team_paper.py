"""Paper for the field: visit sheets, the list on the table of the village meeting, the one on its board."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from portal.core.audit import record
from portal.households.access import staff_of, team_view
from portal.households.enums import CapableMember
from portal.households.models import Household
from portal.households.permissions import villages_of
from portal.households.selectors.rules import register_rules
from portal.households.selectors.standing import criteria_set_on, rule_of, standings_of
from portal.households.selectors.titles import candidates_of
from portal.households.standing import State
from portal.households.views.team import household_of, households_asked_for
from portal.households.views.team_proposals import proposal_of

#: Sheets in one print: a morning's work, and no more than a phone can lay out.
SHEETS = 40
#: What a cell of the meeting's list says; nobody is put down as failing whom nobody visited.
WORDS = {State.MET: "đạt", State.UNMET: "chưa", State.UNCLEAR: "chưa rõ", State.UNSEEN: "–"}


@team_view
@require_GET
def sheets(request: HttpRequest) -> HttpResponse:
    """Phiếu thăm: of one household (`?ho=`), or of those that the list of households was narrowed to."""
    user = staff_of(request)
    code = request.GET.get("ho", "")
    if code:
        households = [household_of(user, code)]
    else:
        asked = households_asked_for(request).order_by("village__number", "sort_key", "id")
        households = list(asked[:SHEETS])
    criteria_set = criteria_set_on(timezone.localdate())
    record("sheets.print", by=user, subject=code, data={"households": len(households)})
    context = {
        "households": households,
        "criteria": criteria_set.criteria.all() if criteria_set else [],
        "members": [label for value, label in CapableMember.choices if value != CapableMember.UNKNOWN],
        "most": SHEETS,
    }
    return render(request, "households/team/sheets.html", context)


@team_view
@require_GET
def meeting_list(request: HttpRequest) -> HttpResponse:
    """Danh sách họp thôn: every household with what the visits say; no phones."""
    user = staff_of(request)
    villages = villages_of(user).order_by("number")
    listed = Household.objects.listed().in_villages(villages).select_related("village")
    households = list(listed.order_by("village__number", "sort_key", "id"))
    names = ", ".join(village.name for village in villages)
    return _list_page(request, households, f"Danh sách hộ, {names}", reasons={})


@team_view
@require_GET
def proposal_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The families of one list, for the meeting that votes on it."""
    found = proposal_of(staff_of(request), pk)
    candidates = list(candidates_of(found))
    households = [candidate.household.root or candidate.household for candidate in candidates]
    reasons = {
        household.pk: candidate.exception_reason for household, candidate in zip(households, candidates, strict=True)
    }
    heading = f"Hộ được đề nghị “{found.get_title_display()}” năm {found.year}, {found.village}"
    return _list_page(request, households, heading, reasons)


@team_view
@require_GET
def posting(request: HttpRequest, pk: int) -> HttpResponse:
    """Bản niêm yết: names for the board, until when it hangs, and where to ask again. Nothing on how anybody did."""
    user = staff_of(request)
    found = proposal_of(user, pk)
    record("meeting_list.print", by=user, subject=str(found.pk), data={"posting": True})
    context = {"proposal": found, "candidates": candidates_of(found), "rule": register_rules()}
    return render(request, "households/team/posting.html", context)


def _list_page(
    request: HttpRequest, households: Sequence[Household], heading: str, reasons: dict[int, str]
) -> HttpResponse:
    today = timezone.localdate()
    criteria_set = criteria_set_on(today)
    standings = standings_of([one.pk for one in households], today, rule_of(criteria_set) if criteria_set else None)
    criteria = list(criteria_set.criteria.all()) if criteria_set else []
    rows: list[dict[str, Any]] = []
    for household in households:
        standing = standings[household.pk]
        cells = [WORDS[standing.of(criterion.key).state] if standing else "–" for criterion in criteria]
        rows.append({"household": household, "cells": cells, "reason": reasons.get(household.pk, "")})
    record("meeting_list.print", by=staff_of(request), data={"households": len(rows)})
    context = {"heading": heading, "rows": rows, "criteria": criteria, "today": today}
    return render(request, "households/team/meeting_list.html", context)
