"""Rounds of a game (vòng), their prizes and who gave them."""

import secrets
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from portal.campaign.clock import Times, phase_at
from portal.campaign.enums import CountingRule, Phase, PredictionOf, Ranking, SeedSource
from portal.campaign.models.games import GamePage
from portal.core.appendonly import Fact
from portal.core.constraints import both_or_neither


def round_secret() -> str:
    """What a round's question sets are drawn with."""
    return secrets.token_hex(16)


class RoundQuerySet(models.QuerySet["Round"]):
    """The reading vocabulary of rounds."""

    def announced(self) -> Self:
        """Rounds that the public may see."""
        return self.filter(announced_at__isnull=False, game__live=True)

    def taking_entries_at(self, moment: object) -> Self:
        """Announced rounds whose hours hold that moment; those in their grace are not looked for."""
        return self.announced().filter(opens_at__lte=moment, closes_at__gt=moment, sealed_at=None)

    def closed_at(self, moment: object) -> Self:
        """Announced rounds whose closing hour has passed and whose list still waits to be sealed."""
        return self.filter(announced_at__isnull=False, closes_at__lte=moment, sealed_at=None)


class Round(models.Model):
    """One round of a game (vòng): its hours, its rules, and how its winners are found.

    Once announced, what families rely on is fixed; `campaign.services.rounds` is the only door.
    """

    game = models.ForeignKey(GamePage, on_delete=models.PROTECT, related_name="rounds", verbose_name="minigame")
    number = models.PositiveSmallIntegerField("vòng số")
    title = models.CharField("tên vòng", max_length=120, blank=True)
    opens_at = models.DateTimeField("mở lúc", db_index=True)
    closes_at = models.DateTimeField("đóng lúc", db_index=True)
    grace_minutes = models.PositiveSmallIntegerField("cho làm nốt (phút)", default=10)
    #: Sheets handed in before the close are typed in until then; the list waits for them.
    paper_until = models.DateTimeField("nhập phiếu giấy đến", null=True, blank=True)
    question_count = models.PositiveSmallIntegerField("số câu mỗi bài", default=10)
    prediction_of = models.CharField(
        "câu dự đoán",
        max_length=16,
        choices=PredictionOf.choices,
        blank=True,
        help_text="Để trống khi không có. Đáp số chỉ biết sau khi chốt danh sách.",
    )
    days_from = models.DateField("ghi từ ngày", null=True, blank=True)
    days_to = models.DateField("ghi đến hết ngày", null=True, blank=True)
    takes_photo = models.BooleanField("nhận ảnh", default=False)
    ranking = models.CharField("cách xếp giải", max_length=8, choices=Ranking.choices, default=Ranking.SCORE)
    judged_by = models.TextField(
        "chấm theo những gì", max_length=1000, blank=True, help_text="Giám khảo đọc khi chấm. Mỗi ý một dòng."
    )
    by_time = models.BooleanField("bằng điểm thì ai gửi sớm hơn đứng trước", default=True)
    counting_rule = models.CharField(
        "hộ gửi nhiều bài", max_length=14, choices=CountingRule.choices, default=CountingRule.LAST
    )
    seed_source = models.CharField("số bốc thăm lấy từ", max_length=8, choices=SeedSource.choices, blank=True)
    seed_words = models.CharField(
        "nói rõ số nào",
        max_length=200,
        blank=True,
        help_text="Ví dụ: Giải đặc biệt xổ số Quảng Ngãi mở ngày 05/12/2026, đủ 6 chữ số.",
    )
    seed_known_at = models.DateTimeField("số đó có lúc", null=True, blank=True)
    rules_version = models.PositiveSmallIntegerField("bản thể lệ", default=1, editable=False)
    erase_on = models.DateField("xóa thông tin người dự thi vào ngày")
    secret = models.CharField("khóa của vòng", max_length=32, default=round_secret, editable=False)
    announced_at = models.DateTimeField("công bố thể lệ lúc", null=True, blank=True, editable=False)
    announced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="người công bố thể lệ",
    )
    sealed_at = models.DateTimeField("chốt danh sách lúc", null=True, blank=True, editable=False)
    drawn_at = models.DateTimeField("bốc thăm lúc", null=True, blank=True, editable=False)
    results_at = models.DateTimeField("công bố kết quả lúc", null=True, blank=True, editable=False)
    results_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="người công bố kết quả",
    )
    erased_at = models.DateTimeField("đã xóa lúc", null=True, blank=True, editable=False)
    created_at = models.DateTimeField("lập lúc", auto_now_add=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = "vòng"
        verbose_name_plural = "vòng"
        ordering = ["-opens_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["game", "number"], name="round_number_once_per_game"),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="round_closes_after_opening",
                violation_error_message="Giờ đóng phải sau giờ mở.",
            ),
            models.CheckConstraint(
                condition=Q(seed_known_at=None) | Q(seed_known_at__gt=F("closes_at")),
                name="round_seed_after_close",
                violation_error_message="Số bốc thăm phải là số chưa ai biết khi vòng đóng.",
            ),
            models.CheckConstraint(
                condition=Q(paper_until=None) | Q(paper_until__gte=F("closes_at")),
                name="round_paper_after_close",
                violation_error_message="Giờ nhập phiếu giấy phải từ giờ đóng trở đi.",
            ),
            both_or_neither(
                "announced_at", "announced_by", name="round_announced_pair", message="Công bố thì phải có người và giờ."
            ),
            both_or_neither(
                "results_at", "results_by", name="round_results_pair", message="Công bố thì phải có người và giờ."
            ),
            models.CheckConstraint(
                condition=Q(drawn_at=None) | Q(sealed_at__isnull=False),
                name="round_drawn_after_sealed",
                violation_error_message="Chốt danh sách rồi mới bốc thăm.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.game.title}, vòng {self.number}"

    def get_absolute_url(self) -> str:
        """The public page of the round; printed on paper."""
        return reverse("games:round", args=[self.game.slug, self.number])

    @property
    def times(self) -> Times:
        """The moments that the clock's rules need."""
        return Times(
            opens_at=self.opens_at,
            closes_at=self.closes_at,
            grace=timedelta(minutes=self.grace_minutes),
            published_rules_at=self.announced_at,
            paper_until=self.paper_until,
            sealed_at=self.sealed_at,
            drawn_at=self.drawn_at,
            results_at=self.results_at,
        )

    @property
    def phase(self) -> Phase:
        """Where the round stands right now."""
        return phase_at(timezone.now(), self.times)

    @property
    def has_missed_number(self) -> bool:
        """The number came out and the list was not sealed: anybody might doubt it, so another one must be named."""
        return self.misses_number_at(timezone.now())

    def misses_number_at(self, moment: datetime) -> bool:
        """The same at a given moment."""
        is_out = self.seed_known_at is not None and self.seed_known_at <= moment
        return is_out and phase_at(moment, self.times) == Phase.CLOSED


class RulesChange(Fact):
    """A change of rules after they were announced (sửa thể lệ), in the open: what, why and when."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="changes", verbose_name="vòng")
    version = models.PositiveSmallIntegerField("thành bản thể lệ")
    reason = models.CharField("vì sao", max_length=200)
    #: [[what, before, after], …] in words, as the round's page shows them.
    what = models.JSONField("sửa gì", default=list)
    changed_at = models.DateTimeField("sửa lúc", auto_now_add=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người sửa"
    )

    class Meta:
        verbose_name = "sửa thể lệ"
        verbose_name_plural = "sửa thể lệ"
        ordering = ["version"]
        constraints = [models.UniqueConstraint(fields=["round", "version"], name="ruleschange_once_per_version")]

    def __str__(self) -> str:
        return f"bản {self.version}: {self.reason}"


class Prize(models.Model):
    """A prize of a round (giải thưởng); the first position is the highest."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="prizes", verbose_name="vòng")
    position = models.PositiveSmallIntegerField("thứ tự")
    name = models.CharField("tên giải", max_length=80)
    gift = models.CharField("phần thưởng", max_length=160)
    quantity = models.PositiveSmallIntegerField("số giải", default=1)
    gift_from = models.ForeignKey(
        "campaign.Sponsorship",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="prizes",
        verbose_name="ai tặng",
    )

    class Meta:
        verbose_name = "giải thưởng"
        verbose_name_plural = "giải thưởng"
        ordering = ["round", "position"]
        constraints = [
            models.UniqueConstraint(fields=["round", "position"], name="prize_position_once_per_round"),
            models.CheckConstraint(
                condition=Q(quantity__gte=1), name="prize_at_least_one", violation_error_message="Ít nhất một giải."
            ),
        ]

    def __str__(self) -> str:
        return self.name
