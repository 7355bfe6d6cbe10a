"""A full disk: reading goes on, sending waits with all that was typed, and nothing that was promised is lost."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

from tests.integration.faults.disks import MountedDisk, small_disk
from tests.integration.faults.families import audit, boxes_on, families_sending, forms_of, send_until_received
from tests.integration.faults.sites import hurt_site, watched
from tests.postgres import started_server

CALLED = "Phạm Văn Đĩa Đầy"
NEVER_OPENED = ("/gioi-thieu/", "/van-ban/", "/tieu-chi/")
FULL_SECONDS = 4


@pytest.fixture
def disk(site, tmp_path):
    if site.database_url:
        pytest.skip("of the database in one file")
    with small_disk(tmp_path, megabytes=64) as disk:
        yield disk


@pytest.fixture
def hurt(site, disk):
    with hurt_site(site, disk.folder) as hurt:
        yield hurt


def empty_the_log_of(site):
    """What SQLite writes next must make a file longer."""
    with closing(sqlite3.connect(site.data_dir / "db.sqlite3")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def assert_put_off(answer, form):
    """A calm page that nobody keeps, with all that was sent behind one button."""
    assert answer.status == 503
    assert answer.headers["Retry-After"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Những gì bà con đã gửi trước đó vẫn còn nguyên." in answer.text
    assert "Gửi lại</button>" in answer.text
    assert boxes_on(answer) == form


def test_full_disk_stops_no_reader_and_loses_nothing_sent(hurt, disk):
    first, *others = forms_of(hurt, 12, called=CALLED)
    with families_sending(hurt, others, over=6) as outcomes:
        time.sleep(2)
        empty_the_log_of(hurt)
        disk.fill(hurt)
        room_at = time.monotonic() + FULL_SECONDS
        refused = hurt.post("/dang-ky/", first)
        for path in ("/", *NEVER_OPENED, "/dang-ky/", "/quan-tri/login/", "/healthz"):
            assert hurt.get(path).status == 200, path
        assert hurt.get("/readyz").status == 503
        assert_put_off(refused, first)
        if isinstance(disk, MountedDisk):
            assert "Máy chủ của xã tạm hết chỗ." in refused.text
        time.sleep(max(room_at - time.monotonic(), 0))
        disk.make_room(hurt)
    outcomes.append(send_until_received(hurt, boxes_on(refused)))
    assert any(sent.put_off for sent in outcomes)
    assert hurt.get("/readyz").status == 200
    audit(hurt, outcomes, called=CALLED)
    with closing(sqlite3.connect(hurt.data_dir / "db.sqlite3")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def fill_the_log_of(server):
    """As many families at once would; ends when the server has given up."""
    with psycopg.connect(server.address, autocommit=True) as admin:
        for _ in range(20):
            admin.execute("CREATE TABLE filling AS SELECT generate_series(1, 100000)")
            admin.execute("DROP TABLE filling")
            admin.execute("SELECT pg_switch_wal()")


@pytest.fixture
def hurt_server(site):
    """A server whose data lie on a small disk, and what brings it up again whenever it has ended."""
    if not site.database_url:
        pytest.skip("of the database server")
    with TemporaryDirectory(prefix="portal-disk-") as name, small_disk(Path(name), megabytes=160) as disk:
        if not isinstance(disk, MountedDisk):
            pytest.skip("a disk of its own cannot be mounted here")
        Path(name).chmod(0o755)
        sizes = ("max_wal_size=32MB", "min_wal_size=32MB", "wal_recycle=off")
        with started_server(*sizes, disk=disk.folder) as server, watched(server):
            yield server, disk


def test_full_disk_of_the_database_server_loses_nothing_and_heals_by_itself(site, hurt_server, tmp_path):
    """The log of PostgreSQL finds no room: it gives up, comes back, gives up again, until there is some."""
    server, disk = hurt_server
    with hurt_site(site, tmp_path, server.address) as hurt:
        first, *others = forms_of(hurt, 12, called=CALLED)
        assert hurt.get("/gioi-thieu/").status == 200
        with families_sending(hurt, others, over=6) as outcomes:
            time.sleep(2)
            disk.fill(hurt)
            room_at = time.monotonic() + FULL_SECONDS
            with pytest.raises(psycopg.OperationalError):
                fill_the_log_of(server)
            refused = hurt.post("/dang-ky/", first)
            assert hurt.get("/gioi-thieu/").status == 200
            assert hurt.get("/healthz").status == 200
            assert_put_off(refused, first)
            time.sleep(max(room_at - time.monotonic(), 0))
            disk.make_room(hurt)
        outcomes.append(send_until_received(hurt, boxes_on(refused)))
        assert any(sent.put_off for sent in outcomes)
        audit(hurt, outcomes, called=CALLED)
