"""Two hosts, one site: what is done through one holds on the other at once, by environment variables alone."""

import os
import re
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.databases import database_of_its_own
from tests.factories.core import PASSWORD
from tests.factories.files import pdf_bytes, picture_bytes
from tests.scale.servers import BUCKET, PRIVATE_BUCKET, s3_client
from tests.scale.stack import Stack, run
from tests.scale.visitors import LOGIN, Visitor, words_of

pytestmark = [
    pytest.mark.usefixtures("stack"),
    pytest.mark.skipif(
        not os.environ.get("DATABASE_URL", "").startswith("postgres"), reason="beside PostgreSQL: it needs a replica"
    ),
]
DESK = "/quan-tri/"
STORY, NAME = "Bến Giang bán măng qua điện thoại", "Phạm Thị Thạch Anh"
#: nginx may answer by itself for a second, and with others for a second more (docs/adr/0016); it counts whole ones.
NGINX_SECONDS = 3


def hosts_of(stack: Stack):
    return (stack.one, stack.two)


def through_nginx_within(reader: Visitor, path: str, wanted) -> None:
    """What nginx says becomes right within its seconds."""
    deadline = time.monotonic() + NGINX_SECONDS
    while not wanted(words_of(reader.get(path))):
        assert time.monotonic() < deadline, path
        time.sleep(0.1)


def publish(visitor: Visitor, page: int, at) -> None:
    """As the list of pages does it."""
    path = f"/quan-tri/bulk/wagtailcore/page/publish/?id={page}&next=/quan-tri/"
    assert visitor.get(path, at).status == 200
    assert visitor.post(path, {}, at).status == 302


class TestPages:
    def test_what_one_publishes_all_readers_see_at_once(self, stack, reader):
        for at in (*hosts_of(stack), None):
            assert STORY not in words_of(reader.get("/cau-chuyen/", at))
        reviewer = Visitor(stack)
        reviewer.sign_in("reviewer", stack.one)
        publish(reviewer, stack.told["story"], stack.one)
        for at in hosts_of(stack):
            assert STORY in words_of(reader.get("/cau-chuyen/", at))
        through_nginx_within(reader, "/cau-chuyen/", lambda words: STORY in words)

    def test_name_that_is_taken_back_is_gone_everywhere_though_the_replica_lags(self, stack, reader):
        for at in (*hosts_of(stack), None):
            assert NAME in words_of(reader.get("/vinh-danh/", at))
        stack.tell_replica("SELECT pg_wal_replay_pause()")
        try:
            team = Visitor(stack)
            team.sign_in("team", stack.two)
            withdraw(team, stack, at=stack.two)
            for _ in range(2):
                for at in hosts_of(stack):
                    assert NAME not in words_of(reader.get("/vinh-danh/", at))
            through_nginx_within(reader, "/vinh-danh/", lambda words: NAME not in words)
        finally:
            stack.tell_replica("SELECT pg_wal_replay_resume()")
        for at in hosts_of(stack):
            assert NAME not in words_of(reader.get("/vinh-danh/", at))

    def test_replica_makes_pages_that_are_kept_and_no_others(self, stack, reader):
        def asked(path: str) -> int:
            before = queries(stack)
            assert reader.get(path, stack.one).status == 200
            return queries(stack) - before

        path = "/tin-tuc/?xem=1"
        reader.get(path, stack.one)
        stack.forget_pages()
        deadline = time.monotonic() + 10
        while not asked(path):
            assert time.monotonic() < deadline, "no page came from the replica"
            stack.forget_pages()
            time.sleep(0.2)
        assert asked(path) == 0  # it was kept
        for never in ("/tra-cuu/", "/dang-ky/", "/tim-kiem/?q=cho", stack.told["entry"]["path"], LOGIN):
            asked(never)
            assert asked(never) == 0, never


def queries(stack: Stack) -> int:
    """What the replica was asked so far, beside how far it is."""
    lines = stack.pair.replica_log.read_text(errors="replace").splitlines()
    return sum("SELECT" in line and "wagtail" in line for line in lines)


def withdraw(team: Visitor, stack: Stack, at) -> None:
    """The family says no by telephone."""
    path = f"/quan-tri/to/ho/{stack.told['named']}/dong-y/"
    page = team.get(path, at)
    assert page.status == 200
    today = time.strftime("%d/%m/%Y", time.gmtime(time.time() + 7 * 3600))
    said = {"purpose": "ten", "answer": "thoi", "means": "dien-thoai", "name_form": "", "subject": "chu-ho"}
    assert team.post(path, {**said, "said_on": today}, at).status == 302


