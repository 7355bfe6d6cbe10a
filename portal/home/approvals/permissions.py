"""Who may put a page before somebody without an account."""

from wagtail.models import Page

from portal.core.models import User
from portal.home.desk.roles import can_publish_pages


def can_ask_for_approval(user: User, page: Page) -> bool:
    """Whoever made the page or sent it to review, and those who publish; always with the right to change it."""
    if not page.permissions_for_user(user).can_edit():
        return False
    state = page.current_workflow_state
    return page.owner_id == user.pk or can_publish_pages(user) or bool(state and state.requested_by_id == user.pk)
