"""Rows that are facts: written once, corrected only by further rows."""

from typing import Any, NoReturn

from django.db import models


class FactChanged(Exception):
    """Somebody tried to change or delete a recorded fact."""


class FactQuerySet(models.QuerySet[Any]):
    """Refuses the bulk roads around save() and delete()."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise FactChanged(f"{self.model._meta.verbose_name}: ghi rồi thì không sửa; ghi thêm dòng mới.")

    def delete(self) -> NoReturn:
        raise FactChanged(f"{self.model._meta.verbose_name}: ghi rồi thì không xóa.")


class Fact(models.Model):
    """Abstract append-only row."""

    objects = FactQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise FactChanged(f"{self._meta.verbose_name}: ghi rồi thì không sửa; ghi thêm dòng mới.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise FactChanged(f"{self._meta.verbose_name}: ghi rồi thì không xóa.")
