"""Slows down whoever guesses passwords or codes, without ever locking the account itself.

Three things are counted over the last hour: wrong tries on this account from this place, wrong tries on this account
from all strange places, wrong tries on any account from this network. Each has a number that is free and then a wait
that doubles. A machine on which the account has been signed in before is a place of its own, told by a signed cookie:
whatever others do elsewhere, it waits for its own mistakes only. So does a network from which the account has come
in before, save for what was tried in that same network.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.db.models import Max, Q, QuerySet
from django.db.models.expressions import Combinable
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from portal.core.access.factors import has_factor_of
from portal.core.access.network import network_of
from portal.core.http import ADMIN_PREFIX
from portal.core.models import SignInTry, StaffSession, User
from portal.core.text import nfc

COOKIE = "may-quen"
COOKIE_SECONDS = 180 * 24 * 60 * 60
#: A machine shared by more people than this forgets the first of them.
PEOPLE_PER_MACHINE = 10
HOUR = timedelta(hours=1)
KEPT_FOR = timedelta(days=1)
#: A network is the account's own when it came in from there within this time.
USUAL_FOR = timedelta(days=60)
FIRST_WAIT = 30


@dataclass(frozen=True)
class Limits:
    """Free tries, and the longest wait in seconds, for each of the three counts."""

    kind: str
    here: int = 5
    known: int = 10
    here_longest: int = 15 * 60
    elsewhere: int = 20
    elsewhere_longest: int = 60
    network: int = 60
    network_longest: int = 60


PASSWORD = Limits("password")
#: Whoever gets here knows the password; a code has a million values, not a hundred million.
CODE = Limits("code", elsewhere=10, elsewhere_longest=15 * 60)


def seconds_to_wait(limits: Limits, username: str, request: HttpRequest) -> int:
    """How long until the next try is looked at; 0 for now. The same work is done for names that do not exist."""
    who, network = digest_of(username), network_of(request)
    place, is_known = _place(username, request)
    now = timezone.now()
    # None from a clock that ran ahead and was put right: they would not be over for as long as it did.
    tries = SignInTry.objects.filter(kind=limits.kind, tried_at__gt=now - HOUR, tried_at__lte=now)
    here = _wait(_last(tries, who=who, place=place), limits.known if is_known else limits.here, limits.here_longest)
    if is_known or _is_usual(username, network):
        return here
    strange = _last(tries.exclude(place__startswith="máy "), who=who)
    spraying = _last(tries.exclude(place__startswith="máy "), network=network)
    return max(
        here,
        _wait(strange, limits.elsewhere, limits.elsewhere_longest),
        _wait(spraying, limits.network, limits.network_longest),
    )


def note_try(limits: Limits, username: str, request: HttpRequest) -> SignInTry:
    """Written before the secret is looked at, so that a hundred tries at one instant count each other."""
    return SignInTry.objects.create(
        kind=limits.kind,
        who=digest_of(username),
        place=_place(username, request)[0],
        network=network_of(request),
        tried_at=timezone.now(),
    )


def forget_tries(limits: Limits, username: str, request: HttpRequest) -> None:
    """The right secret was given here: what was mistyped here is forgiven."""
    place, _is_known = _place(username, request)
    SignInTry.objects.filter(kind=limits.kind, who=digest_of(username), place=place).delete()


def delete_old_tries() -> int:
    """Wrong tries are of no use after a day; how many went."""
    return SignInTry.objects.filter(tried_at__lt=timezone.now() - KEPT_FOR).delete()[0]


def digest_of(username: str) -> str:
    """One value for all ways in which a name is typed; it tells nothing without the site's key."""
    return salted_hmac("sign-in", nfc(username).strip().casefold(), algorithm="sha256").hexdigest()


def knows(request: HttpRequest, user: User) -> bool:
    """Whether this account has been signed in on this machine before."""
    return digest_of(user.username) in _machine(request)[1]


def remember_machine(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """From now on this machine waits for its own mistakes only."""
    name, people = _machine(request)
    others = [who for who in people if who != digest_of(user.username)]
    value = [name or secrets.token_hex(8), [*others, digest_of(user.username)][-PEOPLE_PER_MACHINE:]]
    response.set_cookie(
        COOKIE,
        signing.dumps(value, salt=COOKIE),
        max_age=COOKIE_SECONDS,
        path=ADMIN_PREFIX,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def _machine(request: HttpRequest) -> tuple[str, list[str]]:
    try:
        name, people = signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE, max_age=COOKIE_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return "", []
    return str(name), list(people)


def _place(username: str, request: HttpRequest) -> tuple[str, bool]:
    """(where the try comes from, whether it is a machine that the account knows)."""
    name, people = _machine(request)
    if name and digest_of(username) in people:
        return f"máy {name}", True
    return f"mạng {network_of(request)}", False


def _is_usual(username: str, network: str) -> bool:
    recent = StaffSession.objects.filter(started_at__gt=timezone.now() - USUAL_FOR, network=network)
    return recent.filter(user__username=username.strip()).filter(_went_through()).exists()


def _went_through() -> Combinable:
    """A session for which a code was owed and never given does not make a network anybody's own."""
    return Q(verified_at__isnull=False) | ~has_factor_of("user_id")


def _last(tries: QuerySet[SignInTry], **where: str) -> tuple[int, datetime | None]:
    rows = tries.filter(**where)
    return rows.count(), rows.aggregate(last=Max("tried_at"))["last"]


def _wait(found: tuple[int, datetime | None], free: int, longest: int) -> int:
    count, last = found
    if last is None or count < free:
        return 0
    delay = min(FIRST_WAIT * 2 ** min(count - free, 10), longest)
    return max(int(delay - (timezone.now() - last).total_seconds()), 0)
