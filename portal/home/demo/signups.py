"""Sign-ups of the sample: one training that is to come, with seats asked for; one that is over, with its report."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID, uuid5

from django.utils import timezone

from portal.campaign.models import ActivityPage, Signup
from portal.campaign.services.signups import Wish, note_who_came, sign_up
from portal.core.models import User
from portal.households.enums import ActivityKind
from portal.households.models import Household
from portal.households.services.activities import ActivityEntry, record_activity

COMING, OVER = "hoat-dong/tap-huan-tra-tien-thon-2", "hoat-dong/tap-huan-tra-tien-thon-3"
#: How many people of one family after the other.
PEOPLE = (2, 1, 3, 1, 2, 2, 1, 4, 2, 1)
NAMESPACE = UUID("5d0c52d5-7d6c-4b7e-9a55-6f5f7a3c1d11")
#: Every so many-th family did not come after all.
STAYED_AWAY = 5
CAME = 18


def add_signups(pages: Mapping[str, int], officer: User) -> None:
    """Through the services that families and teams use."""
    # In memory only: the account itself stays shut.
    officer.is_active = True
    coming = ActivityPage.objects.get(pk=pages[COMING])
    _sign_up(coming)
    name = Wish(uuid5(NAMESPACE, "tên"), people=2, name="Bà M. (mẫu)", village_id=coming.village_id)
    sign_up(activity=coming, wish=name, now=timezone.now())
    over = ActivityPage.objects.select_related("village").get(pk=pages[OVER])
    codes = [signup.code for signup in _sign_up(over)]
    came = [code for number, code in enumerate(codes, start=1) if number % STAYED_AWAY]
    note_who_came(activity=over, shown=codes, came=came, by=officer)
    _report(over, officer)


def _sign_up(activity: ActivityPage) -> list[Signup]:
    families = Household.objects.listed().filter(village=activity.village).order_by("pk")[: len(PEOPLE)]
    before = activity.starts_at - timedelta(hours=1)
    return [
        sign_up(
            activity=activity,
            wish=Wish(uuid5(NAMESPACE, f"{activity.slug} {number}"), people=people, household=family),
            now=before,
        )
        for number, (family, people) in enumerate(zip(families, PEOPLE, strict=False))
    ]


def _report(activity: ActivityPage, officer: User) -> None:
    if activity.village is None:
        return
    entry = ActivityEntry(
        token=uuid5(NAMESPACE, "báo cáo"),
        village=activity.village,
        held_on=timezone.localtime(activity.starts_at).date(),
        kind=ActivityKind.TRAINING,
        topic="Mở mã nhận tiền, in ra bìa cứng, nghe báo tiền vào",
        place=activity.place,
        people_count=CAME,
        men_count=6,
        women_count=CAME - 6,
        elder_count=7,
        page_id=activity.pk,
    )
    record_activity(entry=entry, by=officer)
