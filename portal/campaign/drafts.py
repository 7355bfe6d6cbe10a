"""An entry in the making: carried by the family's own browser, signed, and nowhere else.

The same text travels as a hidden box of every screen and in a cookie that only the entry form's own address gets, so
that a lost line, a closed browser or a phone that throws its tabs away costs nothing, with JavaScript or without.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from portal.campaign.entrants import who_of
from portal.campaign.models import Round
from portal.core.public_forms import HUMAN_SECONDS

COOKIE = "bai-dang-lam"
#: A browser keeps about 4,096 bytes of a cookie with its name and attributes.
MAX_COOKIE = 3900


@dataclass(frozen=True)
class Family:
    """Who is playing, as told on the first screen; `root_id` and `code` are of the household that was found."""

    code: str = ""
    household_id: int | None = None
    root_id: int | None = None
    root_code: str = ""
    is_confirmed: bool = False
    head_name: str = ""
    village_id: int | None = None
    phone: str = ""
    #: Whether what was told passed its form.
    is_sound: bool = False

    @property
    def is_known(self) -> bool:
        """Whether enough was told to go on."""
        return self.is_sound and (self.household_id is not None or bool(self.head_name and self.village_id))

    @property
    def who(self) -> str:
        """What the question set is drawn for."""
        return who_of(household_code=self.root_code, head_name=self.head_name, village_id=self.village_id)


@dataclass(frozen=True)
class Draft:
    """All that is known of an entry before it is sent. `step` is the screen to open; “” for the first one."""

    token: UUID
    opened_at: datetime
    step: str = ""
    family: Family = Family()
    #: Boxes of the game's own screens as they were filled in: {name: [value, …]}.
    boxes: Mapping[str, list[str]] = field(default_factory=dict)
    shown_as: str | None = None
    #: (name in the private store, digest) of a picture that waits for the sending.
    photo: tuple[str, str] | None = None
    #: (code, version) of the entry that is being changed.
    changes: tuple[str, int] | None = None
    #: What the game makes of the boxes, once every screen has passed: signed, so that sending need not ask again.
    content: Mapping[str, Any] | None = None

    @classmethod
    def new(cls, **given: Any) -> "Draft":
        """For a form that is opened now."""
        return cls(uuid4(), timezone.now(), **given)

    @classmethod
    def read(cls, signed: str, round_: Round) -> "Draft | None":
        """The draft as it came back; None when it was altered, belongs to another round, or is none of ours."""
        try:
            token, opened, step, family, boxes, shown_as, photo, changes, content = signing.loads(
                signed, salt=_salt(round_)
            )
            return cls(
                token=UUID(token),
                opened_at=datetime.fromisoformat(opened),
                step=step,
                family=Family(*family),
                boxes=boxes,
                shown_as=shown_as,
                photo=tuple(photo) if photo else None,
                changes=tuple(changes) if changes else None,
                content=content,
            )
        except (signing.BadSignature, ValueError, TypeError):
            return None

    def signed_for(self, round_: Round) -> str:
        """For the hidden box and the cookie."""
        family = [getattr(self.family, name) for name in Family.__dataclass_fields__]
        said = [self.token.hex, self.opened_at.isoformat(), self.step, family, dict(self.boxes), self.shown_as]
        return signing.dumps([*said, self.photo, self.changes, self.content], salt=_salt(round_), compress=True)

    def with_boxes(self, typed: Mapping[str, list[str]]) -> "Draft":
        """The draft with these boxes as they stand now."""
        return replace(self, boxes={**self.boxes, **typed})

    @property
    def is_hasty(self) -> bool:
        """Whether it came back faster than a person reads; before it was opened, the clock was put right."""
        return timedelta(0) <= timezone.now() - self.opened_at < timedelta(seconds=HUMAN_SECONDS)


def draft_of(request: HttpRequest, round_: Round) -> Draft | None:
    """The draft that the form carries, else the one that the browser kept."""
    sent = request.POST.get("draft", "") if request.method == "POST" else ""
    return Draft.read(sent, round_) or Draft.read(request.COOKIES.get(COOKIE, ""), round_)


def can_keep(request: HttpRequest, draft: Draft, round_: Round) -> bool:
    """Whether the browser takes cookies, and this draft fits into one; the hidden box carries it all the same.

    A form on somebody else's page must not put its draft in the place of the family's own.
    """
    is_own = request.headers.get("Sec-Fetch-Site") != "cross-site"
    return is_own and COOKIE in request.COOKIES and len(draft.signed_for(round_)) <= MAX_COOKIE


def keep_draft(request: HttpRequest, response: HttpResponse, draft: Draft, round_: Round) -> None:
    """Let the browser keep the draft until the last entry of the round is refused, for this one address only."""
    signed = replace(draft, content=None).signed_for(round_)
    if request.headers.get("Sec-Fetch-Site") == "cross-site" or len(signed) > MAX_COOKIE:
        return
    response.set_cookie(
        COOKIE,
        signed,
        expires=round_.times.ends_at,
        path=request.path,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def forget_draft(request: HttpRequest, response: HttpResponse) -> None:
    """Sent, or thrown away by the family."""
    if COOKIE in request.COOKIES:
        response.delete_cookie(COOKIE, path=request.path, samesite="Lax")


def _salt(round_: Round) -> str:
    return f"bai-dang-lam {round_.pk}"
