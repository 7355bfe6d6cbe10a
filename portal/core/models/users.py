"""Accounts of staff; families have none."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):  # type: ignore[django-manager-missing]
    """A member of staff (tài khoản cán bộ). One string for the name: nobody here has a telling surname."""

    full_name = models.CharField("họ và tên", max_length=120, blank=True)
    active_since = models.DateTimeField("mở lại lúc", null=True, blank=True, editable=False)
    closed_at = models.DateTimeField("ngừng lúc", null=True, blank=True, editable=False)
    closed_for_idleness = models.BooleanField("ngừng vì lâu không dùng", default=False, editable=False)

    class Meta(AbstractUser.Meta):
        verbose_name = "tài khoản"
        verbose_name_plural = "tài khoản"

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def get_full_name(self) -> str:
        """The name as the person writes it."""
        return self.full_name or super().get_full_name()

    def get_short_name(self) -> str:
        """The given name, the last word, as people are called here."""
        name = self.get_full_name()
        return name.split()[-1] if name else self.username
