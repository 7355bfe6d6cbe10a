"""Sign-ups for trainings (đăng ký chỗ): seats, and a waiting list in order of arrival."""

from django.conf import settings
from django.db import models

from portal.campaign.enums import EntryChannel
from portal.campaign.models.activities import ActivityPage

#: “Hoạt động”. Drawn codes: they open a sign-up without its secret, and must not be counted up to.
SIGNUP_PREFIX = "HD"


class Signup(models.Model):
    """Somebody wants to come (đăng ký chỗ). Whether there is a seat follows from the order, never from a flag."""

    #: Made when the form was opened; the same form sent twice is one sign-up (invariant 8).
    token = models.UUIDField("mã phiếu", unique=True)
    code = models.CharField("mã đăng ký", max_length=20, unique=True)
    activity = models.ForeignKey(
        ActivityPage, on_delete=models.PROTECT, related_name="signups", verbose_name="buổi tập huấn"
    )
    household = models.ForeignKey(
        "households.Household", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="hộ"
    )
    name = models.CharField("ai đến", max_length=120)
    village = models.ForeignKey(
        "households.Village", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="thôn"
    )
    phone = models.CharField("số điện thoại", max_length=16, blank=True)
    people = models.PositiveSmallIntegerField("mấy người", default=1)
    channel = models.CharField("đăng ký bằng", max_length=4, choices=EntryChannel.choices, default=EntryChannel.WEB)
    signed_up_at = models.DateTimeField("đăng ký lúc", auto_now_add=True)
    signed_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người ghi giúp",
    )
    cancelled_at = models.DateTimeField("thôi lúc", null=True, blank=True)
    has_come = models.BooleanField("đã đến", null=True, blank=True)

    class Meta:
        verbose_name = "đăng ký chỗ"
        verbose_name_plural = "đăng ký chỗ"
        ordering = ["signed_up_at", "id"]

    def __str__(self) -> str:
        return self.code
