"""The machine's clock jumps ahead and back: nothing that people sent is lost, refused or put in another order."""

import json
import re
import time
from datetime import UTC, datetime, timedelta

import pytest

from portal.core.access import tries
from portal.core.models import SignInTry
from portal.core.public_forms import FormToken
from portal.households.enums import ConsentMeans, NameForm, Purpose
from portal.households.selectors.consents import granted_purposes
from portal.households.services.consents import Saying, record_consents
from tests.databases import database_of_its_own
from tests.factories.households import HouseholdFactory
from tests.integration.faults.families import audit, forms_of, send_until_received
from tests.integration.faults.sites import hurt_site
from tests.integration.faults.staff import signed_in
from tests.running_site import ROOT

CALLED = "Phạm Thị Lệch Giờ"
HOURS = 3
ENTERING = "/minigame/nha-toi-gioi-so/vong-2/du-thi/"
PAGES = ("/", "/tin-tuc/", "/hoat-dong/", "/minigame/", ENTERING, "/dang-ky/", "/readyz")
BEAT = """
import json
from portal.core.heartbeat import SCHEDULER, last_beat
print(json.dumps(last_beat(SCHEDULER).isoformat()))
"""
CODES = """
SELECT household.code FROM households_registration registration
JOIN households_household household ON household.id = household_id
WHERE household.head_name LIKE '{called}%' ORDER BY registration.id
"""


def beats_at(site, moment, *, within):
    """Whether the process that keeps the time has left a sign of life at about this moment, or leaves one soon."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        last = datetime.fromisoformat(json.loads(site.run(BEAT)))
        if abs(last - moment) < timedelta(minutes=5):
            return True
        time.sleep(0.5)
    return False


def test_clock_that_jumps_loses_nothing_and_stops_nothing(site, tmp_path):
    clock = tmp_path / "clock"
    clock.write_text("0")
    moved = {"PYTHONPATH": str(ROOT / "tests" / "clock"), "TEST_CLOCK": str(clock)}
    files = tmp_path / "files"
    files.mkdir()
    with database_of_its_own("clock") as address, hurt_site(site, files, address, **moved) as hurt:
        forms, editor = iter(forms_of(hurt, 6, called=CALLED)), signed_in(hurt, "bien-tap")
        outcomes = [send_until_received(hurt, next(forms))]
        # Three hours ahead; then put right; then three hours behind; then put right.
        for hours in (HOURS, 0, -HOURS, 0):
            clock.write_text(str(hours * 3600))
            time.sleep(0.5)
            assert {path: hurt.get(path).status for path in PAGES} == dict.fromkeys(PAGES, 200)
            assert editor.get("/quan-tri/").status in {200, 302}
            sent = send_until_received(hurt, next(forms))
            assert not sent.put_off
            outcomes.append(sent)
            assert editor.sign_in_again().status == 302
            assert beats_at(hurt, datetime.now(UTC) + timedelta(hours=hours), within=20), hours
        audit(hurt, outcomes, called=CALLED)
        numbers = [int(re.search(r"\d+", code)[0]) for (code,) in hurt.rows(CODES.format(called=CALLED))]
        assert numbers == sorted(numbers)
        assert len(numbers) == len(outcomes)


@pytest.fixture
def ahead(time_machine):
    """The clock is three hours ahead; `.put_right()` ends that."""
    now = datetime(2026, 11, 26, 3, tzinfo=UTC)
    time_machine.move_to(now + timedelta(hours=HOURS), tick=False)
    time_machine.put_right = lambda: time_machine.move_to(now, tick=False)
    return time_machine


def test_consent_withdrawn_after_the_clock_was_put_right_is_withdrawn(db, ahead):
    household = HouseholdFactory()

    def say(is_granted):
        saying = Saying(Purpose.NAME, is_granted, name_form=NameForm.FULL if is_granted else None)
        record_consents(household=household, sayings=[saying], means=ConsentMeans.WEB, by=None)

    say(True)
    ahead.put_right()
    say(False)
    assert Purpose.NAME not in granted_purposes(household)
    say(True)
    assert Purpose.NAME in granted_purposes(household)


def test_form_opened_by_a_clock_that_ran_ahead_is_no_machine(ahead):
    token = FormToken.new()
    assert token.is_hasty
    ahead.put_right()
    assert not token.is_hasty
    assert token.is_fresh


def test_wrong_passwords_of_a_clock_that_ran_ahead_lock_nobody_out_for_hours(db, rf, ahead):
    request = rf.post("/quan-tri/login/")
    for _ in range(8):
        tries.note_try(tries.PASSWORD, "bien-tap", request)
    assert tries.seconds_to_wait(tries.PASSWORD, "bien-tap", request) > 0
    ahead.put_right()
    assert tries.seconds_to_wait(tries.PASSWORD, "bien-tap", request) == 0
    assert SignInTry.objects.count() == 8
