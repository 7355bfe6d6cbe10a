"""The register as the office reads it: a list that scales flat, and one household with all that is known of it."""

from dataclasses import dataclass
from functools import cached_property

from django.db import models
from django.db.models import Exists, OuterRef, Q

from portal.core.codes import CodeRefused, read_numbered_code
from portal.households.enums import OPEN_HELP_STATES, CapableMember
from portal.households.models import HelpRequest, Household
from portal.households.models.household import CODE_PREFIX, HouseholdQuerySet

PAGE_SIZE = 50
#: Counting stops here: what a clerk needs is whether to narrow the search.
COUNT_UP_TO = 1000


class ListState(models.TextChoices):
    """What a clerk looks for in the list."""

    UNSEEN = "chua-tham", "chưa thăm"
    PASSING = "du-dieu-kien", "đủ điều kiện"
    OPEN = "con-viec", "còn việc"
    WAITING = "cho-giup", "đang chờ giúp"
    NOBODY = "chua-ai-biet", "chưa có ai dùng được dịch vụ số"
    LEFT = "thoi-o-so", "đã thôi ở sổ"


@dataclass(frozen=True)
class RegisterQuery:
    """A filtered page of the register, by given name in Vietnamese order. Pages follow a key, never an offset."""

    village: int | None = None
    state: str = ""
    words: str = ""
    after: int | None = None

    @cached_property
    def found(self) -> HouseholdQuerySet:
        """All that answers the filter."""
        if self._of_code is not None:
            return Household.objects.filter(pk=self._of_code)
        rows = Household.objects.filter(survivor=None, listed_to__isnull=self.state != ListState.LEFT)
        if self.village is not None:
            rows = rows.filter(village=self.village)
        return rows.filter(_condition(self.state)).matching(self.words)

    @cached_property
    def _of_code(self) -> int | None:
        """A whole code finds its household whatever else is chosen; one that was merged away finds the survivor."""
        try:
            code = read_numbered_code(CODE_PREFIX, self.words)
        except CodeRefused:
            return None
        return Household.objects.filter(code=code).values_list("root_id", flat=True).first()

    @cached_property
    def _rows(self) -> list[Household]:
        rows = self.found.select_related("village").order_by("sort_key", "pk")
        start = Household.objects.filter(pk=self.after).values_list("sort_key", "pk").first() if self.after else None
        if start is not None:
            key, pk = start
            rows = rows.filter(Q(sort_key__gt=key) | Q(pk__gt=pk), sort_key__gte=key)
        return list(rows[: PAGE_SIZE + 1])

    @property
    def households(self) -> list[Household]:
        """The households of this page."""
        return self._rows[:PAGE_SIZE]

    @property
    def next_after(self) -> int | None:
        """The key after which the next page begins."""
        return self._rows[PAGE_SIZE - 1].pk if len(self._rows) > PAGE_SIZE else None

    @cached_property
    def count(self) -> str:
        """How many there are, or that there are more than one cares to count."""
        if self.after is None and self.next_after is None:
            return str(len(self._rows))
        number = self.found.order_by().values("pk")[: COUNT_UP_TO + 1].count()
        return "hơn 1.000" if number > COUNT_UP_TO else f"{number:,}".replace(",", ".")


def _condition(state: str) -> Q:
    waiting = HelpRequest.objects.filter(household__root=OuterRef("pk"), state__in=OPEN_HELP_STATES)
    conditions = {
        ListState.UNSEEN: Q(last_visited_on=None),
        ListState.PASSING: Q(is_passing=True),
        ListState.OPEN: Q(is_passing=False),
        ListState.WAITING: Q(Exists(waiting)),
        ListState.NOBODY: Q(capable_member__in=[CapableMember.NONE, CapableMember.UNKNOWN]),
    }
    return conditions.get(ListState(state), Q()) if state in ListState.values else Q()
