"""Who may do what around the games, beside the register's roles."""

from portal.campaign.models import Judge
from portal.core.models import User


def is_judge(user: User) -> bool:
    """Whether the account judges any round; whatever else it may or may not do."""
    return user.is_active and Judge.objects.filter(user=user, round__erased_at=None).exists()
