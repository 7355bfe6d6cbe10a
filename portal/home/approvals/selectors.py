"""What came back from those who were asked."""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from portal.core.models import User
from portal.home.models import ApprovalLink

#: An answer stands on the desk for so long.
SHOWN_FOR = timedelta(days=7)


def answers_for(user: User) -> QuerySet[ApprovalLink]:
    """Decisions of the last week on what this member of staff sent or wrote, the newest first."""
    lately = ApprovalLink.objects.filter(decided_at__gt=timezone.now() - SHOWN_FOR)
    own = lately.filter(asked_by=user) | lately.filter(page__owner=user)
    return own.select_related("page", "approver").order_by("-decided_at")
