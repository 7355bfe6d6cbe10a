"""The pages around the channels are valid HTML and keep to the staff's frame."""

import pytest

from tests.html import parse_errors
from tests.integration.channels.album import channel_pages

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]


def test_every_state_of_the_pages_is_valid():
    album = channel_pages()
    assert len(album) == 8
    assert not parse_errors({page.name: page.html for page in album})
