"""Sign-ups for trainings: where each stands, and what a desk may see of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from portal.campaign.enums import SignupState
from portal.campaign.models import ActivityPage, Signup
from portal.campaign.seating import Seating, seatings_of, seats_left
from portal.core.models import User
from portal.core.phones import masked
from portal.core.templatetags.portal_tags import short_date
from portal.households.permissions import villages_of

#: How long a session that is over stays on the desk.
SHOWN_AFTER = timedelta(days=45)


@dataclass(frozen=True)
class Seats:
    """Seats of a session as everybody may know them."""

    total: int
    left: int
    waiting: int


@dataclass(frozen=True)
class Line:
    """One sign-up and where it stands."""

    signup: Signup
    seating: Seating

    @property
    def is_waiting(self) -> bool:
        """Whether it waits for a seat."""
        return self.seating.state == SignupState.WAITING

    @property
    def masked_phone(self) -> str:
        """The phone for lists; the whole one is a look that is logged."""
        return masked(self.signup.phone)

    @property
    def called(self) -> str:
        """Who comes: the name that was written, else the head of the household."""
        household = self.signup.household
        return self.signup.name or (household.head_name if household else "đã xóa tên")


def takes_signups(activity: ActivityPage, now: datetime) -> bool:
    """Seats are given out until the session begins; not for one that is put off or that has no seats to give."""
    return bool(activity.live and activity.seats and not activity.is_cancelled and now < activity.starts_at)


def activity_at(slug: str) -> ActivityPage | None:
    """The public activity behind an address."""
    return ActivityPage.objects.live().select_related("village").filter(slug=slug).first()


def signup_of(token: UUID) -> Signup | None:
    """The sign-up that this form made, if it arrived."""
    return Signup.objects.select_related("activity__village").filter(token=token).first()


def signup_of_code(code: str) -> Signup | None:
    """The sign-up behind a code."""
    return Signup.objects.select_related("activity__village").filter(code=code).first()


def seatings(activity: ActivityPage) -> dict[int, Seating]:
    """{sign-up: where it stands} of all that were not cancelled."""
    rows = Signup.objects.filter(activity=activity, cancelled_at=None).values_list("pk", "people")
    return seatings_of(rows, activity.seats or 0)


def seating_of(signup: Signup) -> Seating:
    """Where this one stands."""
    return seatings(signup.activity).get(signup.pk, Seating(SignupState.CANCELLED))


def seats_of(activity: ActivityPage) -> Seats | None:
    """How many seats there are and are left; None where none are given out."""
    if not activity.seats:
        return None
    rows = list(Signup.objects.filter(activity=activity, cancelled_at=None).values_list("pk", "people"))
    places = seatings_of(rows, activity.seats)
    waiting = sum(place.state == SignupState.WAITING for place in places.values())
    return Seats(activity.seats, seats_left(activity.seats, sum(people for _pk, people in rows)), waiting)


def desk_activities() -> QuerySet[ActivityPage]:
    """Sessions with seats that are to come or lately over, the next one first."""
    with_seats = Q(seats__gt=0) | Q(pk__in=Signup.objects.values("activity"))
    rows = ActivityPage.objects.live().filter(with_seats, ends_at__gte=timezone.now() - SHOWN_AFTER)
    people = Sum("signups__people", filter=Q(signups__cancelled_at=None))
    return rows.select_related("village").annotate(people_count=people).order_by("starts_at")


def lines_for(user: User, activity: ActivityPage) -> list[Line]:
    """Sign-ups of the villages that this account looks after, in order of arrival; places count everybody."""
    places = seatings(activity)
    rows = Signup.objects.filter(activity=activity, cancelled_at=None, village__in=villages_of(user))
    return [Line(row, places[row.pk]) for row in rows.select_related("household", "village") if row.pk in places]


def come_count(lines: list[Line]) -> int:
    """How many people of these sign-ups came."""
    return sum(line.signup.people for line in lines if line.signup.has_come)


def told_signups(root: int) -> list[str]:
    """A line for each sign-up, for the family's own copy."""
    rows = Signup.objects.filter(household__root=root).select_related("activity")
    return [
        f"{row.code}: {row.activity.title}, {short_date(row.activity.starts_at)}, {row.people} người"
        f"{', đã thôi' if row.cancelled_at else ''}"
        for row in rows
    ]
