"""The screens of an entry form, one thing each, in the order in which a family walks through them.

A screen takes what was sent from it into the draft, whatever it is, and says what still has to be put right there.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict

from portal.campaign.drafts import Draft
from portal.campaign.forms.entering import CODE_ONLY, FamilyForm, ShownAsForm, shown_as_words, village_choices
from portal.campaign.kinds import Step, kind_of
from portal.campaign.kinds.base import ContentForm
from portal.campaign.models import Round
from portal.campaign.services.photos import PhotoRefused, drop_waiting, keep_waiting, preview_of, too_large

FAMILY, PHOTO, SHOWN_AS, REVIEW = "nha-minh", "anh", "hien-ten", "xem-lai"
#: Nobody types more into one box; beyond it is a machine.
MAX_TYPED = 10_000
#: [(id of the box, sentence), …]
Mistakes = list[tuple[str, str]]


@dataclass
class Sent:
    """One sending of a screen. `is_too_large`: the guard of the uploads dropped a file."""

    request: HttpRequest
    is_too_large: bool = False

    @property
    def boxes(self) -> Any:
        """What was typed."""
        return self.request.POST


class Screen:
    """One screen; `context` is what its template needs."""

    key = ""
    title = ""
    template = ""
    unit = ""
    #: Whether what is wrong is to be said: a screen that is only being opened blames nobody.
    is_judged = False

    def take(self, draft: Draft, sent: Sent) -> Draft:
        """The draft with what was sent."""
        raise NotImplementedError

    def mistakes(self) -> Mistakes:
        """What has to be put right here; known after `take`, or from the draft."""
        raise NotImplementedError

    def said(self) -> list[str]:
        """What stands here, in words, for the review."""
        raise NotImplementedError

    @property
    def context(self) -> dict[str, Any]:
        """Beside the screen itself."""
        return {}


def mistakes_of(form: Any) -> Mistakes:
    """The first sentence of every box, in the order of the page."""
    return [(f"id_{name}", str(errors[0])) for name, errors in form.errors.items()]


class FamilyScreen(Screen):
    """Who is playing."""

    key, title, template = FAMILY, "Nhà mình là ai?", "campaign/play/family.html"

    def __init__(self, draft: Draft) -> None:
        self.family = draft.family
        self.form = FamilyForm.of(draft.family)

    def take(self, draft: Draft, sent: Sent) -> Draft:
        data = sent.boxes
        if data.get("new_phone"):
            # The button beside an old number: take the new one.
            data = data.copy()
            data["phone"] = data["new_phone"]
        address = str(sent.request.META.get("REMOTE_ADDR", ""))
        self.form = FamilyForm(data, before=draft.family, address=address)
        self.family = self.form.family()
        return replace(draft, family=self.family)

    def mistakes(self) -> Mistakes:
        if self.form.is_bound:
            return mistakes_of(self.form)
        return [] if self.family.is_known else [("id_code", "Xin cho biết nhà mình là ai.")]

    def said(self) -> list[str]:
        if self.family.household_id is not None:
            confirmed = "đã xác nhận bằng số bí mật" if self.family.is_confirmed else "chưa có số bí mật"
            return [f"Mã hộ {self.family.code}, {confirmed}"]
        villages = dict(village_choices())
        named = [self.family.head_name, villages.get(str(self.family.village_id), ""), self.family.phone]
        return [", ".join(part for part in named if part)]

    @property
    def context(self) -> dict[str, Any]:
        errors = self.form.errors.as_data().get("phone", []) if self.form.is_bound else []
        suggested = [error.params["suggestion"] for error in errors if error.params and error.params.get("suggestion")]
        return {"form": self.form, "family": self.family, "suggested_phone": suggested[0] if suggested else ""}


class KindScreen(Screen):
    """A screen of the game itself: a question, the days."""

    def __init__(self, step: Step, form: ContentForm, round_: Round, draft: Draft) -> None:
        self.step, self.form, self.round, self.draft = step, form, round_, draft
        self.key, self.title, self.template, self.unit = step.key, step.title, step.template, step.unit

    def take(self, draft: Draft, sent: Sent) -> Draft:
        typed = {name: [value[:MAX_TYPED] for value in sent.boxes.getlist(name)] for name in self.step.fields}
        taken = draft.with_boxes(typed)
        self.form = content_form(self.round, taken)
        return taken

    def mistakes(self) -> Mistakes:
        own = [found for found in mistakes_of(self.form) if found[0].removeprefix("id_") in self.step.fields]
        return own or ([("id___all__", str(self.form.non_field_errors()[0]))] if self._bears_the_rest() else [])

    def _bears_the_rest(self) -> bool:
        return bool(self.form.non_field_errors()) and self.step is self.form.steps[0]

    def said(self) -> list[str]:
        return self.form.said(self.step)

    @property
    def context(self) -> dict[str, Any]:
        if not self.is_judged:
            for name in (*self.step.fields, NON_FIELD_ERRORS):
                self.form.errors.pop(name, None)
        return {
            "form": self.form,
            "step": self.step,
            "fields": [self.form[name] for name in self.step.fields],
            "round": self.round,
        }


class PhotoScreen(Screen):
    """A picture, for who likes; private until somebody has looked at it."""

    key, title, template = PHOTO, "Thêm một tấm ảnh, nếu muốn", "campaign/play/photo.html"

    def __init__(self, round_: Round, draft: Draft) -> None:
        self.round, self.photo = round_, draft.photo
        self.trouble = ""

    def take(self, draft: Draft, sent: Sent) -> Draft:
        upload = sent.request.FILES.get("photo")
        try:
            if sent.is_too_large:
                raise too_large()
            if upload is not None:
                self.photo = keep_waiting(self.round, upload)
            elif sent.boxes.get("no_photo"):
                self.photo = None
        except PhotoRefused as refusal:
            self.trouble = str(refusal)
        if draft.photo and self.photo != draft.photo:
            drop_waiting(draft.photo)
        return replace(draft, photo=self.photo)

    def mistakes(self) -> Mistakes:
        return [("id_photo", self.trouble)] if self.trouble else []

    def said(self) -> list[str]:
        return [] if self.photo else ["Không gửi ảnh"]

    @property
    def preview(self) -> str:
        """The picture itself, small, as a `data:` address."""
        return preview_of(self.photo[0]) if self.photo else ""

    @property
    def context(self) -> dict[str, Any]:
        return {"trouble_here": self.trouble, "preview": self.preview}


class ShownAsScreen(Screen):
    """How to be named in case of a prize."""

    key, title, template = SHOWN_AS, "Nếu được thưởng, hiện tên nhà mình thế nào?", "campaign/play/shown_as.html"

    def __init__(self, draft: Draft) -> None:
        self.shown_as = draft.shown_as
        chosen = "" if draft.shown_as is None else draft.shown_as or CODE_ONLY
        self.form = ShownAsForm(initial={"shown_as": chosen})

    def take(self, draft: Draft, sent: Sent) -> Draft:
        self.form = ShownAsForm(sent.boxes)
        if self.form.is_valid():
            chosen = self.form.cleaned_data["shown_as"]
            self.shown_as = "" if chosen == CODE_ONLY else chosen
        return replace(draft, shown_as=self.shown_as)

    def mistakes(self) -> Mistakes:
        if self.form.is_bound:
            return mistakes_of(self.form)
        return [("id_shown_as_0", "Xin chọn cách hiện tên.")] if self.shown_as is None else []

    def said(self) -> list[str]:
        return [words] if (words := shown_as_words(self.shown_as)) else []

    @property
    def context(self) -> dict[str, Any]:
        return {"form": self.form}


def content_form(round_: Round, draft: Draft) -> ContentForm:
    """The game's own form with what stands in the draft."""
    return kind_of(round_).form(round_, draft.family.who, MultiValueDict(draft.boxes))


