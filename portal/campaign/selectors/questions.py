"""Questions of a round, as the forms and the scoring read them."""

from portal.campaign.models import Round, RoundQuestion
from portal.core.remember import remembered


def questions_of(round_: Round) -> list[RoundQuestion]:
    """All questions that a round draws from, with their wording as announced. Kept by each process: they are fixed."""
    if round_.announced_at is None:
        return list(round_.questions.all())
    rows = RoundQuestion.objects.filter(round=round_.pk).select_related("question__picture", "question__guide")
    name = f"questions of round {round_.pk} {round_.rules_version}"
    return remembered(name, lambda: list(rows))
