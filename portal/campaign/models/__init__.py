"""Activities of the movement; minigames follow."""

from portal.campaign.models.activities import ActivityIndexPage, ActivityPage

__all__ = ["ActivityIndexPage", "ActivityPage"]
