"""A winning entry becomes the draft of a story (row E19), as far and as long as the family allows it.

Here because games and stories are neighbours that do not see each other.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.text import Truncator
from wagtail.models import Page, PageLogEntry

from portal.campaign.kinds import kind_of
from portal.campaign.models import Award, Entry, EntryPhoto, Round, StoryDraft
from portal.campaign.selectors.moderation import approved_codes
from portal.campaign.selectors.winners import awards_of, known_owners
from portal.core.audit import record
from portal.core.models import PortalImage, User
from portal.core.private_files import private_storage
from portal.core.templatetags.portal_tags import short_date
from portal.households.enums import Purpose
from portal.households.models import Consent, Household
from portal.households.selectors.consents import standing_consents
from portal.stories.models import StoryIndexPage, StoryPage

LEAD = 200


class StoryRefused(Exception):
    """No story can be made of this entry now; the message is what the officer reads."""


@dataclass(frozen=True)
class Candidate:
    """A winning entry, whose it is, what the family allows, and the draft that was made of it."""

    award: Award
    words: str
    photos: list[EntryPhoto]
    owner: Household | None
    consents: Mapping[Purpose, Consent]
    draft: StoryDraft | None
    is_approved: bool

    @property
    def entry(self) -> Entry:
        """The entry that won."""
        return self.award.entry

    @property
    def story_consent(self) -> Consent | None:
        """The family's last word on its story, yes or no."""
        return self.consents.get(Purpose.STORY)

    @property
    def takes_photos(self) -> bool:
        """Whether the pictures may go along."""
        said = self.consents.get(Purpose.PHOTO)
        return bool(self.photos) and said is not None and said.is_granted

    @property
    def reason(self) -> str:
        """Why no story can be made of it; “” where it can."""
        if self.entry.erased_at is not None:
            return f"Lời kể và ảnh đã xóa ngày {short_date(self.entry.erased_at)}."
        if not self.words:
            return "Bài này không có lời kể."
        if not self.is_approved:
            return "Bài chưa được duyệt."
        if self.owner is None:
            return "Chưa chắc bài của hộ nào, nên chưa biết hỏi ý ai."
        return self._missing_consent()

    def _missing_consent(self) -> str:
        if self.story_consent is None:
            return "Gia đình chưa nói có cho đăng câu chuyện hay không. Hỏi gia đình, ghi lại, rồi mới lập."
        if self.story_consent.is_granted:
            return ""
        return f"Gia đình không cho đăng câu chuyện (nói ngày {short_date(self.story_consent.said_at)})."


def story_candidates(round_: Round) -> list[Candidate]:
    """All winners of a round whose results are published, the highest first."""
    if round_.results_at is None:
        return []
    awards = awards_of(round_)
    owners = known_owners(round_, [award.entry for award in awards])
    drafts = {
        row.code: row for row in StoryDraft.objects.filter(round=round_, page__isnull=False).select_related("page")
    }
    approved, kind = approved_codes(round_), kind_of(round_)
    return [
        Candidate(
            award=award,
            words="" if award.entry.erased_at else kind.words(award.entry.content),
            photos=list(award.entry.photos.all()),
            owner=owners.get(award.entry.code),
            consents=standing_consents(owners[award.entry.code]) if award.entry.code in owners else {},
            draft=drafts.get(award.entry.code),
            is_approved=award.entry.code in approved,
        )
        for award in awards
    ]


@transaction.atomic
def make_story_draft(*, round_: Round, code: str, alt_text: str, by: User) -> StoryDraft:
    """The draft of this entry; pressed again it is the same one. Pictures only where the family allows them."""
    locked = Round.objects.select_for_update(of=("self",)).select_related("game").get(pk=round_.pk)
    candidate = next((one for one in story_candidates(locked) if one.entry.code == code), None)
    if candidate is None:
        raise StoryRefused("Bài này không được thưởng, hoặc vòng chưa công bố kết quả.")
    if candidate.draft is not None:
        return candidate.draft
    if candidate.reason or candidate.owner is None:
        raise StoryRefused(candidate.reason)
    shelf = StoryIndexPage.objects.first()
    if shelf is None:
        raise StoryRefused("Website chưa có trang Câu chuyện. Nhờ quản trị viên thêm trang đó trước.")
    pictures = _copied(candidate, alt_text, by) if candidate.takes_photos else []
    page = _page(locked, candidate, pictures, alt_text, by)
    shelf.add_child(instance=page)
    page.save_revision(user=by, log_action=True)
    values = {
        "round": locked,
        "household": candidate.owner,
        "page": page,
        "pictures": [picture.pk for picture in pictures],
        "made_by": by,
    }
    draft, _made = StoryDraft.objects.update_or_create(code=code, defaults=values)
    record("story.draft", by=by, subject=code, data={"page": page.pk, "pictures": len(pictures)})
    return draft


