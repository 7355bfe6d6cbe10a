"""What is made of an article beside its page: texts for loudspeaker and phone, posters on the walls of the thôn."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from portal.core.constraints import both_or_neither

#: As many characters as portal.home.channels.articles writes.
DIGEST_LENGTH = 16


class Channel(models.TextChoices):
    """The ways by which an article reaches those who do not open the page."""

    LOUDSPEAKER = "loa", "Bản cho loa"
    ZALO = "zalo", "Tin Zalo"
    FACEBOOK = "facebook", "Bài Facebook"
    NOTICE = "bang-tin", "Tờ dán bảng tin"
    POSTER = "to-quang-ba", "Tờ quảng bá"


class ChannelText(models.Model):
    """The words for one channel as the editor keeps them (bản cho kênh).

    `digest` is of the article as it stood when somebody last said that these words are right for it.
    """

    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="channel_texts", verbose_name="bài"
    )
    channel = models.CharField("kênh", max_length=12, choices=Channel.choices)
    text = models.TextField("lời")
    digest = models.CharField("dấu của bài", max_length=DIGEST_LENGTH)
    made_at = models.DateTimeField("giữ lúc", default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người giữ"
    )

    class Meta:
        verbose_name = "bản cho kênh"
        verbose_name_plural = "bản cho kênh"
        ordering = ["page", "channel"]
        constraints = [
            models.UniqueConstraint(fields=["page", "channel"], name="channel_text_one_for_each_channel"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="channel_text_known_channel"),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}: {self.page}"


class HungPosterQuerySet(models.QuerySet["HungPoster"]):
    """The reading vocabulary of the walls."""

    def hanging(self) -> Self:
        """Those that nobody has taken down."""
        return self.filter(taken_down_on=None)


class HungPoster(models.Model):
    """One sheet on one wall (tờ quảng bá đã treo). It stays known when its page is deleted: paper does not vanish."""

    page = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="hung_posters",
        verbose_name="bài",
    )
    title = models.CharField("tiêu đề trên tờ", max_length=255)
    village = models.ForeignKey(
        "households.Village",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="thôn",
    )
    place = models.CharField("chỗ treo", max_length=120)
    hung_on = models.DateField("treo ngày")
    digest = models.CharField("dấu của bài lúc treo", max_length=DIGEST_LENGTH)
    noted_at = models.DateTimeField("ghi lúc", default=timezone.now)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người ghi"
    )
    taken_down_on = models.DateField("gỡ ngày", null=True, blank=True)
    closed_at = models.DateTimeField("ghi gỡ lúc", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người ghi gỡ",
    )

    objects = HungPosterQuerySet.as_manager()

    class Meta:
        verbose_name = "tờ quảng bá đã treo"
        verbose_name_plural = "tờ quảng bá đã treo"
        ordering = ["hung_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_down_on=None) | Q(taken_down_on__gte=F("hung_on")),
                name="hung_poster_taken_down_after_hanging",
                violation_error_message="Ngày gỡ không được trước ngày treo.",
            ),
            both_or_neither(
                "taken_down_on", "closed_at", name="hung_poster_down_is_noted", message="Gỡ rồi thì ghi cả lúc ghi."
            ),
            both_or_neither(
                "closed_at", "closed_by", name="hung_poster_closed_pair", message="Ghi gỡ thì phải có người và giờ."
            ),
        ]

    def __str__(self) -> str:
        return f"{self.where}: {self.title}"

    @property
    def where(self) -> str:
        """“nhà văn hóa, Thôn 3”."""
        return ", ".join(part for part in (self.place, self.village.name if self.village else "") if part)
