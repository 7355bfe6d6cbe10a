"""“Nhà tôi giỏi số”: questions with one right answer, a set of its own for every household."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from portal.campaign.kinds.base import ContentForm, Step, nothing_required
from portal.campaign.models import Round, RoundQuestion
from portal.campaign.question_sets import drawn_set, shuffled
from portal.campaign.scoring import right_answers
from portal.campaign.selectors.questions import questions_of
from portal.core.http import whole_number

MISSING = "Xin chọn một câu trả lời. Chưa chắc thì chọn câu mình thấy đúng nhất."
MAX_PREDICTION = 9999
PREDICTION = "prediction"


def field_of(question: RoundQuestion) -> str:
    """Name of the question's box in the form."""
    return f"q{question.pk}"


class KnowledgeForm(ContentForm):
    """One question a step, in the household's own order, and perhaps a number to guess."""

    def __init__(self, data: Mapping[str, Any] | None, *, round_: Round, questions: list[RoundQuestion], who: str):
        super().__init__(data)
        self.questions = questions
        steps = []
        for number, question in enumerate(questions, start=1):
            options = shuffled(
                [tuple(option) for option in question.options],
                secret=round_.secret,
                who=who,
                question=question.pk,
            )
            self.fields[field_of(question)] = forms.ChoiceField(
                choices=[(str(key), text) for key, text in options],
                error_messages={"required": MISSING, "invalid_choice": MISSING},
            )
            steps.append(
                Step(
                    key=str(number),
                    title=question.text,
                    fields=(field_of(question),),
                    template="campaign/play/question.html",
                    unit="câu",
                    subject=question,
                )
            )
        if round_.prediction_of:
            self.fields[PREDICTION] = forms.CharField(required=False)
            title = round_.get_prediction_of_display()
            empty = "Không đoán"
            steps.append(Step("du-doan", title, (PREDICTION,), "campaign/play/prediction.html", empty=empty))
        self.steps = steps

    def clean_prediction(self) -> int | None:
        """A whole number; nothing is allowed and stands behind every number."""
        typed = str(self.cleaned_data.get(PREDICTION, "")).replace(".", "").strip()
        if not typed:
            return None
        number = whole_number(typed)
        if number is None or number > MAX_PREDICTION:
            raise ValidationError("Xin viết số bài bằng chữ số, ví dụ 120. Không đoán thì để trống.")
        return number

    def content(self) -> dict[str, Any]:
        answers = {
            str(question.pk): int(self.cleaned_data[field_of(question)])
            for question in self.questions
            if self.cleaned_data.get(field_of(question))
        }
        return {"answers": answers, "prediction": self.cleaned_data.get(PREDICTION)}


class Knowledge:
    """The kind that the plan names “Nhà tôi giỏi số”."""

    is_moderated = False
    setup_fields: tuple[str, ...] = ("question_count", "prediction_of")
    score_words = "Đúng nhiều câu hơn"
    has_questions = True

    def form(self, round_: Round, who: str, data: Mapping[str, Any] | None = None) -> KnowledgeForm:
        return KnowledgeForm(data, round_=round_, questions=self.questions_for(round_, who), who=who)

    def paper_form(self, round_: Round, who: str, data: Mapping[str, Any] | None = None) -> KnowledgeForm:
        return nothing_required(self.form(round_, who, data))

    def questions_for(self, round_: Round, who: str) -> list[RoundQuestion]:
        """The household's questions in its order."""
        known = {question.pk: question for question in questions_of(round_)}
        pairs = [(question.pk, question.difficulty) for question in known.values()]
        keys = drawn_set(pairs, count=round_.question_count, secret=round_.secret, who=who)
        return [known[key] for key in keys]

    def initial(self, content: Mapping[str, Any]) -> dict[str, Any]:
        answers = {f"q{key}": str(option) for key, option in content.get("answers", {}).items()}
        prediction = content.get("prediction")
        return {**answers, PREDICTION: "" if prediction is None else str(prediction)}

    def points(self, round_: Round, content: Mapping[str, Any]) -> int:
        key = {str(question.pk): str(question.right) for question in questions_of(round_)}
        return right_answers({q: str(option) for q, option in content.get("answers", {}).items()}, key)

    def prediction(self, content: Mapping[str, Any]) -> int | None:
        value = content.get("prediction")
        return value if isinstance(value, int) else None

    def shown(self, round_: Round, content: Mapping[str, Any]) -> list[tuple[str, str]]:
        known = {str(question.pk): question for question in questions_of(round_)}
        rows = []
        for key, chosen in content.get("answers", {}).items():
            question = known.get(key)
            if question is not None:
                texts = dict(question.options)
                rows.append((question.text, str(texts.get(chosen, ""))))
        if round_.prediction_of:
            guess = self.prediction(content)
            rows.append((round_.get_prediction_of_display(), "không đoán" if guess is None else f"{guess} bài"))
        return rows

    def words(self, content: Mapping[str, Any]) -> str:
        return ""

    def without_words(self, content: Mapping[str, Any]) -> dict[str, Any]:
        return dict(content)

    def troubles(self, round_: Round) -> list[str]:
        chosen = round_.questions.select_related("question").prefetch_related("question__options")
        found = [
            f"Câu “{row.question}” chưa dùng được cho bài thi: xem lại câu đúng và ô “dùng ở đâu”."
            for row in chosen
            if not row.question.is_playable
        ]
        if len(chosen) < round_.question_count:
            found.append(
                f"Vòng cần ít nhất {round_.question_count} câu hỏi, mới chọn {len(chosen)}. Xin chọn thêm câu hỏi."
            )
        return found


KNOWLEDGE = Knowledge()