def _copied(candidate: Candidate, alt_text: str, by: User) -> list[PortalImage]:
    """Copies in the editors' library, re-encoded as every picture there is."""
    copies = []
    for photo in candidate.photos:
        with private_storage.open(photo.name) as file:
            content = ContentFile(file.read(), name="anh-du-thi.jpg")
        copy = PortalImage(
            title=f"Ảnh của bài {candidate.entry.code}",
            description=alt_text,
            credit="Ảnh: gia đình dự thi",
            file=content,
            uploaded_by_user=by,
        )
        copy.save()
        copies.append(copy)
    return copies


def _page(round_: Round, candidate: Candidate, pictures: list[PortalImage], alt_text: str, by: User) -> StoryPage:
    """The entry's own sentences; how to call the family is left for the editor to ask."""
    lines = [line.strip() for line in candidate.words.splitlines() if line.strip()]
    body: list[dict[str, Any]] = [
        {"type": "text", "value": "".join(f"<p>{escape(line, quote=False)}</p>" for line in lines)}
    ]
    # The first one stands on top of the page, further ones in its text.
    for picture in pictures[1:]:
        image = {"image": picture.pk, "alt_text": alt_text, "decorative": False}
        body.append({"type": "picture", "value": {"image": image, "caption": ""}})
    return StoryPage(
        title=f"Một gia đình kể: {round_}",
        lead=Truncator(" ".join(lines)).chars(LEAD, truncate="…"),
        body=json.dumps(body),
        village=candidate.owner.village if candidate.owner else None,
        picture=pictures[0] if pictures else None,
        picture_alt=alt_text if pictures else "",
        author_name="Gia đình dự thi",
        live=False,
        owner=by,
    )


def draft_of_page(page: Page) -> StoryDraft | None:
    """The entry that a page came from, if it came from one."""
    return StoryDraft.objects.filter(page=page.pk).select_related("round__game", "household").first()


def is_allowed(draft: StoryDraft) -> bool:
    """Whether the family allows the story today, and its pictures where it has some."""
    said = standing_consents(draft.household)
    needed = [Purpose.STORY, *([Purpose.PHOTO] if draft.pictures else [])]
    return all(purpose in said and said[purpose].is_granted for purpose in needed)


def take_down_unallowed_stories(root: int) -> None:
    """The family changed its mind: what is public ends now, its pictures leave the library (invariant 5)."""
    for draft in StoryDraft.objects.filter(household__root=root, page__isnull=False).select_related("page"):
        if not is_allowed(draft):
            _take_down(draft)


def take_down_if_unallowed(instance: StoryPage, **_kwargs: Any) -> None:
    """However a page comes to be published, by hand, by the clock or by two steps: not against the family's word."""
    draft = draft_of_page(instance)
    if draft is not None and not is_allowed(draft):
        _take_down(draft)


def _take_down(draft: StoryDraft) -> None:
    page = StoryPage.objects.filter(pk=draft.page_id).first()
    if page is not None and page.live:
        page.unpublish()
        record("story.take_down", by=None, subject=draft.code, data={"page": page.pk})
    said = standing_consents(draft.household).get(Purpose.PHOTO)
    if draft.pictures and not (said is not None and said.is_granted):
        _delete_pictures(draft)


def told_stories(root: int) -> list[str]:
    """A line for each story, for the family's own copy."""
    rows = StoryDraft.objects.filter(household__root=root, page__isnull=False).select_related("page", "round__game")
    return [
        f"“{row.page.title}”, từ bài {row.code}, {'đang đăng' if row.page.live else 'chưa đăng'}"
        for row in rows
        if row.page is not None
    ]


def erase_stories_of_family(root: int) -> None:
    """Pages, drafts, versions and pictures that came from the family's entries; part of the register's erasure."""
    for draft in StoryDraft.objects.filter(household__root=root).select_related("page"):
        _delete_pictures(draft)
        page = draft.page
        draft.delete()
        if page is not None:
            number = page.pk
            page.specific.delete()
            # Wagtail's own log repeats the title.
            PageLogEntry.objects.filter(page=number).delete()
        record("story.erase", by=None, subject=draft.code)


def _delete_pictures(draft: StoryDraft) -> None:
    """Rows now, files and their sizes with the commit."""
    for picture in PortalImage.objects.filter(pk__in=draft.pictures):
        picture.delete()
    if draft.pk:
        draft.pictures = []
        draft.save(update_fields=["pictures"])
