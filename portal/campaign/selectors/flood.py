"""Whether a round is getting more entries than families send."""

from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from portal.campaign.models import Entry, Round

#: Each process asks the database once in so many seconds; an entry costs no question more.
LOOK_EVERY_SECONDS = 5


def is_flooded(round_: Round) -> bool:
    """More entries within the last minute than the setting MINIGAME_FLOOD_PER_MINUTE allows."""
    return bool(cache.get_or_set(f"minigame-flood.{round_.pk}", lambda: _is_flooded(round_), LOOK_EVERY_SECONDS))


def _is_flooded(round_: Round) -> bool:
    since = timezone.now() - timedelta(minutes=1)
    limit: int = settings.MINIGAME_FLOOD_PER_MINUTE
    return Entry.objects.filter(round=round_, received_at__gte=since).count() > limit