class TestSessions:
    def test_session_begun_on_one_holds_on_the_other_and_ends_on_both(self, stack):
        here, machine = Visitor(stack), Visitor(stack)
        assert here.sign_in("editor", stack.one).status == 302
        assert machine.sign_in("editor", stack.two).status == 302
        for at in (*hosts_of(stack), None):
            assert here.get(DESK, at).status == 200
            assert machine.get(DESK, at).status == 200
        machine.post("/quan-tri/an-toan/dang-xuat-may/", {"password": PASSWORD}, stack.two)
        for at in (*hosts_of(stack), None):
            assert machine.get(DESK, at).status == 200
            assert here.get(DESK, at).status == 302

    def test_wrong_passwords_count_together(self, stack):
        stranger = Visitor(stack)
        answers = []
        for number in range(8):
            at = hosts_of(stack)[number % 2]
            stranger.get(LOGIN, at)
            fields = {"username": stack.told["people"]["colleague"], "password": f"sai mật khẩu {number}"}
            answers.append(words_of(stranger.post(LOGIN, fields, at)))
        for at in hosts_of(stack):
            fields = {"username": stack.told["people"]["colleague"], "password": PASSWORD}
            waits = stranger.post(LOGIN, fields, at)
            assert waits.status != 302
            assert "đợi" in words_of(waits).lower() or "giây" in words_of(waits)
        stack.ask_database("DELETE FROM core_signintry RETURNING id")


class TestCounting:
    def test_wrong_secret_numbers_count_together_and_no_publication_forgets_them(self, stack, reader):
        code, secret = stack.told["guessed"].values()
        wrong = "000000" if secret != "000000" else "111111"
        for number in range(5):
            at = hosts_of(stack)[number % 2]
            left = words_of(reader.post("/tra-cuu/", {"code": code, "secret": wrong}, at))
            assert (f"Còn {4 - number} lần thử" in left) == (number < 4)
        stack.forget_pages()
        for at in hosts_of(stack):
            assert "Xin đợi 15 phút" in words_of(reader.post("/tra-cuu/", {"code": code, "secret": secret}, at))

    def test_entry_that_is_sent_to_both_is_one(self, stack, reader):
        path, fields = stack.told["entry"].values()
        with ThreadPoolExecutor() as both:
            sent = list(both.map(lambda at: reader.post(path, fields, at), hosts_of(stack)))
        codes = {code for answer in sent for code in re.findall(r"DT-\w{4}-\w{4}", answer.text)}
        assert [answer.status for answer in sent] == [200, 200]
        assert len(codes) == 1
        assert stack.ask_database("SELECT count(*) FROM campaign_entry WHERE code = %s", *codes) == [(1,)]


class TestFiles:
    def test_picture_uploaded_through_one_is_served_by_all_and_by_nobody_else(self, stack, reader):
        editor = Visitor(stack)
        editor.sign_in("editor", stack.one)
        editor.get("/quan-tri/images/add/", stack.one)
        fields = {"title": "Chợ Ba Tô", "description": "Bà con ở chợ", "collection": "1", "tags": ""}
        sent = editor.post("/quan-tri/images/add/", fields, stack.one, files={"file/cho.png": picture_bytes(900, 600)})
        assert sent.status == 302
        name = wait_for_sources(stack)
        answers = [reader.get(f"/media/{name}", at) for at in (*hosts_of(stack), None)]
        assert [answer.status for answer in answers] == [200, 200, 200]
        assert len({answer.body for answer in answers}) == 1
        assert "sandbox" in answers[2].headers["Content-Security-Policy"]
        again = reader.get(f"/media/{name}", stack.two, **{"If-None-Match": answers[0].headers["ETag"]})
        assert (again.status, again.body) == (304, b"")
        assert reader.get("/media/images/khong-co.webp", stack.two).status == 404
        assert reader.get("/media/../rieng/a", stack.two).status in {400, 404}
        assert stack.stranger_gets(BUCKET, name) == 403

    def test_private_file_is_handed_to_whom_it_is_for_through_the_other_host(self, stack, reader):
        team, colleague = Visitor(stack), Visitor(stack)
        team.sign_in("team", stack.one)
        colleague.sign_in("colleague", stack.one)
        path = f"/quan-tri/to/de-nghi/{stack.told['proposal']}/bien-ban/"
        assert team.post(path, {}, stack.one, files={"scans/ban-chup.pdf": pdf_bytes()}).status == 302
        ((scan, name),) = stack.ask_database("SELECT id, name FROM households_minutesscan ORDER BY id DESC LIMIT 1")
        for at in (stack.two, None):
            shown = team.get(f"/quan-tri/to/bien-ban/{scan}/", at)
            assert (shown.status, shown.body) == (200, pdf_bytes())
            assert colleague.get(f"/quan-tri/to/bien-ban/{scan}/", at).status == 404
            assert reader.get(f"/quan-tri/to/bien-ban/{scan}/", at).status == 302
            assert reader.get(f"/media/{name}", at).status == 404
        assert stack.stranger_gets(PRIVATE_BUCKET, name) == 403
        assert not list(stack.one.data.glob("private/**/*.*"))


