"""A history played through the services, each deed on its own day."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import uuid4

import time_machine

from portal.core.models import User
from portal.households.enums import (
    Basis,
    CapableMember,
    Channel,
    EventKind,
    ProposalState,
    Purpose,
    Result,
    SelfAnswer,
    Title,
)
from portal.households.models import CriteriaSet, Decision, Household, Merge, Village
from portal.households.permissions import OFFICER_GROUP
from portal.households.services.capable import state_capable_member
from portal.households.services.criteria import activate_criteria_set
from portal.households.services.decisions import Line, Paper, recognise_households, revoke_recognitions
from portal.households.services.households import (
    HouseholdChangeRefused,
    create_household,
    move_household,
    split_household,
    strike_off,
)
from portal.households.services.merging import merge_households, undo_merge
from portal.households.services.registrations import Application, register_household
from portal.households.services.visits import Outcome, VisitReport, record_visits
from tests.communes.life import HANOI, VILLAGES, Deed, Life
from tests.factories.core import UserFactory
from tests.factories.households import (
    CandidateFactory,
    CriteriaSetFactory,
    CriterionFactory,
    ProposalFactory,
    VillageFactory,
)
from tests.factories.progress import ActivityReportFactory


@dataclass
class Commune:
    """The rows that the history's numbers stand for."""

    villages: dict[int, Village]
    by: User
    homes: dict[int, int] = field(default_factory=dict)
    decisions: dict[int, Decision] = field(default_factory=dict)

    def home(self, number: int) -> Household:
        return Household.objects.get(pk=self.homes[number])


def live_through(life: Life, after_each: Callable[[], None] = lambda: None) -> Commune:
    villages = {pk: VillageFactory(number=pk + 1, valid_from=date(2025, 7, 1)) for pk in VILLAGES}
    commune = Commune(villages, UserFactory(groups=[OFFICER_GROUP]))
    for deed in life.deeds:
        evening = datetime.combine(deed.entered_on, time(23, 55), HANOI)
        with time_machine.travel(evening, tick=False):
            DOINGS[deed.what](commune, deed)
            after_each()
    return commune


def _list(commune: Commune, deed: Deed) -> None:
    data = deed.data
    made = create_household(
        village=commune.villages[data["village"]],
        head_name=f"Phạm Văn Mẫu {data['home']}",
        details={"capable_member": CapableMember(data["who"])},
        listed_from=data["since"],
        channel=Channel.TEAM,
        by=commune.by,
    )
    commune.homes[data["home"]] = made.pk


def _sign_up(commune: Commune, deed: Deed) -> None:
    data = deed.data
    application = Application(
        token=uuid4(),
        village=commune.villages[data["village"]],
        head_name=f"Phạm Văn Mẫu {data['home']}",
        details={"capable_member": CapableMember(data["who"])},
        answers={key: SelfAnswer(answer) for key, answer in data["answers"].items()},
        consents=(Purpose.REGISTER,),
    )
    commune.homes[data["home"]] = Household.objects.get(code=register_household(application=application).code).pk


def _move(commune: Commune, deed: Deed) -> None:
    data = deed.data
    home, village = commune.home(data["home"]), commune.villages[data["village"]]
    try:
        move_household(household=home, village=village, happened_on=data["day"], by=commune.by)
    except HouseholdChangeRefused:
        assert home.village == village  # it lives there already, which changes nothing


def _split(commune: Commune, deed: Deed) -> None:
    data = deed.data
    made = split_household(
        household=commune.home(data["home"]),
        head_name=f"Phạm Thị Mẫu {data['new']}",
        details={},
        happened_on=data["day"],
        by=commune.by,
    )
    commune.homes[data["new"]] = made.pk


def _strike(commune: Commune, deed: Deed) -> None:
    home = commune.home(deed.data["home"])
    strike_off(household=home, kind=EventKind.DISSOLVED, happened_on=deed.data["day"], by=commune.by, reason="Thử")