class Walk:
    """The way through all screens of a draft; before it is known who plays, it has only the one that asks."""

    def __init__(self, round_: Round, draft: Draft) -> None:
        self.round, self.draft = round_, draft
        self.form = content_form(round_, draft) if draft.family.is_known else None
        self.screens = [*self._first(), *self._middle()]

    def _first(self) -> list[Screen]:
        return [] if self.draft.changes else [FamilyScreen(self.draft)]

    def _middle(self) -> list[Screen]:
        if self.form is None:
            return []
        asked = [KindScreen(step, self.form, self.round, self.draft) for step in self.form.steps]
        photo = [PhotoScreen(self.round, self.draft)] if self.round.takes_photo else []
        return [*asked, *photo, ShownAsScreen(self.draft)]

    def screen(self, key: str) -> Screen | None:
        """The screen of that key; None for the review, and for what is not to be reached yet."""
        return next((screen for screen in self.screens if screen.key == key), None)

    def here(self) -> Screen:
        """The screen that the draft stands at, the first one if it stands nowhere."""
        return self.screen(self.draft.step) or self.screens[0]

    def leads_to(self, key: str) -> bool:
        """Whether there is such a screen, or the review, to go to."""
        return self.screen(key) is not None or (key == REVIEW and self.form is not None)

    def is_at_review(self) -> bool:
        """Whether all screens are behind."""
        return self.draft.step == REVIEW and self.form is not None

    def beside(self, screen: Screen, offset: int) -> str:
        """Key of the screen so many further on; after the last one comes the review."""
        number = [one.key for one in self.screens].index(screen.key) + offset
        return self.screens[max(number, 0)].key if number < len(self.screens) else REVIEW

    def first_mistaken(self) -> Screen | None:
        """The first screen that would not let the draft pass."""
        return next((screen for screen in self.screens if screen.mistakes()), None)

    def progress_at(self, here: Screen) -> "Progress | None":
        """Counted are the questions where the game has some, else all screens after the first."""
        if here.key == FAMILY:
            return None
        asked = [one for one in self.screens if one.unit] or [one for one in self.screens if one.key != FAMILY]
        unit, keys = asked[0].unit or "bước", [one.key for one in asked]
        if here.key not in keys:
            return Progress(f"đã qua {len(asked)} {unit}", ["done"] * len(asked))
        number = keys.index(here.key)
        marks = ["done"] * number + ["now"] + [""] * (len(asked) - number - 1)
        return Progress(f"{unit} {number + 1}/{len(asked)}", marks)


@dataclass(frozen=True)
class Progress:
    """How far one has come: “câu 4/10” and ten stitches, each done, now, or still to come (“”)."""

    label: str
    stitches: list[str]
