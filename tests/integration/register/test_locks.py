"""Two requests for one family at the same moment wait for each other, and never in a circle."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection, connections, transaction

import portal
from portal.households.enums import ConsentMeans, DataRequestKind, Purpose
from portal.households.models import Consent, Household, Objection
from portal.households.services.consents import Saying, record_consents
from portal.households.services.data_requests import ask_about_data
from portal.households.services.objections import ask_about_result
from tests.factories.households import HouseholdFactory

SERVICES = Path(portal.__file__).parent / "households" / "services"
PATIENCE = 20


def ask_for_copy(family: Household) -> None:
    ask_about_data(household=family, kind=DataRequestKind.SEE, asked_by="Phạm Thị Mơ", means=ConsentMeans.WEB, by=None)


def ask_again(family: Household) -> None:
    ask_about_result(household=family, asked_by="Phạm Thị Mơ", text="Sao còn ghi chưa làm được?", by=None)


def elsewhere(work, family):
    """In another connection; its own is closed behind it."""
    try:
        work(family)
    finally:
        connections.close_all()


def wait_until_somebody_waits() -> None:
    """Until another transaction of this database waits for a lock."""
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(waiting)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    raise AssertionError("nobody waits")


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.parametrize("work", [ask_for_copy, ask_again])
def test_change_of_consents_and_another_form_of_the_family_are_both_taken(work):
    """A consent refers to the household's row and has its turn at the log; the other form has the row and wants it."""
    family = HouseholdFactory()
    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            record_consents(household=family, sayings=[Saying(Purpose.PHOTO, True)], means=ConsentMeans.WEB, by=None)
            asked = other.submit(elsewhere, work, family)
            wait_until_somebody_waits()
        asked.result(timeout=PATIENCE)
    assert Consent.objects.filter(household=family).count() == 1
    assert family.data_requests.count() + Objection.objects.filter(household=family).count() == 1


def test_rows_that_others_refer_to_are_locked_without_their_keys():
    locks = re.compile(r"(?:Household|Proposal)\.objects\.select_for_update\(((?:[^()]|\([^()]*\))*)\)")
    found = [given for path in SERVICES.glob("*.py") for given in locks.findall(path.read_text(encoding="utf-8"))]
    assert found
    assert not [given for given in found if "no_key=True" not in given]
