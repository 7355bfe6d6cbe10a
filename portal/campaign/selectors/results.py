"""Ranks of a round, from the sealed list, the exclusions, the points and the draw."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count

from portal.campaign.enums import PredictionOf, Ranking, Relation
from portal.campaign.models import Draw, Entry, JudgeScore, Round
from portal.campaign.remains import entry_points, entry_prediction
from portal.campaign.scoring import Ranked, Scored, fully_right, ranking
from portal.campaign.selectors.closing import running_entries

#: An entry needs the points of so many judges who do not know whose it is.
JUDGES_PER_ENTRY = 2


@dataclass(frozen=True)
class Place:
    """An entry and where it stands."""

    rank: int
    entry: Entry
    points: int
    distance: int | None


def points_of(round_: Round, entries: list[Entry]) -> dict[str, int]:
    """{code: points}: right answers, days, or what the judges gave together; 0 for all where only lots decide."""
    if round_.ranking == Ranking.JUDGED:
        judged = judged_points(round_)
        return {entry.code: judged.get(entry.code, 0) for entry in entries}
    if round_.ranking == Ranking.DRAW:
        return {entry.code: 0 for entry in entries}
    return {entry.code: entry_points(round_, entry) for entry in entries}


def actual_number(round_: Round, points: Mapping[str, int]) -> int | None:
    """What was to be predicted, counted over the entries in the running."""
    if round_.prediction_of == PredictionOf.ENTRIES:
        return len(points)
    if round_.prediction_of == PredictionOf.ALL_RIGHT:
        return fully_right(points.values(), round_.question_count)
    return None


def ranked_entries(round_: Round) -> list[Place]:
    """All entries in the running, best first; only after the draw. The same rows give the same ranks."""
    entries = running_entries(round_)
    drawn = {code: place for place, code in enumerate(Draw.objects.get(round=round_).order)}
    points = points_of(round_, entries)
    by_score = round_.ranking == Ranking.SCORE
    scored = [
        Scored(
            code=entry.code,
            points=points[entry.code],
            prediction=entry_prediction(round_, entry) if by_score else None,
            received_at=entry.received_at,
        )
        for entry in entries
    ]
    actual = actual_number(round_, points) if by_score else None
    by_code = {entry.code: entry for entry in entries}
    order = ranking(scored, drawn=drawn, actual=actual, by_time=by_score and round_.by_time)
    return [_place(ranked, by_code) for ranked in order]


def _place(ranked: Ranked, by_code: Mapping[str, Entry]) -> Place:
    return Place(ranked.rank, by_code[ranked.entry.code], ranked.entry.points, ranked.distance)


def judged_points(round_: Round) -> dict[str, int]:
    """{code: sum of the points}, scaled to hundredths of the mean so that one judge who steps aside costs nothing."""
    given: dict[str, list[int]] = {}
    for code, points in _last_scores(round_).values():
        if points is not None:
            given.setdefault(code, []).append(points)
    return {code: round(100 * sum(points) / len(points)) for code, points in given.items()}


def unjudged_codes(round_: Round) -> list[str]:
    """Entries in the running that still lack the points of two judges."""
    counts: dict[str, int] = {}
    for code, points in _last_scores(round_).values():
        counts[code] = counts.get(code, 0) + (points is not None)
    return [entry.code for entry in running_entries(round_) if counts.get(entry.code, 0) < JUDGES_PER_ENTRY]


def declared_relations(round_: Round) -> dict[str, int]:
    """{code: how many judges stepped aside}."""
    rows = JudgeScore.objects.filter(judge__round=round_, relation=Relation.KNOWN).order_by()
    return {row["code"]: row["judges"] for row in rows.values("code").annotate(judges=Count("judge", distinct=True))}


def _last_scores(round_: Round) -> dict[tuple[int, str], tuple[str, int | None]]:
    rows = JudgeScore.objects.filter(judge__round=round_).order_by("pk").values_list("judge_id", "code", "points")
    return {(judge, code): (code, points) for judge, code, points in rows}
