"""The pages around the channels in each of their states, to be looked at by eyes and machines."""

from django.urls import reverse

from tests.desks import desk_of
from tests.factories.home import HungPosterFactory
from tests.factories.stories import NewsPageFactory
from tests.integration.channels.pages import address_of, an_activity, kept_everywhere, publish
from tests.integration.register.pages import Album


def channel_pages() -> Album:
    """Proposed, kept, old, refused, draft, taken down; the walls."""
    album = Album()
    editor = desk_of("Biên tập viên", full_name="Phạm Thị Bích")
    page, draft = an_activity(), NewsPageFactory(draft=True)
    draft.save_revision()
    album.keep("editor", editor.get(address_of(page)), "proposed")
    kept_everywhere(page)
    HungPosterFactory(page=page)
    album.keep("editor", editor.get(address_of(page)), "kept")
    publish(page, place="Trạm y tế")
    album.keep("editor", editor.get(address_of(page)), "old")
    album.keep(
        "editor", editor.post(address_of(page, "keep", "loa"), {"viec": "giu", "loi": "bà con ơi " * 90}), "long"
    )
    album.keep("editor", editor.post(address_of(page, "hang"), {}), "errors")
    album.keep("editor", editor.get(address_of(draft)), "draft")
    album.keep("editor", editor.get(reverse("channels:walls")))
    page.unpublish()
    album.keep("editor", editor.get(address_of(page)), "taken down")
    return album
