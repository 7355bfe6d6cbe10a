"""What a judge sees: entries without name, village and code, in an order of the judge's own (row E18)."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from portal.campaign.enums import Phase, Ranking
from portal.campaign.models import Entry, Judge, JudgeScore, Round, SealedEntry
from portal.campaign.selectors.closing import running_entries
from portal.campaign.selectors.moderation import waiting_entries
from portal.campaign.selectors.results import unjudged_codes


@dataclass(frozen=True)
class Card:
    """One entry on a judge's table, known to the judge by its number alone."""

    number: int
    entry: Entry
    said: JudgeScore | None


@dataclass(frozen=True)
class Progress:
    """How far a judge is, in counts: points stay sealed until all are in."""

    judge: Judge
    said: int
    total: int


@dataclass(frozen=True)
class Line:
    """An entry with the points of every judge, once all are in; None is a judge who stepped aside."""

    code: str
    points: list[int | None]

    @property
    def mean(self) -> float | None:
        """Mean of the points given."""
        given = [points for points in self.points if points is not None]
        return sum(given) / len(given) if given else None


def trouble_with_judging(round_: Round) -> str:
    """Why nobody judges this round now, in words; “” when it is time."""
    if round_.ranking != Ranking.JUDGED:
        return "Vòng này không có chấm điểm."
    if round_.drawn_at is not None:
        return "Đã bốc thăm: không chấm nữa."
    if round_.phase != Phase.SEALED:
        return "Chưa chốt danh sách nên chưa chấm. Chốt xong thì bài hiện ở đây."
    if waiting_entries(round_):
        return "Còn bài cán bộ chưa xem. Xem hết rồi mới chấm."
    return ""


def judge_of(round_: Round, user_id: int) -> Judge | None:
    """The account as a judge of this round."""
    return Judge.objects.filter(round=round_, user=user_id).select_related("round__game", "user").first()


def cards_of(judge: Judge) -> list[Card]:
    """All entries in the running, in this judge's order; a number stays with its entry whoever drops out."""
    round_ = judge.round
    running = {entry.code: entry for entry in running_entries(round_)}
    said = {row.code: row for row in JudgeScore.objects.filter(judge=judge).order_by("pk")}
    listed = SealedEntry.objects.filter(sealed_list__round=round_).values_list("code", flat=True)
    order = sorted(listed, key=lambda code: _place(round_.secret, judge.pk, code))
    numbered = enumerate(order, start=1)
    return [Card(number, running[code], said.get(code)) for number, code in numbered if code in running]


def progress_of(round_: Round) -> list[Progress]:
    """Every judge with how many entries were said something of."""
    codes = {entry.code for entry in running_entries(round_)}
    said = _said(round_)
    judges = round_.judges.select_related("user").order_by("pk")
    return [
        Progress(judge, len(codes & {code for key, code in said if key == judge.pk}), len(codes)) for judge in judges
    ]


def are_all_in(round_: Round) -> bool:
    """Every judge has spoken of every entry, and every entry has points of two: only then are points opened."""
    progress = progress_of(round_)
    return bool(progress) and all(one.said == one.total for one in progress) and not unjudged_codes(round_)


def score_lines(round_: Round) -> list[Line]:
    """All points side by side, best mean first; nothing while one judge is still at work."""
    if not are_all_in(round_):
        return []
    said, judges = _said(round_), list(round_.judges.order_by("pk"))
    lines = [
        Line(entry.code, [said[judge.pk, entry.code].points for judge in judges]) for entry in running_entries(round_)
    ]
    return sorted(lines, key=lambda line: (-(line.mean or 0), line.code))


def _said(round_: Round) -> Mapping[tuple[int, str], JudgeScore]:
    rows = JudgeScore.objects.filter(judge__round=round_).order_by("pk")
    return {(row.judge_id, row.code): row for row in rows}


def _place(secret: str, judge: int, code: str) -> bytes:
    return hmac.new(secret.encode(), f"giam-khao {judge}|{code}".encode(), sha256).digest()
