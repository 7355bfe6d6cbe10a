"""A backup is true to one instant, comes back whole, and nothing else ever overwrites anything."""

import io
import re
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

from portal.core.backups import databases, files, restoring, taking
from portal.core.backups.archive import read_archive
from portal.core.backups.databases import table_facts
from portal.core.backups.sealing import HEADER_BYTES, MAGIC, SEALED_CHUNK_BYTES
from portal.core.heartbeat import silent_for
from portal.core.models import User
from portal.households.enums import ConsentMeans, DataRequestKind, NameForm, Purpose
from portal.households.models import Household
from portal.households.selectors.consents import name_forms
from portal.households.services.consents import Saying, record_consents
from portal.households.services.data_requests import ask_about_data
from portal.households.services.erasure import carry_out_erasure
from tests.backups import KEY, every_file, families_registering, manage, postgres_bin, read_back
from tests.databases import database_of_its_own
from tests.factories.core import UserFactory
from tests.factories.households import HouseholdFactory

DIGEST = re.compile(r"Dấu của sổ: ([0-9a-f]{64})")
WRITES_A_SECOND = 50


@pytest.fixture
def place(settings, tmp_path) -> SimpleNamespace:
    """A site's own folders, with a file in each."""
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT, settings.PRIVATE_ROOT = str(tmp_path / "media"), str(tmp_path / "private")
    settings.BACKUP_DIR, settings.BACKUP_KEY, settings.POSTGRES_BIN = tmp_path / "sao-luu", KEY, postgres_bin()
    for name, content in (
        ("media/images/anh-bản.webp", b"picture"),
        ("private/lam-chung/a.jpg", b"evidence" * 300_000),
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
    return SimpleNamespace(root=tmp_path, backups=tmp_path / "sao-luu")


def command(name: str, *words: str) -> str:
    said = io.StringIO()
    call_command(name, *words, stdout=said)
    return said.getvalue()


@pytest.fixture
def any_alias(transactional_db, monkeypatch):
    """Tests may use the databases that settings name; copies of a backup get theirs on the way."""

    def ensure_connection(wrapper: BaseDatabaseWrapper) -> None:
        if wrapper.connection is None:
            with wrapper.wrap_database_errors:
                wrapper.connect()

    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", ensure_connection)


@pytest.fixture
def archive(place, any_alias) -> Path:
    command("backup")
    return taking.last_backup().path


@pytest.fixture(scope="module")
def story(site, tmp_path_factory):
    """A backup is taken in the middle of twelve seconds of registrations, and restored elsewhere."""
    backups, elsewhere = tmp_path_factory.mktemp("sao-luu"), tmp_path_factory.mktemp("elsewhere")
    with families_registering(site.environment, rate=WRITES_A_SECOND, seconds=14) as writing:
        while len(writing.receipts) < 20:
            time.sleep(0.1)
        start = time.monotonic()
        taken = manage(site.environment, "backup", "--folder", str(backups))
        end = time.monotonic()
    with database_of_its_own("restored") as address:
        there = {**site.environment, "DATA_DIR": str(elsewhere), "DATABASE_URL": address}
        archive = next(backups.glob("*.gdsbk"), None)
        restored = manage(there, "restore", str(archive))
        yield SimpleNamespace(
            writing=writing,
            start=start,
            end=end,
            taken=taken,
            restored=restored,
            archive=archive,
            elsewhere=elsewhere,
            there=there,
            told=read_back(there) if restored.returncode == 0 else {},
        )


class TestWhileFamiliesWrite:
    def test_backup_and_restore_end_well(self, story):
        assert story.taken.returncode == 0, story.taken.stderr[-3000:]
        assert story.restored.returncode == 0, story.restored.stderr[-3000:] + story.restored.stdout
        assert "Đã phục hồi, khớp hết." in story.restored.stdout

    def test_writers_went_on_meanwhile_and_met_no_error(self, story):
        assert not story.writing.errors
        # How many there are a second is the machine's affair; that many came in between is ours.
        assert len(story.writing.before(story.end)) >= len(story.writing.before(story.start)) + 20

    def test_restored_register_has_the_digest_of_the_instant(self, story):
        assert story.told["digest"] == DIGEST.search(story.taken.stdout)[1]

    def test_every_receipt_from_before_is_in_it(self, story):
        assert story.writing.before(story.start) <= set(story.told["receipts"])

    def test_records_of_each_clerk_are_a_prefix(self, story):
        there = set(story.told["receipts"])
        for given in story.writing.of_each_clerk():
            count = sum(code in there for code in given)
            assert there.issuperset(given[:count])
            assert not there.intersection(given[count:])

    def test_instant_lies_within_the_run(self, story):
        mine = {code for _moment, _clerk, code in story.writing.receipts}
        assert len(mine) > len(mine & set(story.told["receipts"])) >= 20

    def test_no_record_is_half_written_and_the_log_is_unbroken(self, story):
        assert story.told["torn"] == 0
        checked = manage(story.there, "check_audit")
        assert checked.returncode == 0, checked.stdout

    def test_every_file_is_back(self, story, site):
        for folder in ("media", "private"):
            was, back = every_file(site.data_dir / folder), every_file(story.elsewhere / folder)
            assert was.keys() >= back.keys()
            assert all(was[name] == content for name, content in back.items())
        assert every_file(story.elsewhere / "media")

    def test_restored_site_finds_and_shows_what_it_holds(self, story):
        code = "from portal.home.search import search_pages; print(search_pages('gia dinh so').total)"
        done = manage(story.there, "shell", "--verbosity", "0", "--command", code)
        assert int(done.stdout) > 0, done.stderr[-2000:]

    def test_drill_proves_it_and_leaves_nothing_behind(self, story, site):
        before = set(site.data_dir.iterdir())
        done = manage(site.environment, "restore", "--drill", str(story.archive))
        assert done.returncode == 0, done.stderr[-3000:]
        assert "Diễn tập đạt" in done.stdout
        # The site itself may have begun to count or to keep a page meanwhile.
        new = {path.name for path in set(site.data_dir.iterdir()) - before}
        assert new <= {"counts", "page-cache", "shared-cache"}

    def test_archive_shows_no_name(self, story):
        assert "Phạm Thị Nhà".encode() not in story.archive.read_bytes()
        assert story.archive.stat().st_mode & 0o077 == 0


class TestRefusals:
    @staticmethod
    def swap_chunks(data: bytearray) -> bytearray:
        first, second = HEADER_BYTES, HEADER_BYTES + SEALED_CHUNK_BYTES
        third = second + SEALED_CHUNK_BYTES
        return data[:first] + data[second:third] + data[first:second] + data[third:]

    @staticmethod
    def flip(place: int):
        def change(data: bytearray) -> bytearray:
            data[place] ^= 0x10
            return data

        return change

    @pytest.fixture
    def refused(self, archive, place):
        """Refuses a changed archive, and proves that nothing at all was touched."""

        def check(change, match: str, *, key: str = KEY, settings) -> None:
            damaged = place.root / "damaged.gdsbk"
            damaged.write_bytes(change(bytearray(archive.read_bytes())))
            settings.BACKUP_KEY = key
            before = table_facts("default"), every_file(place.root)
            for option in ("--replace", "--drill"):
                with pytest.raises(CommandError, match=match):
                    command("restore", str(damaged), option)
            assert (table_facts("default"), every_file(place.root)) == before

        return check

    @pytest.mark.parametrize(
        ("at", "match"),
        [
            (0, "không phải bản sao lưu"),
            (len(MAGIC), "không phải khóa"),
            (HEADER_BYTES - 1, "không phải khóa"),
            (HEADER_BYTES, "hỏng hoặc bị cắt ở khối 1"),
            (HEADER_BYTES + SEALED_CHUNK_BYTES + 5, "hỏng hoặc bị cắt ở khối 2"),
            (-1, "hỏng hoặc bị cắt"),
        ],
    )
    def test_flipped_bit_is_refused(self, refused, settings, at, match):
        refused(self.flip(at), match, settings=settings)

    @pytest.mark.parametrize("cut", [-1, -SEALED_CHUNK_BYTES, HEADER_BYTES + SEALED_CHUNK_BYTES, HEADER_BYTES, 3])
    def test_truncated_archive_is_refused(self, refused, settings, cut):
        refused(lambda data: data[:cut], "hỏng", settings=settings)

    def test_chunks_in_another_order_are_refused(self, refused, settings):
        refused(self.swap_chunks, "hỏng hoặc bị cắt ở khối 1", settings=settings)

    def test_wrong_key_is_refused(self, refused, settings):
        refused(lambda data: data, "không phải khóa", key=KEY + "x", settings=settings)

    def test_no_key_is_refused(self, refused, settings):
        refused(lambda data: data, "Chưa có BACKUP_KEY", key="", settings=settings)

    def test_target_with_data_is_refused_unless_told(self, archive):
        before = table_facts("default")
        with pytest.raises(CommandError, match="đang có dữ liệu"):
            command("restore", str(archive))
        assert table_facts("default") == before

    def test_folder_that_is_not_ours_to_move_is_refused_before_anything(self, archive, place, monkeypatch):
        before = table_facts("default"), every_file(place.root)
        foreign = place.root / "private" / "lam-chung"
        monkeypatch.setattr(files.os, "access", lambda path, _mode: path != foreign)
        with pytest.raises(CommandError, match="lam-chung không thuộc tài khoản"):
            command("restore", str(archive), "--replace")
        assert (table_facts("default"), every_file(place.root)) == before

    def test_archive_of_a_newer_version_is_refused(self, archive, monkeypatch):
        known = taking.known_migrations() - {("core", "0001_user")}
        monkeypatch.setattr(restoring, "known_migrations", lambda: known)
        with pytest.raises(CommandError, match=r"mới hơn ở đây: core\.0001_user"):
            command("restore", str(archive), "--replace")

    def test_archive_of_the_other_database_is_refused(self, archive, monkeypatch):
        monkeypatch.setattr(restoring, "connection", SimpleNamespace(vendor="another"))
        with pytest.raises(CommandError, match="cơ sở dữ liệu ở đây là another"):
            command("restore", str(archive), "--replace")


class TestReplacing:
    def test_replace_brings_back_what_was_and_nothing_that_came_later(self, archive, place):
        (place.root / "media" / "images" / "later.webp").write_bytes(b"later")
        (place.root / "private" / "lam-chung" / "a.jpg").unlink()
        User.objects.create_user(username="later", password="x")
        said = command("restore", str(archive), "--replace")
        assert "Đã phục hồi, khớp hết." in said
        assert not User.objects.filter(username="later").exists()
        assert set(every_file(place.root / "media")) == {"images/anh-bản.webp"}
        assert (place.root / "private" / "lam-chung" / "a.jpg").read_bytes() == b"evidence" * 300_000
        assert (place.root / "private" / "lam-chung" / "a.jpg").stat().st_mode & 0o777 == 0o600

    def test_family_erased_since_the_backup_is_erased_again(self, place, any_alias):
        home = HouseholdFactory(head_name="Phạm Thị Mẫu")
        command("backup")
        asked = ask_about_data(
            household=home, kind=DataRequestKind.ERASE, asked_by="Chủ hộ", means=ConsentMeans.WEB, by=None
        )
        carry_out_erasure(request=asked, outcome="Đã xóa", by=UserFactory())
        said = command("restore", str(taking.last_backup().path), "--replace")
        assert "Đã phục hồi, khớp hết." in said
        assert f"Đã xóa lại: {home.code}" in said
        assert "nay xóa lại: 1." in said
        assert Household.objects.get(code=home.code).head_name == "Đã xóa"

    def test_name_taken_back_since_the_backup_is_taken_back_again(self, place, any_alias):
        home = HouseholdFactory()
        yes, no = Saying(Purpose.NAME, True, NameForm.FULL), Saying(Purpose.NAME, False)
        record_consents(household=home, sayings=[yes], means=ConsentMeans.WEB, by=None)
        command("backup")
        record_consents(household=home, sayings=[no], means=ConsentMeans.WEB, by=None)
        said = command("restore", str(taking.last_backup().path), "--replace")
        assert f"Đã ghi lại việc thôi đồng ý: {home.code}" in said
        assert name_forms([home.pk]) == {}

    def test_backup_after_a_rollback_comes_back_though_the_database_is_ahead(self, place, any_alias):
        MigrationRecorder(connection).record_applied("core", "9999_of_a_later_release")
        command("backup")
        assert "Đã phục hồi, khớp hết." in command("restore", "--replace")
        MigrationRecorder(connection).record_unapplied("core", "9999_of_a_later_release")

    def test_another_secret_key_is_told(self, archive, place, settings):
        settings.SECRET_KEY = "another-" + "y" * 50
        assert "SECRET_KEY ở đây khác" in command("restore", str(archive), "--drill")

    def test_difference_after_restoring_is_an_error(self, archive, monkeypatch):
        monkeypatch.setattr("portal.home.management.commands.restore.register_digest", lambda _alias: "0" * 64)
        with pytest.raises(CommandError, match="KHÔNG khớp"):
            command("restore", str(archive), "--drill")


class TestTaking:
    def test_file_that_is_deleted_meanwhile_is_told_and_stops_nothing(self, place, any_alias, monkeypatch):
        victim = place.root / "private" / "lam-chung" / "a.jpg"
        copy_database = taking.copy_database

        def copy_and_delete(*arguments):
            facts = copy_database(*arguments)
            victim.unlink()
            return facts

        monkeypatch.setattr(taking, "copy_database", copy_and_delete)
        assert "Tệp bị xóa trong lúc sao lưu: private/lam-chung/a.jpg" in command("backup")
        assert "không có trong bản này: private/lam-chung/a.jpg" in command("restore", "--drill")

    @pytest.mark.parametrize("hook", ["databases._run", "taking.table_facts"])
    def test_what_is_written_between_copying_and_counting_is_in_neither(self, place, any_alias, monkeypatch, hook):
        """The copy and the facts about it are of one instant, however long either takes."""
        module, name = {"databases._run": (databases, "_run"), "taking.table_facts": (taking, "table_facts")}[hook]
        real, written = getattr(module, name), []

        def write_first(*arguments, **options):
            if not written:
                written.append(_write_elsewhere("somebody"))
            return real(*arguments, **options)

        with monkeypatch.context() as patch:
            patch.setattr(module, name, write_first)
            command("backup")
        assert written or (connection.vendor == "sqlite" and hook == "databases._run")
        said = command("restore", "--replace")
        assert "Đã phục hồi, khớp hết." in said
        assert not User.objects.filter(username="somebody").exists()

    def test_backup_that_fails_leaves_nothing_and_keeps_the_old_ones(self, archive, place, monkeypatch):
        monkeypatch.setattr(taking, "copy_database", _fail)
        with pytest.raises(OSError, match="disk full"):
            command("backup")
        assert list(place.backups.iterdir()) == [archive]
        assert {path.name for path in place.root.iterdir()} == {"media", "private", "sao-luu"}

    def test_finished_backup_is_a_sign_of_life(self, archive):
        assert silent_for(taking.BACKUP) < timedelta(seconds=30)
        assert datetime.now(UTC) - taking.last_backup().taken_at < timedelta(minutes=2)

    def test_old_archives_go_by_the_rotation(self, archive, place):
        for days in range(1, 40):
            moment = datetime.now(UTC) - timedelta(days=days)
            (place.backups / f"{taking.STEM}{moment.strftime(taking.MOMENT)}{taking.SUFFIX}").touch()
        taking.drop_old_archives()
        assert archive.exists()
        assert 14 <= len(taking.archives()) <= 24

    def test_archive_tells_of_version_and_migrations(self, archive):
        manifest = read_archive(archive, KEY)
        assert manifest.version == taking.app_version()
        assert ["core", "0001_user"] in manifest.migrations
        assert manifest.engine == connection.vendor


def _write_elsewhere(username: str) -> bool:
    """A row of another visitor's: on a connection of its own, committed."""

    def write() -> None:
        try:
            User.objects.create_user(username=username, password="x")
        finally:
            connections.close_all()

    if connection.vendor == "sqlite":
        User.objects.create_user(username=username, password="x")
    else:
        with ThreadPoolExecutor(1) as visitor:
            visitor.submit(write).result()
    return True


def _fail(*_arguments) -> None:
    raise OSError("disk full")
