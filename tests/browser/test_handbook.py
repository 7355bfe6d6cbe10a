"""The staff's work as the handbooks tell it, walked on a site of its own by six roles, and the pictures beside it."""

import re
from shutil import copy, copytree

import pytest
from PIL import Image

from portal.home.serving import ACCOUNTS_FILE
from tests.databases import database_of_its_own
from tests.handbook.duties import DUTIES, MOST_CLICKS
from tests.handbook.journeys import JOURNEYS
from tests.handbook.walking import FOLDER, Journey, walk
from tests.integration.faults.sites import hurt_site
from tests.running_site import ROOT

pytestmark = pytest.mark.any_database
MOST_BYTES = 60_000


@pytest.fixture(scope="module")
def sample_site(site, tmp_path_factory):
    """Journeys write; what they write is nobody else's business."""
    folder = tmp_path_factory.mktemp("handbook")
    copytree(site.data_dir / "media", folder / "media")
    copy(site.data_dir / ACCOUNTS_FILE, folder)
    with database_of_its_own("handbook") as address, hurt_site(site, folder, address) as own:
        yield own


@pytest.mark.parametrize("username", sorted({duty.username for duty in DUTIES}))
def test_weekly_duties_are_three_clicks_from_home_at_most(sample_site, browser, username):
    def all_of_them(one):
        for duty in DUTIES:
            if duty.username == username:
                duty.go(one)
                assert one.clicks <= MOST_CLICKS, duty.name

    walk(Journey("tuần", username, all_of_them), browser, sample_site)


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.name)
def test_journey_comes_to_its_end(sample_site, browser, journey):
    walk(journey, browser, sample_site)


def named(pattern, paths):
    return {name for path in paths for name in re.findall(pattern, path.read_text(encoding="utf-8"))}


def test_handbooks_show_every_picture_that_a_journey_takes_and_no_other():
    taken = named(r"\.picture\(\"([\w-]+)\"\)", (ROOT / "tests" / "handbook").glob("*.py"))
    shown = named(r"!\[[^\]]+\]\(hinh/([\w-]+)\.webp\)", (ROOT / "docs").glob("*.md"))
    assert taken == shown == {path.stem for path in FOLDER.glob("*")}


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.webp")), ids=lambda path: path.stem)
def test_picture_is_small_and_says_nothing_of_the_machine(path):
    assert path.stat().st_size <= MOST_BYTES
    with Image.open(path) as picture:
        assert picture.width in {360, 960}
        assert not picture.getexif()
