"""A history as the pure rules see it."""

from datetime import date
from typing import Any

from portal.households.enums import Basis, CapableMember, DecisionKind, MeasureKind, Result
from portal.households.progress.counting import Counted
from portal.households.progress.facts import (
    ActivityFact,
    CapableFact,
    CommuneFacts,
    CriteriaFact,
    DecisionFact,
    HouseholdFacts,
    SignUpFact,
    Stay,
    VillageFact,
)
from portal.households.standing import CriterionRule, FindingFact, Rule, VisitFact
from tests.communes.life import FIVE, TITLE, VILLAGES, Life

GROUPS = ((("1",),), (("2",),), (("3",),), (("4a", "4b"),), (("5",),), (("2",), ("3",), ("4a", "4b"), ("5",)))
#: Everything that is counted of households, as the counter by hand names it.
MEASURES = (
    *(("ket-qua", groups) for groups in GROUPS),
    ("nguoi-biet", ()), ("dang-ky", ()), ("danh-gia", ()), ("du-dieu-kien", ()), ("cong-nhan", TITLE),
    ("trong-so", ()), ("lan-tham", ()),
)  # fmt: skip


def counted(measure: Any) -> Counted:
    kind, rest = measure
    return Counted(MeasureKind(kind), rest) if kind == "ket-qua" else Counted(MeasureKind(kind), title=rest or "")


def told_to_rules(life: Life) -> CommuneFacts:
    closings = {deed.data["village"]: deed.data for deed in life.of("close village")}
    villages = tuple(
        VillageFact(
            pk, date(2025, 7, 1), closings[pk]["day"] if pk in closings else None, closings.get(pk, {}).get("successor")
        )
        for pk in VILLAGES
    )
    roots = [pk for pk, home in life.homes.items() if home["survivor"] is None]
    criteria = [CriteriaFact(date(2025, 9, 1), -1, _rule(FIVE, None))] + [
        CriteriaFact(deed.data["since"], number, _rule(deed.data["rule"], deed.data["minimum"]))
        for number, deed in enumerate(life.deeds)
        if deed.what == "criteria"
    ]
    return CommuneFacts(
        villages,
        tuple(_household(life, pk) for pk in roots),
        tuple(ActivityFact(deed.data["village"], deed.data["day"]) for deed in life.of("activity")),
        tuple(criteria),
    )


def _rule(criteria: Any, minimum: int | None) -> Rule:
    return Rule(tuple(CriterionRule(key, keys, mandatory) for key, keys, mandatory in criteria), minimum)


def _household(life: Life, root: int) -> HouseholdFacts:
    members, stays, since, until = life.cluster(root), _stays(life), {}, {}
    for deed in life.deeds:
        data = deed.data
        if deed.what in {"list", "sign up"}:
            since[data["home"]] = data.get("since", deed.entered_on)
        elif deed.what == "split":
            since[data["new"]] = data["day"]
        elif deed.what == "strike":
            until[data["home"]] = data["day"]
    return HouseholdFacts(
        root,
        since[root],
        until.get(root),
        tuple(stays[root]),
        tuple(
            VisitFact(d.data["id"], d.data["moment"], _findings(d.data["found"]), d.data["corrects"])
            for d in life.of("visit")
            if d.data["home"] in members
        ),
        tuple(_capable(life, members)),
        tuple(
            SignUpFact(d.entered_on, frozenset(key for key, answer in d.data["answers"].items() if answer == "co"))
            for d in life.of("sign up")
            if d.data["home"] in members
        ),
        tuple(_decisions(life, members)),
    )


def _stays(life: Life) -> dict[int, list[Stay]]:
    stays: dict[int, list[Stay]] = {}
    for deed in life.deeds:
        data = deed.data
        if deed.what in {"list", "sign up"}:
            stays[data["home"]] = [Stay(data["village"], data.get("since", deed.entered_on))]
        elif deed.what == "split":
            stays[data["new"]] = [Stay(stays[data["home"]][-1].village, data["day"])]
        elif deed.what == "move":
            stays[data["home"]].append(Stay(data["village"], data["day"]))
    return stays


def _findings(found: Any) -> tuple[FindingFact, ...]:
    return tuple(
        FindingFact(key, Result(result), Basis(basis) if basis else None) for key, (result, basis) in found.items()
    )


def _capable(life: Life, members: set[int]) -> list[CapableFact]:
    said = []
    for number, deed in enumerate(life.deeds):
        data = deed.data
        if deed.what in {"list", "sign up"} and data["home"] in members and data["who"] != "chua-ro":
            day = data.get("since", deed.entered_on)
            said.append(CapableFact(day, number, CapableMember(data["who"]), Basis.TOLD))
        elif deed.what == "capable" and data["home"] in members:
            basis = Basis(data["basis"]) if data["basis"] else None
            said.append(CapableFact(data["day"], number, CapableMember(data["who"]), basis))
    return said


def _decisions(life: Life, members: set[int]) -> list[DecisionFact]:
    found = []
    for number, deed in enumerate(life.deeds):
        data = deed.data
        if deed.what == "decide" and members.intersection(data["homes"]):
            kind = DecisionKind.RECOGNISE
        elif deed.what == "revoke" and data["home"] in members:
            kind = DecisionKind.REVOKE
        else:
            continue
        found.append(DecisionFact(data["day"], (number, 0), TITLE, data["year"], kind))
    return found
