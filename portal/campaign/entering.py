"""From a finished draft to the sending that the service takes."""

from dataclasses import replace

from portal.campaign.drafts import Draft
from portal.campaign.models import Entry, Round
from portal.campaign.proof_of_work import is_solved
from portal.campaign.screens import Walk
from portal.campaign.selectors.flood import is_flooded
from portal.campaign.services.entries import Photo, Sending
from portal.core.phones import read_phone


def finished(walk: Walk) -> Draft | None:
    """The draft with what the game makes of it; None while a screen has still to be put right."""
    if walk.form is None or walk.first_mistaken() is not None:
        return None
    return replace(walk.draft, content=walk.form.content())


def sending_of(draft: Draft, round_: Round, *, nonce: str, photo: Photo | None) -> Sending:
    """The entry as a finished draft has it."""
    if draft.content is None:
        raise ValueError("a draft that is not finished cannot be sent")
    family, by_code = draft.family, draft.family.household_id is not None
    return Sending(
        token=draft.token,
        opened_at=draft.opened_at,
        content=draft.content,
        household_id=family.household_id,
        root_id=family.root_id,
        is_confirmed=family.is_confirmed,
        head_name="" if by_code else family.head_name,
        village_id=None if by_code else family.village_id,
        phone="" if by_code else read_phone(family.phone),
        shown_as=draft.shown_as or "",
        is_held=is_suspect(round_, draft, nonce),
        photo=photo,
        changes=changed_entry(draft),
    )


def is_suspect(round_: Round, draft: Draft, nonce: str) -> bool:
    """Sent in a flood, without the family's secret number and without the small sum that a browser does."""
    return not draft.family.is_confirmed and is_flooded(round_) and not is_solved(draft.token.hex, nonce)


def changed_entry(draft: Draft) -> Entry | None:
    """The version that the draft changes."""
    if draft.changes is None:
        return None
    code, version = draft.changes
    return Entry.objects.get(code=code, version=version)
