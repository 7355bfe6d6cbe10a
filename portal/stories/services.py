"""Writes of the editorial room."""

from typing import Any

from portal.stories.models.news import MAX_PINNED, NewsPage


def unpin_oldest_news(**_kwargs: Any) -> None:
    """Keep at most three pinned news: a fourth takes the oldest one's place. Runs when news is published.

    The latest revision is changed too, or opening the old one in the editor would pin it again.
    """
    pinned = NewsPage.objects.live().filter(is_pinned=True).order_by("-published_on", "-pk")
    for page in pinned[MAX_PINNED:]:
        NewsPage.objects.filter(pk=page.pk).update(is_pinned=False)
        revision = page.latest_revision
        if revision is not None:
            revision.content["is_pinned"] = False
            revision.save(update_fields=["content"])
