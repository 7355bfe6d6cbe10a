"""What the register calls a step of a guide (portal.households.help_topics)."""

from uuid import UUID

ROOM = "huong-dan"


def about_step(guide: int, step: UUID | str) -> str:
    """The key of one step for requests for help."""
    return f"{ROOM}:{guide}:{step}"
