"""The whole sample, once."""

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from portal.core.models import SiteProfile
from portal.home.demo import library
from portal.home.demo.channels import add_channels
from portal.home.demo.games import add_games
from portal.home.demo.pages import Shelf, make_pages
from portal.home.demo.register import add_register, sample_officer
from portal.home.demo.signups import add_signups


def is_fresh() -> bool:
    """Whether nobody has written or cleared away anything yet."""
    # Root, home, sections: a page below those is somebody's work. The profile stays when the sample is cleared away.
    return not (SiteProfile.objects.exists() or Page.objects.filter(depth__gt=3).exists())


@transaction.atomic
def seed() -> int:
    """Put the sample up; all of it or, when anything fails, nothing. Returns the number of pages."""
    library.mark_as_sample()
    collection = library.sample_collection()
    shelf = Shelf(
        today=timezone.localdate(),
        scenes=library.add_scenes(collection),
        screens=library.add_screens(collection),
        recordings=library.add_recordings(),
        papers=library.add_papers(collection),
        villages=library.add_villages(),
    )
    count = make_pages(shelf)
    library.add_alerts()
    add_register(list(shelf.villages.values()), shelf.today)
    add_signups(shelf.pages, sample_officer())
    add_channels(shelf.pages, shelf.villages, shelf.today, sample_officer())
    add_games(shelf.today, shelf.pages, sample_officer())
    return count
