"""Broken links for those who can mend them."""

from portal.core.models import User
from portal.home.models.links import BrokenLink, BrokenLinkQuerySet


def broken_links(*, owner: User | None = None) -> BrokenLinkQuerySet:
    """Those that are to be told, of all pages or of one person's."""
    found = BrokenLink.objects.to_tell().select_related("page", "page__owner")
    return found.filter(page__owner=owner) if owner else found
