"""Shared links show a picture of the page."""

import io

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from tests.factories.stories import StoryPageFactory


def drawn(page):
    with default_storage.open(page.share_picture_name) as file:
        return file.read()


def published(page, capture, **changes):
    for name, value in changes.items():
        setattr(page, name, value)
    with capture(execute=True):
        page.save_revision().publish()
    page.refresh_from_db()
    return page


def test_published_page_gets_a_share_picture(client, site_tree, django_capture_on_commit_callbacks):
    story = published(StoryPageFactory(parent=site_tree.stories), django_capture_on_commit_callbacks)
    with Image.open(io.BytesIO(drawn(story))) as picture:
        assert picture.size == (1200, 630)
        assert picture.format == "PNG"
    assert f'content="http://testserver{story.share_picture_url}"' in client.get(story.url).content.decode().replace(
        "http://127.0.0.1:8000", "http://testserver"
    )


def test_new_title_gets_a_new_picture_at_a_new_address(site_tree, django_capture_on_commit_callbacks):
    story = published(StoryPageFactory(parent=site_tree.stories), django_capture_on_commit_callbacks)
    old_url, old_bytes = story.share_picture_url, drawn(story)
    story = published(story, django_capture_on_commit_callbacks, title="Tên khác hẳn “trong ngoặc” & #dấu $lạ")
    assert story.share_picture_url != old_url
    assert drawn(story) != old_bytes


def test_publishing_again_unchanged_keeps_the_picture(site_tree, django_capture_on_commit_callbacks):
    story = published(StoryPageFactory(parent=site_tree.stories), django_capture_on_commit_callbacks)
    again = published(story, django_capture_on_commit_callbacks)
    assert again.share_picture_url == story.share_picture_url
    assert default_storage.exists(again.share_picture_name)


@pytest.mark.parametrize("take_down", ["unpublish", "delete"])
def test_picture_goes_with_the_page(site_tree, take_down, django_capture_on_commit_callbacks):
    story = published(StoryPageFactory(parent=site_tree.stories), django_capture_on_commit_callbacks)
    name = story.share_picture_name
    assert default_storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        getattr(story, take_down)()
    assert not default_storage.exists(name)
