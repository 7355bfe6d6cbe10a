"""The three roles of the column, as the migration names their groups, and what sets them apart."""

from typing import Any

from wagtail.models import Page
from wagtail.permissions import policy_registry

EDITOR = "Biên tập viên"
REVIEWER = "Người duyệt bài"
ADMINISTRATOR = "Quản trị"


def can_publish_pages(user: Any) -> bool:
    """Reviewers and administrators."""
    return bool(policy_registry.get_by_type(Page).user_has_permission(user, "publish"))


def can_delete_published_pages(user: Any) -> bool:
    """Administrators only: an address that was public may stand on paper."""
    return bool(policy_registry.get_by_type(Page).user_has_permission(user, "bulk_delete"))
