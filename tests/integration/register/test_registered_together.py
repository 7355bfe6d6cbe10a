"""Families that send at the same moment are written in one transaction."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, connections
from django.test.utils import CaptureQueriesContext

from portal.core.audit import broken_lines
from portal.core.models import AuditEntry
from portal.households.enums import NameForm, Purpose
from portal.households.models import Household, ProgressCourse, Registration
from portal.households.services.progress import rebuild_progress
from portal.households.services.registrations import Application, receive_together, register_household
from tests.factories.households import VillageFactory

CONSENTS = (Purpose.REGISTER, Purpose.NAME)
#: One line for the household, one for each consent, one for the form.
LINES_OF_A_FAMILY = 2 + len(CONSENTS)


def form_of(name, village):
    return Application(
        token=uuid4(),
        village=village,
        head_name=name,
        details={},
        answers={},
        consents=CONSENTS,
        name_form=NameForm.FULL,
    )


@pytest.mark.django_db
class TestInOneTransaction:
    @pytest.fixture
    def forms(self):
        villages = VillageFactory.create_batch(2)
        return [form_of(f"Phạm Thị {n}", villages[n % 2]) for n in range(5)]

    def test_each_has_its_code_its_lines_and_its_counts(self, forms):
        entered = receive_together([(form, None) for form in forms])
        assert [one.token for one in entered] == [form.token for form in forms]
        codes = [one.household.code for one in entered]
        assert codes == sorted(set(codes))
        assert list(broken_lines()) == []
        for code in codes:
            lines = AuditEntry.objects.filter(subject=code).values_list("action", flat=True)
            assert list(lines) == ["household.create", *["consent.grant"] * len(CONSENTS), "registration.receive"]
        assert ProgressCourse.objects.count() == len(forms)
        assert rebuild_progress() == (0, len(forms))

    def test_receipt_says_the_same_as_for_a_family_alone(self, forms):
        receive_together([(form, None) for form in forms])
        again = register_household(application=forms[0])
        assert again.is_repeat
        assert (again.village, len(again.secret)) == (forms[0].village, 6)
        assert Household.objects.get(code=again.code).head_name == forms[0].head_name

    def test_a_form_that_came_twice_leaves_nothing_half_done(self, forms):
        with pytest.raises(IntegrityError):
            receive_together([(form, None) for form in (*forms, forms[0])])
        assert not Household.objects.exists()
        assert not AuditEntry.objects.exists()
        assert [register_household(application=form).is_repeat for form in (*forms, forms[0])] == [False] * 5 + [True]

    def test_the_next_family_costs_less_than_half_of_the_first(self, forms):
        receive_together([(forms[0], None)])
        with CaptureQueriesContext(connection) as alone:
            receive_together([(forms[1], None)])
        with CaptureQueriesContext(connection) as three:
            receive_together([(form, None) for form in forms[2:]])
        assert len(three) - len(alone) < len(alone)


@pytest.mark.django_db(transaction=True)
def test_who_sends_twice_while_others_send_gets_one_receipt_and_nobody_is_left_out():
    if connection.vendor == "sqlite":
        pytest.skip("a test database in memory has one writer")
    village = VillageFactory()
    forms = [form_of(f"Phạm Thị {n}", village) for n in range(12)]

    def send(form):
        try:
            return register_household(application=form)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(16) as pool:
        receipts = list(pool.map(send, [one for form in forms for one in (form, form)]))
    assert [first.receipt_code for first in receipts[::2]] == [second.receipt_code for second in receipts[1::2]]
    assert Registration.objects.count() == Household.objects.count() == len({one.code for one in receipts}) == 12
    assert AuditEntry.objects.count() == 12 * LINES_OF_A_FAMILY
    assert list(broken_lines()) == []
