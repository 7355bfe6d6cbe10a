"""A backup from before a family changed its mind does not show its name again."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from portal.core.audit import broken_lines
from portal.core.backups import wishes
from portal.core.backups.wishes import WITHDRAWN
from portal.households.enums import ConsentMeans, NameForm, Purpose, Subject
from portal.households.models import Consent
from portal.households.selectors.consents import name_forms, standing_consents
from portal.households.services.consents import Saying, record_consents
from portal.households.services.withdrawals import AFTER_RESTORE, withdraw_again
from tests.factories.households import HouseholdFactory

pytestmark = pytest.mark.django_db
FULL = Saying(Purpose.NAME, True, NameForm.FULL)
SHORT = Saying(Purpose.NAME, True, NameForm.SHORT)
NO = Saying(Purpose.NAME, False)


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    """A disk for the data and one for the backups, both empty."""
    settings.DATA_DIR, settings.BACKUP_DIR = tmp_path / "data", tmp_path / "sao-luu"
    settings.DATA_DIR.mkdir()
    settings.BACKUP_DIR.mkdir()
    return settings


@pytest.fixture
def home(db):
    return HouseholdFactory(head_name="Phạm Thị Mẫu")


def say(household, *sayings, means=ConsentMeans.WEB, **more):
    return record_consents(household=household, sayings=sayings, means=means, by=None, **more)


def go_back_to(count):
    """What a restored backup does to the ledger: the later rows are not there."""
    later = Consent.objects.order_by("pk").values_list("pk", flat=True)[count:]
    super(type(Consent.objects.all()), Consent.objects.filter(pk__in=list(later))).delete()


def test_name_that_was_taken_back_after_the_backup_is_taken_back_again(home):
    neighbour = HouseholdFactory()
    say(home, FULL, Saying(Purpose.PHOTO, True))
    say(neighbour, FULL)
    [no] = say(home, NO)
    go_back_to(3)
    assert name_forms([home.pk, neighbour.pk]) == {home.pk: NameForm.FULL, neighbour.pk: NameForm.FULL}
    assert withdraw_again() == [home.code]
    assert name_forms([home.pk, neighbour.pk]) == {neighbour.pk: NameForm.FULL}
    standing = standing_consents(home)
    assert (standing[Purpose.NAME].said_at, standing[Purpose.NAME].means) == (no.said_at, ConsentMeans.WEB)
    assert standing[Purpose.PHOTO].is_granted
    assert withdraw_again() == []
    assert not list(broken_lines())


def test_name_that_was_narrowed_is_not_shown_wider_again(home):
    say(home, FULL)
    say(home, SHORT)
    go_back_to(1)
    assert withdraw_again() == [home.code]
    assert name_forms([home.pk]) == {}


def test_what_the_backup_knows_itself_stays_as_it_is(home):
    for sayings in ([FULL], [NO], [SHORT], [FULL]):
        say(home, *sayings)
    assert withdraw_again() == []
    assert name_forms([home.pk]) == {home.pk: NameForm.FULL}


def test_yes_that_was_said_after_it_is_worth_more(home):
    say(home, FULL)
    say(home, NO)
    go_back_to(1)
    say(home, FULL, said_at=timezone.now() + timedelta(minutes=1))
    assert withdraw_again() == []


def test_each_person_of_the_family_is_told_apart_without_a_name(home, folders):
    children = [
        Saying(Purpose.PHOTO, True, None, Subject.SMALL_CHILD, name, "Phạm Thị Mẫu") for name in ("Bé Đa", "Bé Ron")
    ]
    say(home, *children)
    say(home, Saying(Purpose.PHOTO, False, None, Subject.SMALL_CHILD, "Bé Ron", "Phạm Thị Mẫu"))
    text = (folders.DATA_DIR / WITHDRAWN.name).read_text(encoding="ascii")
    assert home.code in text
    assert not any(word in text for word in ("Ron", "ron", "Mẫu"))
    go_back_to(2)
    assert withdraw_again() == [home.code]
    last = {row.subject_name: row.is_granted for row in Consent.objects.order_by("pk")}
    assert last == {"Bé Đa": True, "Bé Ron": False}


def test_spoken_word_has_its_witness_again(home):
    say(home, FULL)
    say(home, NO, means=ConsentMeans.SPOKEN, witness_name="Đinh Văn Bông")
    go_back_to(1)
    call_command("redo_wishes")
    assert Consent.objects.latest("pk").witness_name == AFTER_RESTORE


def test_withdrawal_that_cannot_be_written_down_is_not_told_as_done(home, monkeypatch):
    say(home, FULL)

    def full(*_arguments):
        raise OSError("No space left on device")

    monkeypatch.setattr(wishes, "_append", full)
    with pytest.raises(OSError, match="No space"):
        say(home, NO)
    assert name_forms([home.pk]) == {home.pk: NameForm.FULL}


def test_yes_of_a_new_family_costs_the_disk_nothing(home, folders):
    say(home, FULL, Saying(Purpose.REGISTER, True))
    assert not (folders.DATA_DIR / WITHDRAWN.name).exists()
