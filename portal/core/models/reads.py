"""How often pages are opened: a number per page and day, and nothing about who opened them."""

from django.db import models
from wagtail.models import Page


class PageReads(models.Model):
    """How often a page went out on one day (lượt mở trang)."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="reads", verbose_name="trang")
    day = models.DateField("ngày")
    count = models.PositiveIntegerField("số lượt mở", default=0)

    class Meta:
        verbose_name = "lượt mở trang"
        verbose_name_plural = "lượt mở trang"
        ordering = ["-day", "page"]
        constraints = [models.UniqueConstraint(fields=["page", "day"], name="pagereads_once_a_day")]
        indexes = [models.Index(fields=["day"], name="pagereads_day")]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}: {self.count}"
