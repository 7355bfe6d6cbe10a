"""Moderators and judges (xem bài, chấm bài): every saying is a fact; the last one of each person holds."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.campaign.enums import Relation, Verdict
from portal.campaign.models.rounds import Round
from portal.core.appendonly import Fact


class Moderation(Fact):
    """What a moderator said of an entry (xem bài). An undone one is followed by a row with an empty verdict."""

    code = models.CharField("mã bài", max_length=20, db_index=True)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="moderations", verbose_name="vòng")
    #: Version that was looked at: a repaired entry waits anew.
    version = models.PositiveSmallIntegerField("bản đã xem")
    verdict = models.CharField("kết quả", max_length=12, choices=Verdict.choices, blank=True)
    reason = models.CharField("lý do, nói cho gia đình đọc", max_length=250, blank=True)
    said_at = models.DateTimeField("lúc", auto_now_add=True)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người xem"
    )

    class Meta:
        verbose_name = "xem bài"
        verbose_name_plural = "xem bài"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=["", Verdict.APPROVED]) | ~Q(reason=""),
                name="moderation_no_needs_reason",
                violation_error_message="Không nhận hay cần sửa thì phải nói lý do cho gia đình.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.get_verdict_display()}"


class Judge(models.Model):
    """Who judges a round (giám khảo); at least two."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="judges", verbose_name="vòng")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="tài khoản"
    )

    class Meta:
        verbose_name = "giám khảo"
        verbose_name_plural = "giám khảo"
        constraints = [models.UniqueConstraint(fields=["round", "user"], name="judge_once_per_round")]

    def __str__(self) -> str:
        return str(self.user)


class JudgeScore(Fact):
    """One judge's points for one entry (điểm chấm); sealed to the others until all are in."""

    judge = models.ForeignKey(Judge, on_delete=models.PROTECT, related_name="scores", verbose_name="giám khảo")
    code = models.CharField("mã bài", max_length=20, db_index=True)
    relation = models.CharField("quan hệ", max_length=6, choices=Relation.choices)
    points = models.PositiveSmallIntegerField("điểm", null=True, blank=True)
    note = models.CharField("nhận xét", max_length=300, blank=True)
    scored_at = models.DateTimeField("chấm lúc", auto_now_add=True)

    class Meta:
        verbose_name = "điểm chấm"
        verbose_name_plural = "điểm chấm"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(relation=Relation.NONE, points__isnull=False, points__lte=100)
                | Q(relation=Relation.KNOWN, points=None),
                name="judgescore_points_without_relation",
                violation_error_message="Điểm từ 0 đến 100; bài của người quen thì không chấm.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.points}"
