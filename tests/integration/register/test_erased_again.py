"""A backup from before an erasure brings nobody back."""

import pytest
from django.core.management import call_command

from portal.core.audit import broken_lines
from portal.core.backups import wishes
from portal.core.backups.wishes import ERASED
from portal.core.models.audit import AuditEntry
from portal.households.enums import ConsentMeans, DataRequestKind, NameForm, Purpose
from portal.households.models import Household
from portal.households.selectors.consents import standing_consents
from portal.households.services.consents import Saying, record_consents
from portal.households.services.data_requests import ask_about_data
from portal.households.services.erasure import ERASED_NAME, carry_out_erasure, erase_again
from portal.households.services.merging import merge_households
from tests.factories.core import UserFactory
from tests.factories.households import HouseholdFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    """A disk for the data and one for the backups, both empty."""
    settings.DATA_DIR, settings.BACKUP_DIR = tmp_path / "data", tmp_path / "sao-luu"
    settings.DATA_DIR.mkdir()
    settings.BACKUP_DIR.mkdir()
    return settings


def erase(household):
    asked = ask_about_data(
        household=household, kind=DataRequestKind.ERASE, asked_by="Chủ hộ", means=ConsentMeans.SIGNED, by=UserFactory()
    )
    return carry_out_erasure(request=asked, outcome="Đã xóa", by=UserFactory())


def test_erasing_writes_every_code_of_the_family_and_no_name(folders):
    kept, gone = HouseholdFactory(head_name="Phạm Thị Mẫu"), HouseholdFactory()
    merge_households(survivor=kept, absorbed=gone, by=UserFactory())
    kept.refresh_from_db()
    erase(kept)
    assert {code for _at, code in ERASED.noted()} == {kept.code, gone.code}
    journal = folders.DATA_DIR / ERASED.name
    assert [len(line.split()) for line in journal.read_text().splitlines()] == [2, 2]
    assert journal.stat().st_mode & 0o777 == 0o600


def test_family_that_came_back_is_erased_again_with_its_consents(folders):
    home, neighbour = HouseholdFactory(head_name="Phạm Thị Mẫu"), HouseholdFactory(head_name="Đinh Văn Bông")
    record_consents(
        household=home,
        sayings=[Saying(Purpose.NAME, True, NameForm.FULL)],
        means=ConsentMeans.WEB,
        by=None,
    )
    ERASED.note([home.code, "BT-00000-X"])
    assert erase_again() == [home.code]
    home.refresh_from_db()
    neighbour.refresh_from_db()
    assert (home.head_name, home.phone) == (ERASED_NAME, "")
    assert home.listed_to is not None
    assert not [row for row in standing_consents(home).values() if row.is_granted]
    assert neighbour.head_name == "Đinh Văn Bông"
    assert AuditEntry.objects.get(action="household.erase").reason == "Làm lại sau khi phục hồi bản sao lưu"
    assert erase_again() == []
    assert not list(broken_lines())


def test_who_was_erased_in_this_database_is_not_touched_again(folders):
    home = HouseholdFactory()
    erase(home)
    lines = AuditEntry.objects.count()
    call_command("redo_wishes")
    assert AuditEntry.objects.count() == lines


def test_erasure_that_cannot_be_written_down_does_not_come_about(folders, monkeypatch):
    home = HouseholdFactory(head_name="Phạm Thị Mẫu")

    def full(*_arguments):
        raise OSError("No space left on device")

    monkeypatch.setattr(wishes, "_append", full)
    with pytest.raises(OSError, match="No space"):
        erase(home)
    assert Household.objects.get(pk=home.pk).head_name == "Phạm Thị Mẫu"


def test_copy_beside_the_backups_outlives_the_disk_with_the_data(folders):
    ERASED.note(["BT-1", "BT-2"])
    ERASED.keep_beside_backups(folders.BACKUP_DIR)
    ERASED.keep_beside_backups(folders.BACKUP_DIR)
    assert len((folders.BACKUP_DIR / ERASED.name).read_text().splitlines()) == 2
    (folders.DATA_DIR / ERASED.name).unlink()
    assert [code for _at, code in ERASED.noted()] == ["BT-1", "BT-2"]
