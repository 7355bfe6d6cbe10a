"""What became of an entry, as far as its code alone may tell."""

from dataclasses import dataclass

from django.utils import timezone

from portal.campaign.clock import phase_at
from portal.campaign.enums import Phase
from portal.campaign.models import Award, Entry, SealedEntry
from portal.campaign.selectors.closing import exclusions_of


@dataclass(frozen=True)
class Outcome:
    """One sentence, and the prize where there is one."""

    words: str
    prize: str = ""


def outcome_of(entry: Entry) -> Outcome:
    """Before the list is sealed no more than that it was received; then what the published list and results say."""
    round_ = entry.round
    phase = phase_at(timezone.now(), round_.times)
    if phase not in {Phase.SEALED, Phase.DRAWN, Phase.PUBLISHED}:
        return Outcome("Xã đã nhận bài này.")
    if not SealedEntry.objects.filter(sealed_list__round=round_, code=entry.code).exists():
        return Outcome("Bài này không có trong danh sách đã chốt. Có gì chưa rõ xin hỏi xã.")
    excluded = exclusions_of(round_).get(entry.code)
    if excluded is not None:
        return Outcome(f"Bài có trong danh sách đã chốt, không xét giải: {excluded.get_reason_display()}.")
    if phase != Phase.PUBLISHED:
        return Outcome("Bài có trong danh sách đã chốt và được xét giải.")
    award = Award.objects.select_related("prize").filter(entry__code=entry.code, entry__round=round_).first()
    if award is None:
        return Outcome("Vòng này gia đình chưa được thưởng. Cảm ơn cả nhà đã cùng chơi.")
    return Outcome("Bài này được thưởng.", str(award.prize))
