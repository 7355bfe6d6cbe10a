"""Who may do what on the register. A village account reaches its own village only (invariant 9)."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.core.models import User
from portal.households.models import Village

TEAM_GROUP = "Tổ công nghệ số"
OFFICER_GROUP = "Cán bộ sổ hộ"
LEADER_GROUP = "Lãnh đạo"


def role_names(user: User) -> set[str]:
    """Names of the user's groups, asked for once per user object."""
    names: set[str] | None = getattr(user, "_role_names", None)
    if names is None:
        names = set(user.groups.values_list("name", flat=True)) if user.is_active and user.pk else set()
        user._role_names = names  # type: ignore[attr-defined]
    return names


def is_officer(user: User) -> bool:
    """Cán bộ sổ hộ: the whole register. A superuser keeps accounts and has no business in it by that alone."""
    return OFFICER_GROUP in role_names(user)


def is_team_member(user: User) -> bool:
    """Tổ công nghệ số: own village."""
    return TEAM_GROUP in role_names(user)


def is_leader(user: User) -> bool:
    """Lãnh đạo: figures and lists to read, nothing to write."""
    return LEADER_GROUP in role_names(user)


def villages_of(user: User) -> QuerySet[Village]:
    """Villages whose households this account may see: all for officers, today's own for a team, else none."""
    if is_officer(user):
        return Village.objects.all()
    if not is_team_member(user):
        return Village.objects.none()
    today = timezone.localdate()
    standing = Q(memberships__valid_to=None) | Q(memberships__valid_to__gte=today)
    return Village.objects.filter(standing, memberships__user=user, memberships__valid_from__lte=today).distinct()


def villages_reported_to(user: User) -> QuerySet[Village]:
    """Villages whose figures and activities, which name no family, this account may read: all for leaders, too."""
    return Village.objects.all() if is_leader(user) else villages_of(user)


def can_decide_titles(user: User) -> bool:
    """Officers only."""
    return is_officer(user)


def can_reveal_phone(user: User) -> bool:
    """Officers, and team members for the families they visit; always with a reason, always logged."""
    return is_officer(user) or is_team_member(user)


def can_read_log(user: User) -> bool:
    """Leaders and administrators: not those whose doings it records."""
    return is_leader(user) or (user.is_active and user.is_superuser)