def wait_for_sources(stack: Stack) -> str:
    """Storage name of a rendition of the newest picture, once the worker has made it."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        ((sources,),) = stack.ask_database("SELECT sources FROM core_portalimage ORDER BY id DESC LIMIT 1")
        if sources and sources.get("webp"):
            return str(sources["webp"][-1][1])
        time.sleep(0.2)
    raise AssertionError("no rendition was made")


class TestBackup:
    @pytest.fixture(autouse=True)
    def _files(self, stack):
        """Something lies in both buckets, whichever test came before."""
        for bucket in (BUCKET, PRIVATE_BUCKET):
            for number in range(2):
                name = f"images/tep-{number}.webp"
                s3_client(stack.s3_address).put_object(Bucket=bucket, Key=name, Body=b"tep" * 100_000)

    def test_files_of_both_buckets_come_back_as_they_were(self, stack):
        key = {"BACKUP_KEY": "only-for-tests-" + "k" * 40, "BACKUP_DIR": str(stack.one.data / "sao-luu")}
        said = stack.manage("backup", **key)
        assert "đọc lại nguyên vẹn" in said
        client = s3_client(stack.s3_address)
        names = stack.names_in(BUCKET)
        client.delete_object(Bucket=BUCKET, Key=names[0])
        client.put_object(Bucket=BUCKET, Key=names[1], Body=b"khac")
        client.put_object(Bucket=BUCKET, Key="images/sau-nay.webp", Body=b"moi")
        # As the handbook says: nothing of the site writes meanwhile.
        stack.worker.kill()
        try:
            assert "khớp hết" in stack.manage("restore", "--replace", **key)
        finally:
            stack.worker.start()
        assert stack.names_in(BUCKET) == names

    def test_site_moves_to_one_machine_with_folders_and_back(self, stack, tmp_path):
        key = {"BACKUP_KEY": "only-for-tests-" + "k" * 40, "BACKUP_DIR": str(tmp_path / "sao-luu")}
        stack.manage("backup", **key)
        names = {"media": stack.names_in(BUCKET), "private": stack.names_in(PRIVATE_BUCKET)}
        of_hosts = ("S3_", "REDIS_", "DATABASE_")
        small = {name: value for name, value in stack.environment.items() if not name.startswith(of_hosts)}
        with database_of_its_own("moved") as address:
            alone = {**small, **key, "DATABASE_URL": address, "DATA_DIR": str(tmp_path)}
            assert "khớp hết" in run("manage.py", "restore", environment=alone)
            assert {folder: names_under(tmp_path / folder) for folder in names} == names
            (tmp_path / "media" / "images" / "mot-minh.webp").write_bytes(b"moi")
            time.sleep(1)  # archives are named by the second
            run("manage.py", "backup", environment=alone)
        stack.worker.kill()
        try:
            assert "khớp hết" in stack.manage("restore", "--replace", **key)
        finally:
            stack.worker.start()
        assert stack.names_in(BUCKET) == sorted([*names["media"], "images/mot-minh.webp"])
        assert stack.names_in(PRIVATE_BUCKET) == names["private"]


def names_under(folder) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


class TestLoss:
    def test_host_that_dies_is_not_missed(self, stack, reader):
        stack.one.web.kill()
        try:
            for number in range(8):
                assert reader.get(f"/tin-tuc/?lan={number}").status == 200
            editor = Visitor(stack)
            assert editor.sign_in("editor").status == 302
            assert editor.get(DESK).status == 200
        finally:
            stack.one.web.start()
            stack.one.web.wait()
        assert reader.get("/", stack.one).status == 200
