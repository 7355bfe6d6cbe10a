"""A database that takes nothing any more: whoever reads notices nothing, whoever sends is put off in plain words."""

import os
import shutil
import sqlite3
import time
from contextlib import closing, contextmanager
from urllib.parse import urlsplit

import psycopg
import pytest

from portal.settings.env import SQLITE_SECONDS
from tests.databases import database_of_its_own
from tests.integration.faults.families import audit, boxes_on, forms_of, send_until_received
from tests.integration.faults.sites import hurt_site
from tests.integration.faults.staff import signed_in

CALLED = "Phạm Thị Chỉ Đọc"
NEVER_OPENED = ("/gioi-thieu/", "/van-ban/", "/tieu-chi/", "/dang-ky/")
#: Seconds. Who has the file open already may go on as before.
NOTICED_AFTER = SQLITE_SECONDS + 1
#: A process of root's may write whatever the file says, unless it gives up this right.
AS_OTHERS = ("setpriv", "--bounding-set=-dac_override")


@contextmanager
def read_only_file(site):
    """As after a restore by somebody else's hand: file and folder belong to others."""
    database = site.data_dir / "db.sqlite3"
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    files = [site.data_dir / f"db.sqlite3{end}" for end in ("", "-wal", "-shm")]
    files = [path for path in files if path.exists()]
    modes = {path: path.stat().st_mode for path in files}
    for path in files:
        path.chmod(0o444)
    time.sleep(NOTICED_AFTER)
    yield
    for path, mode in modes.items():
        if path.exists():
            path.chmod(mode)
    time.sleep(NOTICED_AFTER)


@contextmanager
def read_only_server(site):
    """As after a move to a server that still follows another, or an office that closes its books for an hour."""
    name = urlsplit(site.database_url).path.lstrip("/")
    others = f"pg_stat_activity WHERE datname = '{name}' AND pid <> pg_backend_pid()"
    with psycopg.connect(site.database_url, autocommit=True) as admin:
        admin.execute("SET default_transaction_read_only = off")
        for state in ("on", "off"):
            # Of this database alone; connections that are open already would not notice.
            admin.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = {state}")
            admin.execute(f"SELECT pg_terminate_backend(pid) FROM {others}")
            if state == "on":
                yield


def test_database_that_only_reads_stops_no_reader_and_loses_nothing_sent(site, tmp_path):
    prefix = () if site.database_url or os.geteuid() else AS_OTHERS
    if prefix and shutil.which(prefix[0]) is None:
        pytest.skip("root may write everywhere, and there is no setpriv")
    read_only = read_only_server if site.database_url else read_only_file
    with database_of_its_own("books") as address, hurt_site(site, tmp_path, address, prefix=prefix) as hurt:
        (form,) = forms_of(hurt, 1, called=CALLED)
        editor = signed_in(hurt, "bien-tap")
        editor.leave_alone()
        with read_only(hurt):
            time.sleep(0.5)
            for path in ("/", *NEVER_OPENED, "/healthz", "/readyz"):
                assert hurt.get(path).status == 200, path
            refused = hurt.post("/dang-ky/", form)
            assert refused.status == 503
            assert "Sổ của xã tạm thời chưa ghi thêm được." in refused.text
            assert boxes_on(refused) == form
            assert editor.get("/quan-tri/").status == 200
            late = editor.sign_in_again()
            assert late.status == 503
            assert "chưa ghi thêm được" in late.text
            assert editor.password not in late.text
        outcome = send_until_received(hurt, boxes_on(refused))
        assert not outcome.put_off
        assert editor.sign_in_again().status == 302
        audit(hurt, [outcome], called=CALLED)
