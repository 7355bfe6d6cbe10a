"""Truths that the database itself keeps."""

from django.db import models
from django.db.models import Q


def both_or_neither(left: str, right: str, *, name: str, message: str) -> models.CheckConstraint:
    """Two columns that only make sense together: both set, or both null."""
    both = Q(**{f"{left}__isnull": False, f"{right}__isnull": False})
    neither = Q(**{f"{left}__isnull": True, f"{right}__isnull": True})
    return models.CheckConstraint(condition=both | neither, name=name, violation_error_message=message)
