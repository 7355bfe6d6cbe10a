"""Accounts that begin, end and lie idle."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from portal.core.access.sessions import end_sessions
from portal.core.audit import record
from portal.core.models import EndReason, User

#: Who answers for the accounts; named by a migration.
ADMINISTRATOR_GROUP = "Quản trị"
IDLE_DAYS = 45
#: Said on the administrators' home for this long.
TOLD_FOR = timedelta(days=14)


class LastAdministrator(Exception):
    """Nobody would be left who can open an account again; the message is what the clerk reads."""


def administrators() -> QuerySet[User]:
    """Accounts in use that can open other accounts."""
    return User.objects.filter(Q(is_superuser=True) | Q(groups__name=ADMINISTRATOR_GROUP), is_active=True).distinct()


def is_last_administrator(user: User) -> bool:
    """Whether all other accounts cannot help any more once this one is closed."""
    others = administrators().exclude(pk=user.pk)
    return administrators().filter(pk=user.pk).exists() and not others.exists()


@transaction.atomic
def close_account(*, user: User, by: User | None, reason: str) -> None:
    """Nobody signs in with it any more, and whoever is in is out. The name stays with what was done."""
    if is_last_administrator(user):
        raise LastAdministrator("Đây là quản trị viên cuối cùng. Trao quyền quản trị cho người khác trước.")
    user.is_active = False
    user.save(update_fields=["is_active"])
    record("account.close", by=by, subject=user.username, reason=reason)


def last_used() -> Greatest:
    """When the account was last signed in, opened again or made, for use inside a query."""
    return Greatest(Coalesce("last_login", "date_joined"), Coalesce("active_since", "date_joined"), "date_joined")


def idle_accounts(*, now: datetime | None = None, days: int = IDLE_DAYS) -> list[User]:
    """Accounts that nobody used for so many days, longest idle first; the last administrator is never among them."""
    limit = (now or timezone.now()) - timedelta(days=days)
    used = User.objects.filter(is_active=True).annotate(used_at=last_used())
    idle: list[User] = [*used.filter(used_at__lte=limit).order_by("used_at")]
    keepers = set(administrators().values_list("pk", flat=True))
    if keepers and keepers <= {user.pk for user in idle}:
        newest = next(user for user in reversed(idle) if user.pk in keepers)
        idle.remove(newest)
    return idle


@transaction.atomic
def close_idle_accounts() -> list[User]:
    """Close what idle_accounts() finds; a line in the log for each."""
    closed = idle_accounts()
    for user in closed:
        close_account(user=user, by=None, reason=f"{IDLE_DAYS} ngày không đăng nhập")
        User.objects.filter(pk=user.pk).update(closed_for_idleness=True)
    return closed


def lately_closed() -> QuerySet[User]:
    """Accounts that were closed because nobody used them, for the administrators' home."""
    recent = timezone.now() - TOLD_FOR
    return User.objects.filter(is_active=False, closed_for_idleness=True, closed_at__gt=recent).order_by("closed_at")


def without_factor() -> QuerySet[User]:
    """Accounts whose role wants the second step and that have not set it up."""
    from portal.core.access.factors import has_factor_of, must_have_factor_of

    owing = User.objects.filter(is_active=True).filter(Q(is_superuser=True) | must_have_factor_of("pk"))
    return owing.exclude(has_factor_of("pk")).order_by("username") if settings.SECOND_FACTOR_REQUIRED else owing.none()


def note_changes(sender: type[User], instance: User, **kwargs: Any) -> None:
    """Signal pre_save: keep the days on which an account was opened and closed, and end what was open."""
    fields = kwargs.get("update_fields")
    if instance.pk is None or (fields is not None and not {"is_active", "password"} & set(fields)):
        return
    before = sender.objects.filter(pk=instance.pk).values_list("is_active", "password").first()
    if before is None:
        return
    was_active, password = before
    days: dict[str, Any] = {}
    if was_active and not instance.is_active:
        days = {"closed_at": timezone.now(), "closed_for_idleness": False}
        end_sessions(user=instance, because=EndReason.DISABLED)
    elif instance.is_active and not was_active:
        days = {"active_since": timezone.now(), "closed_at": None, "closed_for_idleness": False}
    if days:
        vars(instance).update(days)
        sender.objects.filter(pk=instance.pk).update(**days)
    if instance.password != password:
        end_sessions(user=instance, because=EndReason.PASSWORD)
