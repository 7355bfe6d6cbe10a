"""The yardstick: the least that a Wagtail page can be."""

from wagtail.models import Page


class MinimalPage(Page):
    """A page with a title and nothing else."""

    class Meta:
        verbose_name = "trang đo"
        verbose_name_plural = "trang đo"
