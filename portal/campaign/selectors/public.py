"""What the public may know of a round that is over: the list, a code's place in it, the figures, the right answers."""

from dataclasses import dataclass

from portal.campaign.kinds import kind_of
from portal.campaign.models import Award, Draw, Exclusion, Prize, Round, RoundQuestion, SealedList
from portal.campaign.remains import entry_points
from portal.campaign.scoring import fully_right
from portal.campaign.selectors.closing import exclusions_of, running_entries
from portal.campaign.selectors.results import actual_number


@dataclass(frozen=True)
class Place:
    """One code in the list and in the draw; never its points or, without a prize, its rank."""

    code: str
    mark: str
    number: int
    exclusion: Exclusion | None
    drawn: int | None
    prize: Prize | None


@dataclass(frozen=True)
class Figures:
    """Counts over the entries in the running."""

    entries: int
    all_right: int | None
    predicted: int | None


@dataclass(frozen=True)
class Answer:
    """A question with its right answer, and why."""

    text: str
    right: str
    explanation: str
    guide_url: str
    guide_title: str


def lines_of(sealed: SealedList) -> list[tuple[str, str]]:
    """[(code, mark), …] as listed."""
    return [(code, mark) for code, _space, mark in (line.partition(" ") for line in sealed.text.splitlines())]


def place_of(round_: Round, sealed: SealedList, draw: Draw | None, code: str) -> Place | None:
    """Where the code stands; None when it is not in the list."""
    lines = lines_of(sealed)
    number = next((number for number, (listed, _mark) in enumerate(lines, start=1) if listed == code), None)
    if number is None:
        return None
    award = Award.objects.filter(prize__round=round_, entry__code=code).select_related("prize").first()
    return Place(
        code=code,
        mark=lines[number - 1][1],
        number=number,
        exclusion=exclusions_of(round_).get(code),
        drawn=draw.order.index(code) + 1 if draw else None,
        prize=award.prize if award else None,
    )


def figures_of(round_: Round) -> Figures:
    """How many entries were in the running, and how many of them knew everything."""
    entries, kind = running_entries(round_), kind_of(round_)
    if not kind.has_questions:
        return Figures(len(entries), None, None)
    points = {entry.code: entry_points(round_, entry) for entry in entries}
    all_right = fully_right(points.values(), round_.question_count)
    return Figures(len(entries), all_right, actual_number(round_, points))


def right_answers_of(round_: Round) -> list[Answer]:
    """The round's questions as they were asked, each with the right answer alone."""
    rows = RoundQuestion.objects.filter(round=round_).select_related("question__guide").order_by("difficulty", "pk")
    return [_answer(row) for row in rows]


def _answer(row: RoundQuestion) -> Answer:
    guide = row.question.guide
    shown = guide if guide is not None and guide.live else None
    return Answer(
        text=row.text,
        right=str(dict(row.options).get(row.right, "")),
        explanation=row.question.explanation,
        guide_url=shown.url if shown else "",
        guide_title=shown.title if shown else "",
    )
