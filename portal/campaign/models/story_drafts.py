"""Which story was made of which entry (bài viết từ bài dự thi): the source, and whose consent it rests on."""

from django.conf import settings
from django.db import models

from portal.campaign.models.rounds import Round


class StoryDraft(models.Model):
    """A page that began as an entry; the page itself is the editors' and may change in every word."""

    code = models.CharField("mã bài", max_length=20, unique=True)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="story_drafts", verbose_name="vòng")
    household = models.ForeignKey(
        "households.Household", on_delete=models.PROTECT, related_name="+", verbose_name="hộ cho phép đăng"
    )
    page = models.OneToOneField(
        "wagtailcore.Page", on_delete=models.SET_NULL, null=True, related_name="+", verbose_name="câu chuyện"
    )
    #: Numbers of the pictures that were copied into the library: they stay as long as the family allows pictures.
    pictures = models.JSONField("ảnh đã chép vào kho ảnh", default=list)
    made_at = models.DateTimeField("lập lúc", auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người lập"
    )

    class Meta:
        verbose_name = "câu chuyện từ bài dự thi"
        verbose_name_plural = "câu chuyện từ bài dự thi"
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.code
