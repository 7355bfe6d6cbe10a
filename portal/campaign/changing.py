"""An entry that was sent, opened again as a draft of its next version."""

from portal.campaign.drafts import Draft
from portal.campaign.enums import EntryChannel
from portal.campaign.forms.entering import family_of
from portal.campaign.kinds import kind_of
from portal.campaign.models import Entry, Round
from portal.campaign.services.photos import keep_copy_waiting


def can_be_changed(entry: Entry) -> bool:
    """Whether the web may change it: a paper that was typed in is changed on paper, and what was erased stays so."""
    return entry.channel == EntryChannel.WEB and entry.erased_at is None


def draft_for_change(entry: Entry, round_: Round) -> Draft:
    """The last version as a draft; its picture goes along, so that a change of words does not lose it."""
    boxes = {
        name: value if isinstance(value, list) else [str(value)]
        for name, value in kind_of(round_).initial(entry.content).items()
    }
    photo = entry.photos.first()
    return Draft.new(
        family=family_of(entry),
        boxes=boxes,
        shown_as=entry.shown_as,
        photo=keep_copy_waiting(round_, photo) if photo else None,
        changes=(entry.code, entry.version),
    )
