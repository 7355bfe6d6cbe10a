"""The database server ends without a word, once for a while and once in the middle of the families' sending."""

import time
from contextlib import contextmanager

import pytest

from tests.integration.faults.families import audit, boxes_on, families_sending, forms_of, send_until_received
from tests.integration.faults.sites import hurt_site, watched
from tests.postgres import started_server

CALLED = "Phạm Văn Mất Điện"


@contextmanager
def no_server(server):
    """It is killed, and nobody starts it for a while."""
    server.kill()
    yield
    server.start()


def test_database_that_is_killed_stops_no_reader_of_known_pages_and_loses_nothing(site, tmp_path):
    if not site.database_url:
        pytest.skip("one file cannot be killed")
    with started_server("fsync=on") as server, hurt_site(site, tmp_path, server.address) as hurt:
        first, *others = forms_of(hurt, 12, called=CALLED)
        known = hurt.get("/gioi-thieu/")
        with no_server(server):
            assert hurt.get("/gioi-thieu/").body == known.body
            assert hurt.get("/healthz").status == 200
            ready = hurt.get("/readyz")
            assert (ready.status, '"database": false' in ready.text) == (503, True)
            unknown = hurt.get("/van-ban/")
            assert (unknown.status, unknown.headers["Cache-Control"]) == (503, "no-store")
            assert "Trang đang tạm nghỉ." in unknown.text
            assert "default-src 'none'" in unknown.headers["Content-Security-Policy"]
            refused = hurt.post("/dang-ky/", first)
            assert refused.status == 503
            assert boxes_on(refused) == first
        outcomes = [send_until_received(hurt, boxes_on(refused))]
        with watched(server), families_sending(hurt, others, over=3) as more:
            time.sleep(1)
            server.kill()
        assert any(sent.put_off for sent in more)
        assert hurt.get("/van-ban/").status == 200
        audit(hurt, [*outcomes, *more], called=CALLED)
