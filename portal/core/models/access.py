"""Who is signed in where, and who tried to be."""

import uuid

from django.conf import settings
from django.db import models


class EndReason(models.TextChoices):
    """Why a machine is no longer signed in."""

    OUT = "out", "đăng xuất"
    IDLE = "idle", "để lâu không dùng"
    REVOKED = "revoked", "bị đăng xuất từ máy khác"
    PASSWORD = "password", "đổi mật khẩu"
    DISABLED = "disabled", "tài khoản ngừng"
    WRONG_CODES = "codes", "nhập sai mã nhiều lần"


class StaffSession(models.Model):
    """One machine on which a member of staff is signed in (phiên đăng nhập).

    The browser's session holds the number of this row; without an open row it opens nothing. Of the network only its
    first part is kept: enough for the owner to tell home from office, too little to follow anybody.
    """

    number = models.UUIDField("số phiên", primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="staff_sessions", verbose_name="tài khoản"
    )
    started_at = models.DateTimeField("đăng nhập lúc")
    seen_at = models.DateTimeField("dùng lần cuối lúc")
    verified_at = models.DateTimeField("qua bước hai lúc", null=True, blank=True)
    network = models.CharField("mạng", max_length=64, blank=True)
    device = models.CharField("máy", max_length=80, blank=True)
    ended_at = models.DateTimeField("hết lúc", null=True, blank=True)
    ended_because = models.CharField("hết vì", max_length=10, choices=EndReason.choices, blank=True)
    question = models.JSONField("câu hỏi cho khóa truy cập", null=True, blank=True, editable=False)
    asked_at = models.DateTimeField("hỏi khóa lúc", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "phiên đăng nhập"
        verbose_name_plural = "phiên đăng nhập"
        ordering = ["-seen_at"]

    def __str__(self) -> str:
        return f"{self.user}: {self.device}"


class Passkey(models.Model):
    """What the site knows of a key that somebody's telephone or computer keeps (khóa truy cập); no secret in it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="passkeys", verbose_name="tài khoản"
    )
    name = models.CharField("tên khóa", max_length=80)
    host = models.CharField("tên miền", max_length=253)
    #: As long as the standard allows, in letters.
    credential_id = models.CharField("số của khóa", max_length=1364, unique=True)
    credential = models.BinaryField("khóa công khai")
    sign_count = models.PositiveBigIntegerField("số lần ký", default=0)
    made_at = models.DateTimeField("thêm lúc", auto_now_add=True)
    used_at = models.DateTimeField("dùng lần cuối lúc", null=True, blank=True)

    class Meta:
        verbose_name = "khóa truy cập"
        verbose_name_plural = "khóa truy cập"
        ordering = ["made_at"]

    def __str__(self) -> str:
        return self.name


class SignInTry(models.Model):
    """A wrong password or code (lần nhập sai), kept for a day.

    Names are digests: who is in a hurry types the password into the box for the name.
    """

    kind = models.CharField("bước", max_length=10)
    who = models.CharField("tài khoản", max_length=64)
    place = models.CharField("từ đâu", max_length=80)
    network = models.CharField("mạng", max_length=64)
    tried_at = models.DateTimeField("lúc")

    class Meta:
        verbose_name = "lần nhập sai"
        verbose_name_plural = "lần nhập sai"
        ordering = ["-tried_at"]
        indexes = [
            models.Index(fields=["who", "tried_at"], name="tries_by_account"),
            models.Index(fields=["network", "tried_at"], name="tries_by_network"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.tried_at:%d/%m/%Y %H:%M}"
