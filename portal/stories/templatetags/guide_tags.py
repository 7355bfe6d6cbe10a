"""Guides for pages of other rooms, which name a need and know nothing of guides."""

from collections.abc import Sequence
from itertools import chain, zip_longest

from django import template

from portal.core.remember import remembered
from portal.stories.models import GuidePage

register = template.Library()


@register.simple_tag
def guides_for(needs: Sequence[str], count: int = 2) -> list[GuidePage]:
    """So many guides for these needs, the first need first, and one for each before a second for any."""
    guides = remembered("guides as links", lambda: list(GuidePage.links()))
    by_need = [[guide for guide in guides if guide.need == need] for need in dict.fromkeys(needs)]
    in_turn = chain.from_iterable(zip_longest(*by_need))
    return [guide for guide in in_turn if guide is not None][:count]