def _merge(commune: Commune, deed: Deed) -> None:
    kept, gone = commune.home(deed.data["kept"]), commune.home(deed.data["gone"])
    merge_households(survivor=kept, absorbed=gone, by=commune.by)


def _unmerge(commune: Commune, deed: Deed) -> None:
    merge = Merge.objects.get(absorbed=commune.homes[deed.data["gone"]], undone_at=None)
    undo_merge(merge=merge, by=commune.by)


def _visit(commune: Commune, deed: Deed) -> None:
    data = deed.data
    report = VisitReport(
        client_id=data["id"],
        code=commune.home(data["home"]).code,
        visited_at=data["moment"],
        criteria_set_id=CriteriaSet.objects.earliest("pk").pk,
        findings={
            key: (Result(result), Basis(basis) if basis else None) for key, (result, basis) in data["found"].items()
        },
        corrects=data["corrects"],
    )
    [answer] = record_visits(reports=[report], by=commune.by)
    assert answer.outcome == Outcome.RECORDED, answer.message


def _say_capable(commune: Commune, deed: Deed) -> None:
    data = deed.data
    state_capable_member(
        household=commune.home(data["home"]),
        who=CapableMember(data["who"]),
        said_on=data["day"],
        basis=Basis(data["basis"]) if data["basis"] else None,
        by=commune.by,
    )


def _decide(commune: Commune, deed: Deed) -> None:
    homes = [commune.home(pk) for pk in deed.data["homes"]]
    proposal = ProposalFactory(village=homes[0].village, state=ProposalState.ACCEPTED, year=deed.data["year"])
    for home in homes:
        CandidateFactory(proposal=proposal, household=home)
    made = recognise_households(paper=_paper(deed), proposals=[proposal], by=commune.by)
    commune.decisions.update(dict.fromkeys(deed.data["homes"], made))


def _revoke(commune: Commune, deed: Deed) -> None:
    number = deed.data["home"]
    home = commune.home(number)
    line = Line(home, home.head_name, home.village.name, "Thử")
    revoke_recognitions(paper=_paper(deed), amends=commune.decisions[number], lines=[line], by=commune.by)


def _paper(deed: Deed) -> Paper:
    number = f"{Decision.objects.count() + 1:02d}/QĐ-UBND"
    return Paper(
        number, deed.data["day"], "Người ký (mẫu)", "CHỦ TỊCH", "Căn cứ.", Title.DIGITAL_FAMILY, deed.data["year"]
    )


def _new_criteria(commune: Commune, deed: Deed) -> None:
    made = CriteriaSetFactory(valid_from=deed.data["since"], pass_minimum=deed.data["minimum"])
    for position, (key, keys, mandatory) in enumerate(deed.data["rule"], start=1):
        uses: Any = [[one.removeprefix(key), one] for one in keys if one != key]
        CriterionFactory(criteria_set=made, position=position, key=key, uses=uses, is_mandatory=mandatory)
    activate_criteria_set(criteria_set=made, by=commune.by)


def _close_village(commune: Commune, deed: Deed) -> None:
    village = commune.villages[deed.data["village"]]
    village.valid_to, village.successor = deed.data["day"], commune.villages[deed.data["successor"]]
    village.save()


def _hold_activity(commune: Commune, deed: Deed) -> None:
    ActivityReportFactory(village=commune.villages[deed.data["village"]], held_on=deed.data["day"])


DOINGS: dict[str, Callable[[Commune, Deed], None]] = {
    "list": _list,
    "sign up": _sign_up,
    "move": _move,
    "split": _split,
    "strike": _strike,
    "merge": _merge,
    "unmerge": _unmerge,
    "visit": _visit,
    "capable": _say_capable,
    "decide": _decide,
    "revoke": _revoke,
    "criteria": _new_criteria,
    "close village": _close_village,
    "activity": _hold_activity,
}
