"""Judges give points, or say that they know whose entry it is and step aside."""

from django.db import transaction

from portal.campaign.enums import Relation
from portal.campaign.models import Judge, JudgeScore, Round
from portal.campaign.selectors.closing import running_entries
from portal.campaign.selectors.judging import are_all_in, trouble_with_judging
from portal.core.audit import record
from portal.core.models import User

MAX_POINTS = 100


class ScoreRefused(Exception):
    """No points for this entry now; the message is what the judge reads."""


class CriteriaFixed(Exception):
    """Judges have begun; what they judge by does not change under their hands."""


@transaction.atomic
def score_entry(*, judge: Judge, code: str, points: int | None, note: str = "") -> JudgeScore:
    """Points from 0 to 100; None declares that the judge knows the family. The last saying holds until all are in."""
    round_ = Round.objects.select_for_update(of=("self",)).select_related("game").get(pk=judge.round_id)
    if trouble := trouble_with_judging(round_):
        raise ScoreRefused(trouble)
    if are_all_in(round_):
        raise ScoreRefused("Các giám khảo đã chấm xong hết: điểm đã mở nên không sửa được nữa.")
    if code not in {entry.code for entry in running_entries(round_)}:
        raise ScoreRefused("Bài này không còn được xét giải.")
    if points is not None and not 0 <= points <= MAX_POINTS:
        raise ScoreRefused(f"Điểm từ 0 đến {MAX_POINTS}.")
    relation = Relation.KNOWN if points is None else Relation.NONE
    row = JudgeScore(judge=judge, code=code, relation=relation, points=points, note=note)
    row.save()
    # The points themselves are not in the log: officers read it while they are still sealed.
    record("entry.judge", by=judge.user, subject=code, data={"relation": relation})
    return row


@transaction.atomic
def write_criteria(*, round_: Round, text: str, by: User) -> Round:
    """What judges judge by; until the first of them has said something."""
    locked = Round.objects.select_for_update(of=("self",)).get(pk=round_.pk)
    if JudgeScore.objects.filter(judge__round=locked).exists():
        raise CriteriaFixed("Giám khảo đã bắt đầu chấm: cách chấm không đổi được nữa.")
    locked.judged_by = text
    locked.save(update_fields=["judged_by"])
    record("round.criteria", by=by, subject=str(locked.pk))
    return locked
