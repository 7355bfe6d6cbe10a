"""Questions to practise with: those of the bank that are for practice, and those of rounds whose results are out."""

from dataclasses import dataclass

from wagtail.models import Page

from portal.campaign.enums import GameKind, Phase, QuestionUse
from portal.campaign.models import GamePage, Question, RoundQuestion
from portal.campaign.question_sets import shuffled
from portal.campaign.selectors.rounds import rounds_in
from portal.core.models import PortalImage
from portal.core.remember import remembered

#: What the options are mixed by: the same for everyone, and in no order that tells which was typed first.
ORDER = "tap"


@dataclass(frozen=True)
class PracticeQuestion:
    """A question with its options as [(value, text), …], the value of the right one, why, and where it is taught."""

    text: str
    options: list[tuple[str, str]]
    right: str
    explanation: str
    guide: Page | None
    picture: PortalImage | None

    @property
    def right_text(self) -> str:
        """The right answer in words."""
        return dict(self.options)[self.right]


def practice_questions(game: GamePage) -> list[PracticeQuestion]:
    """All of them, easy ones first; none in a game without questions. Kept by each process."""
    if game.kind != GameKind.KNOWLEDGE:
        return []
    return remembered(f"practice of game {game.pk}", lambda: _read(game))


def _read(game: GamePage) -> list[PracticeQuestion]:
    bank = Question.objects.filter(use=QuestionUse.PRACTICE, is_retired=False)
    bank = bank.select_related("guide", "picture").prefetch_related("options")
    found = [_of_bank(question) for question in bank.order_by("difficulty", "pk")]
    over = rounds_in((Phase.PUBLISHED,), game)
    played = RoundQuestion.objects.filter(round__in=over).select_related("question__guide", "question__picture")
    texts = {question.text for question in found}
    return found + [_of_round(row) for row in played.order_by("difficulty", "pk") if row.text not in texts]


def _of_bank(question: Question) -> PracticeQuestion:
    options = list(question.options.all())
    pairs = [(str(option.pk), option.text) for option in options]
    right = next(str(option.pk) for option in options if option.is_right)
    return _made(question, question.text, pairs, right)


def _of_round(row: RoundQuestion) -> PracticeQuestion:
    pairs = [(str(number), text) for number, text in row.options]
    return _made(row.question, row.text, pairs, str(row.right))


def _made(question: Question, text: str, pairs: list[tuple[str, str]], right: str) -> PracticeQuestion:
    guide = question.guide if question.guide and question.guide.live else None
    mixed = shuffled(pairs, secret=ORDER, who="", question=question.pk)
    return PracticeQuestion(text, mixed, right, question.explanation, guide, question.picture)
