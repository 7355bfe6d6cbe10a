"""`/tien-do/`: true, told so that no household shows through, and only what a closed quarter says."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import caches
from wagtail.models import Site

from portal.core.models import SiteProfile
from portal.core.periods import Period
from portal.households.models import PeriodClose
from portal.households.progress.contents import canonical
from portal.households.services.periods import close_period
from tests.attacker import Readings, what_comes_out
from tests.communes.quarters import ALL_FOUR, ASSESSED, CAPABLE, FOUR, PASSING, Commune
from tests.factories.households import VillageFactory
from tests.factories.progress import PeriodCloseFactory
from tests.integration.register import periods, public_readings

pytestmark = pytest.mark.django_db
SECOND, THIRD = Period(2026, 2), Period(2026, 3)


def closed(commune: Commune, period: Period, least: int) -> PeriodClose:
    return PeriodCloseFactory(
        year=period.year,
        quarter=period.quarter,
        first_on=period.first_day(),
        last_on=period.last_day(),
        content=canonical(commune.content(period, least).given),
    )


def readings_of(client, period: Period) -> Readings:
    """Everything that page, table and feed tell of the quarter."""
    page = client.get(f"/tien-do/{period.code}/").content.decode()
    table = client.get(f"/tien-do/{period.code}/so-lieu.csv").content.decode()
    feed = Readings({}, {}, public_readings.of_feed(client.get("/tien-do/tin/").content.decode(), period.heading))
    return public_readings.together(public_readings.of_page(page), public_readings.of_table(table), feed)


def numbers_of(row: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", row)]


@pytest.mark.parametrize("seed", range(12))
def test_attacker_learns_no_count_that_is_not_told(client, site_tree, seed):
    least = (5, 5, 3, 10)[seed % 4]
    commune = Commune.drawn(seed)
    for period in (SECOND, THIRD):
        closed(commune, period, least)
        readings = readings_of(client, period)
        for measure, (low, high) in readings.commune.items():
            assert low <= commune.count(measure, list(commune.villages)) <= high, measure
        for (row, measure), (low, high) in what_comes_out(readings).items():
            assert low <= commune.count(measure, numbers_of(row)) <= high, (row, measure)
            assert high - low >= least, f"{row}, {measure}: between {low} and {high}"
        assert sorted(number for row in readings.wholes for number in numbers_of(row)) in ([], list(commune.villages))
        commune.a_quarter_later()
        caches["pages"].clear()  # pages are forgotten at commit, and a test never commits


def test_attacker_is_no_fool():
    """Hiding only the small cell of a table with a sum gives it away; so does a sum at the end of what is possible."""
    exact = {("Thôn 1", "an-toan"): (12, 12), ("Thôn 2", "an-toan"): (0, 4), ("Thôn 3", "an-toan"): (20, 20)}
    wholes = {"Thôn 1": 30, "Thôn 2": 25, "Thôn 3": 40}
    found = what_comes_out(Readings(wholes, exact, {"an-toan": (34, 34)}))
    assert found["Thôn 2", "an-toan"] == (2, 2)
    ranges = {("Thôn 1", "an-toan"): (10, 19), ("Thôn 2", "an-toan"): (0, 9), ("Thôn 3", "an-toan"): (20, 29)}
    found = what_comes_out(Readings(wholes, ranges, {"an-toan": (31, 31)}))
    assert found["Thôn 2", "an-toan"] == (0, 1)
    tied = Readings({"Thôn 1": 30}, {("Thôn 1", "an-toan"): (10, 19)}, {ALL_FOUR: (19, 19)}, [(ALL_FOUR, "an-toan")])
    assert what_comes_out(tied)["Thôn 1", "an-toan"] == (19, 19)


def test_usual_commune_is_told_in_numbers(client, site_tree):
    """Ranges are for villages: in a commune of the usual size everything of the whole is exact."""
    commune = Commune.drawn(0)
    commune.villages = {
        number: [
            {key: (place * 7 + number) % 10 < 6 - at for at, key in enumerate(FOUR)}
            | {ALL_FOUR: place % 5 == 0 and (place * 7 + number) % 10 < 3, PASSING: False, ASSESSED: place % 9 > 0}
            | {CAPABLE: place % 3 > 0}
            for place in range(150 + number)
        ]
        for number in range(1, 15)
    }
    closed(commune, THIRD, 5)
    readings = readings_of(client, THIRD)
    assert all(low == high for key, (low, high) in readings.commune.items() if key != PASSING)
    assert {*FOUR, CAPABLE, ALL_FOUR, ASSESSED} <= set(readings.commune)
    assert len(readings.wholes) == 14
    assert all(high - low < 20 for low, high in readings.rows.values())


def test_only_closed_quarters_are_told(client, site_tree, officer):
    """A register that is read every day would tell of every visit."""
    villages, clerk = [VillageFactory(), VillageFactory()], officer.user
    with time_machine.travel(periods.NOW, tick=False):
        homes = periods.settle(villages, clerk)
        page = client.get("/tien-do/").content.decode()
        assert "Xã chưa chốt quý nào" in page
        close_period(period=periods.QUARTER, by=clerk, note="Thôn chưa gửi.")
        caches["pages"].clear()
        told = client.get("/tien-do/").content.decode()
        assert f"{len(homes)} hộ trong sổ" in told
    with time_machine.travel(periods.NOW + timedelta(days=3), tick=False):
        for home in homes:
            periods.visit(home, clerk, periods.LAST, met=periods.FOUR)
        caches["pages"].clear()
        assert re.findall("<main.*</main>", client.get("/tien-do/").content.decode(), re.DOTALL) == re.findall(
            "<main.*</main>", told, re.DOTALL
        )
    assert client.get("/tien-do/2026-1/").status_code == 404
    assert client.get("/tien-do/2026/").status_code == 404
    assert client.get("/tien-do/khong-co/so-lieu.csv").status_code == 404


def test_closing_changes_what_readers_get_at_once(client, site_tree, officer, django_capture_on_commit_callbacks):
    with time_machine.travel(periods.NOW, tick=False):
        periods.settle([VillageFactory()], officer.user)
        assert "Xã chưa chốt quý nào" in client.get("/tien-do/").content.decode()
        with django_capture_on_commit_callbacks(execute=True):
            close_period(period=periods.QUARTER, by=officer.user, note="Thôn chưa gửi.")
        assert periods.QUARTER.heading in client.get("/tien-do/").content.decode()


def test_setting_holds_for_quarters_that_are_closed_later(site_tree, officer):
    """What was told once with other ranges would be narrowed by telling it again."""
    profile = SiteProfile.for_site(Site.objects.get())
    profile.smallest_count = 9
    profile.save()
    with time_machine.travel(periods.NOW, tick=False):
        periods.settle([VillageFactory()], officer.user)
        close = close_period(period=periods.QUARTER, by=officer.user, note="Thôn chưa gửi.")
    assert '"least":9' in close.content


def test_picture_for_shared_links_holds_no_number_of_households(client, site_tree):
    closed(Commune.drawn(3), THIRD, 5)
    page = client.get("/tien-do/").content.decode()
    picture = re.search(r'og:image" content="https?://[^/"]+(/[^"]+)"', page)[1]
    answer = client.get(picture)
    assert answer.status_code == 302
    drawn = client.get(answer.url)
    assert b"".join(drawn.streaming_content).startswith(b"\x89PNG")
    assert client.get(picture).url == answer.url
    title = re.search(r'og:title" content="([^"]+)"', page)[1]
    assert re.fullmatch(r"Tiến độ quý\s+III/2026: (\d trong )?\d mục tiêu.*", title)
