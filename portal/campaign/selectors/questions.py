"""Questions of the bank and of a round, as the desk, the forms and the scoring read them."""

from django.db.models import Count, Q, QuerySet

from portal.campaign.enums import QuestionUse
from portal.campaign.models import Question, Round, RoundQuestion
from portal.campaign.question_sets import drawn_set
from portal.core.remember import remembered

#: For whom the sample set of a preview is drawn.
NOBODY = "xem-truoc"


def questions_of(round_: Round) -> list[RoundQuestion]:
    """All questions that a round draws from, with their wording as announced. Kept by each process: they are fixed."""
    if round_.announced_at is None:
        return list(round_.questions.all())
    rows = RoundQuestion.objects.filter(round=round_.pk).select_related("question__picture", "question__guide")
    name = f"questions of round {round_.pk} {round_.rules_version}"
    return remembered(name, lambda: list(rows))


def with_uses(questions: QuerySet[Question]) -> QuerySet[Question]:
    """The questions with `uses`: in how many announced rounds they were asked."""
    return questions.annotate(uses=Count("rounds", filter=Q(rounds__round__announced_at__isnull=False)))


def bank() -> QuerySet[Question]:
    """Questions that a round may ask, easy ones first."""
    usable = Question.objects.filter(use=QuestionUse.COUNTED, is_retired=False)
    return with_uses(usable).prefetch_related("options").order_by("difficulty", "need", "pk")


def sample_questions(round_: Round) -> list[Question]:
    """The bank's questions that one family might get, for the preview of a round that is not announced yet."""
    rows = {row.pk: row for row in round_.questions.select_related("question").prefetch_related("question__options")}
    pairs = [(key, row.question.difficulty) for key, row in rows.items()]
    keys = drawn_set(pairs, count=round_.question_count, secret=round_.secret, who=NOBODY)
    return [rows[key].question for key in keys]
