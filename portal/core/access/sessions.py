"""On which machines staff are signed in, and the end of it."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from portal.core.access.factors import has_factor_of, must_have_factor_of
from portal.core.access.network import device_of, network_of
from portal.core.audit import record
from portal.core.models import EndReason, StaffSession, User
from portal.core.outages import outage_of

SESSION_KEY = "phien"
#: A session is marked as used at most this often: reading pages costs no write.
MARK_EVERY = timedelta(minutes=5)
#: Ended sessions stay long enough to answer “who was in last month”.
KEPT_FOR = timedelta(days=90)


def idle_limit() -> timedelta:
    """How long a machine may be left alone before it asks for the password again."""
    return timedelta(hours=settings.STAFF_SESSION_IDLE_HOURS)


def age_limit() -> timedelta:
    """How long one sign-in lasts at most, however busy the machine is."""
    return timedelta(days=settings.STAFF_SESSION_DAYS)


def begin_session(request: HttpRequest, user: User) -> StaffSession:
    """The password was right: from now on this browser stands in the list."""
    now = timezone.now()
    session = StaffSession.objects.create(
        user=user, started_at=now, seen_at=now, network=network_of(request), device=device_of(request)
    )
    request.session[SESSION_KEY] = str(session.number)
    # What nobody's session held until now was to be kept for a short time only.
    request.session.set_expiry(None)
    return session


def session_of(request: HttpRequest, user: User) -> StaffSession | None:
    """The open, fresh session of this browser, with `has_factor` and `must_have_factor`; one query.

    A browser whose password was changed elsewhere never gets here: Django itself has signed it out. So a session that
    is marked as ended by a new password, and still arrives, is the one in which it was changed.
    """
    number = number_of(request)
    if number is None:
        return None
    now = timezone.now()
    return (
        StaffSession.objects.filter(Q(ended_at=None) | Q(ended_because=EndReason.PASSWORD), number=number, user=user)
        .filter(seen_at__gt=now - idle_limit(), started_at__gt=now - age_limit())
        .annotate(has_factor=has_factor_of("user_id"), must_have_factor=must_have_factor_of("user_id"))
        .first()
    )


def mark_seen(session: StaffSession) -> None:
    """It is in use; written down now and then."""
    now = timezone.now()
    if session.ended_at is not None:
        StaffSession.objects.filter(pk=session.pk).update(ended_at=None, ended_because="", seen_at=now)
    elif session.seen_at < now - MARK_EVERY:
        try:
            StaffSession.objects.filter(pk=session.pk, ended_at=None).update(seen_at=now)
        except DatabaseError as error:
            # While nothing can be written, staff can still read; the session only ends the sooner for it.
            if outage_of(error) is None:
                raise


def mark_verified(request: HttpRequest) -> None:
    """The second step was passed in this browser."""
    StaffSession.objects.filter(pk__in=filter(None, [number_of(request)])).update(verified_at=timezone.now())
    # A number that was on this machine before the second step opens nothing after it.
    request.session.cycle_key()


def open_sessions(user: User) -> QuerySet[StaffSession]:
    """Machines on which the account is signed in now, the last used first."""
    now = timezone.now()
    fresh = {"seen_at__gt": now - idle_limit(), "started_at__gt": now - age_limit()}
    return StaffSession.objects.filter(user=user, ended_at=None, **fresh)


def end_sessions(
    *, user: User, because: EndReason, by: User | None = None, only: UUID | None = None, spare: UUID | None = None
) -> int:
    """End all sessions of the account, or only one, or all but one; how many were open."""
    sessions = StaffSession.objects.filter(user=user, ended_at=None)
    if only is not None:
        sessions = sessions.filter(pk=only)
    if spare is not None:
        sessions = sessions.exclude(pk=spare)
    count = sessions.update(ended_at=timezone.now(), ended_because=because)
    if count and because in {EndReason.REVOKED, EndReason.DISABLED}:
        record("account.sessions_end", by=by, subject=user.username, data={"sessions": count})
    return count


def number_of(request: HttpRequest) -> UUID | None:
    """Which session this browser is in."""
    try:
        return UUID(str(request.session.get(SESSION_KEY, "")))
    except ValueError:
        return None


def close_stale_sessions() -> int:
    """Note the end of those left alone, and delete what is older than anybody asks for; how many were deleted."""
    now = timezone.now()
    stale = Q(seen_at__lte=now - idle_limit()) | Q(started_at__lte=now - age_limit())
    StaffSession.objects.filter(stale, ended_at=None).update(ended_at=now, ended_because=EndReason.IDLE)
    return StaffSession.objects.filter(ended_at__lt=now - KEPT_FOR).delete()[0]
