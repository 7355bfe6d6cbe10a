"""The question bank (ngân hàng câu hỏi). Right answers stay on the server until a round is over."""

from typing import Any, ClassVar

from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel

from portal.campaign.enums import QuestionUse
from portal.campaign.models.rounds import Round
from portal.campaign.options import OPTIONS_ALLOWED
from portal.campaign.panels import OptionsPanel
from portal.core.enums import Need


class Question(ClusterableModel):
    """A question with its options, why the right one is right, and the guide that teaches it (câu hỏi)."""

    class Difficulty(models.IntegerChoices):
        EASY = 1, "dễ"
        MIDDLE = 2, "vừa"
        HARD = 3, "khó"

    text = models.CharField("câu hỏi", max_length=300)
    picture = models.ForeignKey(
        "core.PortalImage",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="hình",
    )
    need = models.CharField("thuộc việc", max_length=12, choices=Need.choices, blank=True)
    difficulty = models.PositiveSmallIntegerField("độ khó", choices=Difficulty.choices, default=Difficulty.EASY)
    explanation = models.TextField("vì sao", max_length=500, help_text="Một hai câu, nói cho người chưa biết.")
    guide = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="hướng dẫn liên quan",
    )
    use = models.CharField("dùng ở đâu", max_length=4, choices=QuestionUse.choices, default=QuestionUse.COUNTED)
    is_retired = models.BooleanField("thôi dùng", default=False)

    panels: ClassVar[list[Any]] = [
        FieldPanel("text"),
        OptionsPanel("options", heading="Câu trả lời", label="Câu trả lời", min_num=2, max_num=4),
        FieldPanel("explanation"),
        FieldRowPanel([FieldPanel("difficulty"), FieldPanel("use"), FieldPanel("need")]),
        FieldPanel("picture"),
        PageChooserPanel("guide", "stories.GuidePage"),
        FieldPanel("is_retired"),
    ]

    class Meta:
        verbose_name = "câu hỏi"
        verbose_name_plural = "câu hỏi"
        ordering = ["difficulty", "id"]

    def __str__(self) -> str:
        return self.text

    @property
    def is_playable(self) -> bool:
        """Whether a round may ask it: for counted entries, with one right answer."""
        rights = [option.is_right for option in self.options.all()]
        return self.use == QuestionUse.COUNTED and len(rights) >= OPTIONS_ALLOWED[0] and sum(rights) == 1


class Option(models.Model):
    """One possible answer (câu trả lời)."""

    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="options", verbose_name="câu hỏi")
    text = models.CharField("câu trả lời", max_length=160)
    is_right = models.BooleanField("đúng", default=False)

    panels: ClassVar[list[Any]] = [FieldPanel("text"), FieldPanel("is_right")]

    class Meta:
        verbose_name = "câu trả lời"
        verbose_name_plural = "câu trả lời"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text


class RoundQuestion(models.Model):
    """A question of the bank that a round draws from, with its wording as announced (câu hỏi của vòng).

    `options` is [[number, text], …] and `right` the number of the right one, numbers thrown when the round is
    announced: what is asked and scored stays what it was, whatever is mended in the bank later, and no number or
    order that reaches a page tells which answer is right.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="questions", verbose_name="vòng")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="rounds", verbose_name="câu hỏi")
    text = models.CharField("câu hỏi lúc công bố", max_length=300, blank=True)
    options = models.JSONField("câu trả lời lúc công bố", default=list)
    right = models.PositiveBigIntegerField("câu đúng", null=True, blank=True)
    difficulty = models.PositiveSmallIntegerField("độ khó", default=1)

    class Meta:
        verbose_name = "câu hỏi của vòng"
        verbose_name_plural = "câu hỏi của vòng"
        ordering = ["round", "id"]
        constraints = [models.UniqueConstraint(fields=["round", "question"], name="question_once_per_round")]

    def __str__(self) -> str:
        return self.text or str(self.question_id)
