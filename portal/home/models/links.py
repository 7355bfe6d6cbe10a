"""What the nightly look at links found."""

from django.db import models
from wagtail.models import Page

#: Another site may be down for a night; it is told only after this many nights in a row.
MISSES_TO_TELL = 3


class BrokenLinkQuerySet(models.QuerySet["BrokenLink"]):
    """The reading vocabulary."""

    def to_tell(self) -> "BrokenLinkQuerySet":
        """Breaks of our own at once, those of others when they last."""
        return self.filter(models.Q(is_internal=True) | models.Q(misses__gte=MISSES_TO_TELL))


class BrokenLink(models.Model):
    """A link of a published page that led nowhere last night (liên kết hỏng)."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="broken_links", verbose_name="trang")
    url = models.CharField("địa chỉ", max_length=500, blank=True)
    words = models.CharField("chữ của liên kết", max_length=200, blank=True)
    is_internal = models.BooleanField("trong chuyên mục", default=True)
    fault = models.CharField("hỏng thế nào", max_length=120)
    first_missed_at = models.DateTimeField("hỏng từ lúc")
    misses = models.PositiveSmallIntegerField("số đêm liền", default=1)

    objects = BrokenLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "liên kết hỏng"
        verbose_name_plural = "liên kết hỏng"
        ordering = ["-is_internal", "page__title", "url"]
        constraints = [models.UniqueConstraint(fields=["page", "url"], name="broken_link_once_a_page")]

    def __str__(self) -> str:
        return f"{self.page}: {self.url}"
