"""The register as the office reads it: a list that scales flat, and one household with all that is known of it."""

from dataclasses import dataclass
from functools import cached_property

from django.db import models
from django.db.models import Q

from portal.core.codes import CodeRefused, read_numbered_code
from portal.households.enums import CapableMember
from portal.households.models import Household
from portal.households.models.household import CODE_PREFIX, HouseholdQuerySet, typed_words
from portal.households.selectors.word_lists import WordLists, word_lists

PAGE_SIZE = 50
#: Counting stops here, in a list and in a search: what a clerk needs is whether to narrow it.
COUNT_UP_TO, COUNT_FOUND_UP_TO = 1000, 100
SHORT_TAIL = 3


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
        return self._placed.matching(self.words, in_order=self._is_walked)

    @property
    def _is_walked(self) -> bool:
        """Few wait for help; and three digits stand in so many phones and codes that the first page is soon full."""
        typed = typed_words(self.words)
        return self.state == ListState.WAITING or all(word.isdigit() and len(word) <= SHORT_TAIL for word in typed)

    @cached_property
    def _placed(self) -> HouseholdQuerySet:
        rows = Household.objects.filter(survivor=None, listed_to__isnull=self.state != ListState.LEFT)
        if self.village is not None:
            rows = rows.filter(village=self.village)
        return rows.filter(_condition(self.state))

    @cached_property
    def _of_code(self) -> list[int] | None:
        """A whole code finds its household whatever else is chosen; one that was merged away finds the survivor."""
        try:
            code = read_numbered_code(CODE_PREFIX, self.words)
        except CodeRefused:
            return None
        return list(Household.objects.filter(code=code).values_list("root_id", flat=True)) or None

    @cached_property
    def _lists(self) -> WordLists | None:
        # These two are few, and have indexes of their own.
        if self.state in {ListState.LEFT, ListState.WAITING}:
            return None
        among = Household.objects.filter(_condition(self.state)) if self.state in ListState.values else None
        return word_lists(typed_words(self.words), self.village, among)

    def _keys(self, limit: int, after: tuple[str, int] | None = None) -> list[int]:
        """The first so many after that place, in order."""
        if self._of_code is not None:
            return self._of_code
        if self._lists is not None:
            return self._lists.households(limit, after)
        rows = self.found.order_by("sort_key", "pk")
        if after is not None:
            key, pk = after
            rows = rows.filter(Q(sort_key__gt=key) | Q(pk__gt=pk), sort_key__gte=key)
        return list(rows.values_list("pk", flat=True)[:limit])

    @cached_property
    def _top(self) -> list[int]:
        """As many from the top as are counted; the first page is among them."""
        return self._keys(self._most + 1)

    @property
    def _most(self) -> int:
        return COUNT_FOUND_UP_TO if self.words else COUNT_UP_TO

    @cached_property
    def _rows(self) -> list[Household]:
        start = Household.objects.filter(pk=self.after).values_list("sort_key", "pk").first() if self.after else None
        # Keys first: an index alone gives them in order, and only the households of the page are read.
        keys = self._keys(PAGE_SIZE + 1, start) if start else self._top[: PAGE_SIZE + 1]
        return list(Household.objects.filter(pk__in=keys).select_related("village").order_by("sort_key", "pk"))

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
        number = len(self._top)
        return f"hơn {_written(self._most)}" if number > self._most else _written(number)


def _written(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _condition(state: str) -> Q:
    conditions = {
        ListState.UNSEEN: Q(last_visited_on=None),
        ListState.PASSING: Q(is_passing=True),
        ListState.OPEN: Q(is_passing=False),
        ListState.WAITING: Q(is_waiting=True),
        ListState.NOBODY: Q(capable_member__in=[CapableMember.NONE, CapableMember.UNKNOWN]),
    }
    return conditions.get(ListState(state), Q()) if state in ListState.values else Q()
