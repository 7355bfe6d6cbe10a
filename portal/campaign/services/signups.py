"""A family wants to come to a training: one form is one sign-up, and the order of arrival decides about seats."""

import hmac
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from portal.campaign.enums import EntryChannel
from portal.campaign.models import ActivityPage, Signup
from portal.campaign.models.signups import SIGNUP_PREFIX
from portal.campaign.selectors.signups import signup_of, signup_of_code, takes_signups
from portal.core.audit import record
from portal.core.codes import drawn_code
from portal.core.models import User
from portal.core.text import fold
from portal.core.tries import Tries
from portal.households.models import Household
from portal.households.permissions import villages_of
from portal.households.services.secret_numbers import secret_of_token

#: Standing sign-ups of one family for one session: a shared phone and a helper make a second one normal.
MAX_PER_FAMILY = 2
#: Families that may wait; behind so many nobody gets a seat any more.
MAX_WAITING = 100
#: Names and phones are of no use any more once the session's report is long written.
KEPT_FOR = timedelta(days=90)
TRIES = "thu-so-bi-mat-dang-ky"
LOCKED = "Nhập sai nhiều lần. Xin đợi 15 phút rồi thử lại; mã và số bí mật in trên giấy nhận."


class SignupRefused(Exception):
    """No seat can be asked for, or given back, now; the message is what people read."""


@dataclass(frozen=True)
class Wish:
    """A sign-up form, read and checked: a household of the register, or a name and a village."""

    token: UUID
    people: int
    household: Household | None = None
    name: str = ""
    village_id: int | None = None
    phone: str = ""


@transaction.atomic
def sign_up(*, activity: ActivityPage, wish: Wish, now: datetime, by: User | None = None) -> Signup:
    """Take the wish and return what is committed; the same form again returns the same row. Raises SignupRefused."""
    # The session's row is the lock: who came first is who stands first, and nobody's place moves back afterwards.
    locked = ActivityPage.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    known = signup_of(wish.token)
    if known is not None:
        return known
    if not takes_signups(locked, now):
        raise SignupRefused("Buổi này không nhận đăng ký nữa. Mời nhà mình xem buổi khác.")
    _check_limits(locked, wish)
    root = (wish.household.root or wish.household) if wish.household else None
    signup = Signup(
        token=wish.token,
        code=drawn_code(SIGNUP_PREFIX),
        activity=locked,
        household=root,
        name=wish.name,
        village_id=root.village_id if root else wish.village_id,
        phone=wish.phone,
        people=wish.people,
        channel=EntryChannel.PAPER if by else EntryChannel.WEB,
        signed_up_by=by,
    )
    try:
        with transaction.atomic():
            signup.save(force_insert=True)
    except IntegrityError as error:
        known = signup_of(wish.token)
        if known is None:
            raise SignupRefused("Chưa ghi được. Xin bấm lần nữa; chữ đã điền vẫn còn.") from error
        return known
    if by is not None:
        record("signup.make", by=by, subject=signup.code)
    return signup


def _check_limits(activity: ActivityPage, wish: Wish) -> None:
    standing = Signup.objects.filter(activity=activity, cancelled_at=None)
    if wish.household is not None:
        own = standing.filter(household__root=wish.household.root_id or wish.household.pk).count()
    else:
        names = standing.filter(household=None, village=wish.village_id).values_list("name", flat=True)
        own = sum(fold(name) == fold(wish.name) for name in names)
    if own >= MAX_PER_FAMILY:
        raise SignupRefused(f"Nhà mình đã đăng ký buổi này {own} lần rồi. Muốn đổi thì mở giấy nhận cũ.")
    if standing.count() >= (activity.seats or 0) + MAX_WAITING:
        raise SignupRefused("Danh sách chờ đã dài quá. Mời nhà mình đăng ký buổi khác, hoặc nhờ tổ đến nhà.")


def secret_of_signup(signup: Signup) -> str:
    """The six digits on its receipt; derived, never stored."""
    return secret_of_token(f"dang-ky-cho {signup.token}")


def cancel_with_secret(*, code: str, typed: str, address: str, now: datetime) -> Signup:
    """The family gives its place back; done again it stays given back. Raises SignupRefused.

    A code that nobody has is counted and answered like a wrong secret.
    """
    of_code, from_here = Tries(f"{TRIES}.{code}"), Tries.from_address(TRIES, address)
    if not (of_code.left and from_here.left):
        raise SignupRefused(LOCKED)
    signup = signup_of_code(code)
    digits = "".join(char for char in typed if char.isascii() and char.isdigit())
    if signup is None or not hmac.compare_digest(secret_of_signup(signup), digits):
        from_here.miss()
        left = of_code.miss()
        raise SignupRefused(f"Số bí mật chưa khớp. Còn {left} lần thử." if left else LOCKED)
    of_code.forget()
    return cancel_signup(signup=signup, now=now)


@transaction.atomic
def cancel_signup(*, signup: Signup, now: datetime, by: User | None = None) -> Signup:
    """The next family moves up by itself: places follow from the order of those who stay."""
    locked = Signup.objects.select_for_update(of=("self",)).select_related("activity__village").get(pk=signup.pk)
    if locked.cancelled_at is not None:
        return locked
    if now >= locked.activity.starts_at:
        raise SignupRefused("Buổi này đã bắt đầu, không cần thôi nữa.")
    locked.cancelled_at = now
    locked.save(update_fields=["cancelled_at"])
    record("signup.cancel", by=by, subject=locked.code)
    return locked


@transaction.atomic
def note_who_came(*, activity: ActivityPage, shown: Collection[str], came: Collection[str], by: User) -> int:
    """Of the sign-ups on the sheet, who was there; returns how many. Only those within the account's reach."""
    if timezone.now() < activity.starts_at:
        raise SignupRefused("Buổi này chưa bắt đầu nên chưa ghi ai đến được.")
    rows = Signup.objects.select_for_update(of=("self",)).filter(
        activity=activity, cancelled_at=None, code__in=shown, village__in=villages_of(by)
    )
    number = 0
    for row in rows:
        row.has_come = row.code in came
        row.save(update_fields=["has_come"])
        number += row.has_come
    record("signup.attendance", by=by, subject=f"buổi {activity.pk}", data={"came": number})
    return number


@transaction.atomic
def erase_old_signups() -> int:
    """Names, phones and households of sessions long over; how many rows. Village and numbers stay for the figures."""
    named = ~Q(name="") | ~Q(phone="") | Q(household__isnull=False)
    old = Signup.objects.filter(named, activity__ends_at__lt=timezone.now() - KEPT_FOR)
    count = old.update(name="", phone="", household=None)
    if count:
        record("signup.expire", by=None, data={"signups": count})
    return count


def erase_signups_of_family(root: int) -> None:
    """Part of the register's erasure; a place that was still to come is given back."""
    rows = Signup.objects.filter(household__root=root)
    rows.filter(cancelled_at=None, activity__starts_at__gt=timezone.now()).update(cancelled_at=timezone.now())
    rows.update(name="", phone="", household=None)
