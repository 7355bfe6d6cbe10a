"""Redis or the S3 store dies while families write: pages stay, what was acknowledged stays, all recovers by itself."""

import os
import re
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.factories.files import picture_bytes
from tests.scale.servers import BUCKET
from tests.scale.stack import Host, Stack
from tests.scale.test_two_hosts import DESK, hosts_of, pytestmark, wait_for_sources
from tests.scale.visitors import Visitor, words_of

__all__ = ["pytestmark"]
RECEIPT = re.compile(r"PN-[0-9A-Z]{4}-[0-9A-Z]{4}")
#: A form that comes back sooner was not filled in by a hand (portal.core.public_forms).
HAND_SECONDS = 3.2
UPLOADED = "(truoc|trong-luc|sau)[_.]"
TEAM_DESK = "/quan-tri/to/"
IN_WORDS = "Trang đang tạm nghỉ."


@dataclass
class Families:
    """Families that register one after the other through nginx, while things happen."""

    stack: Stack
    receipts: list[str] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    is_over: bool = False

    def register(self, number: int) -> None:
        """Each family opens the form, takes its time and sends it."""
        while not self.is_over:
            family = Visitor(self.stack)
            page = family.get("/dang-ky/")
            token = re.search(r'name="token" value="([^"]+)"', page.text)
            if token is None:
                self.refused.append(page.status)
                return
            time.sleep(HAND_SECONDS)
            fields = {"token": token[1], "village": re.findall(r'<option value="(\d+)"', page.text)[-1]}
            fields |= {"head_name": f"Đinh Thị Bền {number}", "answer_1": "co", "agree_register": "on", "step": "send"}
            answer = family.post("/dang-ky/", fields)
            found = RECEIPT.search(answer.text)
            if found:
                self.receipts.append(found[0])
            else:
                self.refused.append(answer.status)


@contextmanager
def families_registering(stack: Stack) -> Iterator[Families]:
    families = Families(stack)
    threads = [threading.Thread(target=families.register, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    try:
        yield families
    finally:
        families.is_over = True
        for thread in threads:
            thread.join()


def all_are_kept(stack: Stack, families: Families) -> None:
    """Whoever holds a receipt is in the register, once."""
    assert families.receipts
    rows = stack.ask_database(
        "SELECT receipt_code FROM households_registration WHERE receipt_code = ANY(%s)", families.receipts
    )
    assert sorted(code for (code,) in rows) == sorted(families.receipts)


class TestRedisGone:
    def test_pages_staff_and_forms_go_on_and_what_cannot_be_counted_is_refused(self, stack, reader):
        team = Visitor(stack)
        team.sign_in("team")
        code, secret = stack.told["guessed"].values()
        with families_registering(stack) as families:
            stack.redis.kill()
            try:
                for at in (*hosts_of(stack), None):
                    for path in ("/", "/cau-chuyen/", "/vinh-danh/", "/dang-ky/"):
                        assert reader.get(path, at).status == 200, path
                    assert team.get(TEAM_DESK, at).status == 200
                    refused = reader.post("/tra-cuu/", {"code": code, "secret": secret}, at)
                    assert (refused.status, refused.headers["Retry-After"]) == (503, "60")
                    assert IN_WORDS in words_of(refused)
                other = Visitor(stack)
                assert other.sign_in("editor").status == 302
                assert other.get(DESK).status == 200
                time.sleep(HAND_SECONDS)
                taken_meanwhile = len(families.receipts)
            finally:
                stack.redis.start()
                stack.redis.wait()
            back_within(3, lambda: reader.post("/tra-cuu/", {"code": code, "secret": secret}, stack.one).status == 200)
        assert families.refused == []
        assert taken_meanwhile
        all_are_kept(stack, families)
        assert other.get(DESK, stack.two).status == 200

    def test_what_was_taken_down_meanwhile_is_not_remembered_by_a_store_that_comes_back(self, stack, reader):
        reviewer = Visitor(stack)
        reviewer.sign_in("reviewer", stack.one)
        path, title = stack.told["taken_down"]["path"], stack.told["taken_down"]["title"]
        for at in hosts_of(stack):
            assert title in words_of(reader.get(path, at))
        # Not dead: silent, with all that it remembers.
        os.killpg(stack.redis.process.pid, signal.SIGSTOP)
        try:
            page = f"/quan-tri/pages/{stack.told['taken_down']['pk']}/unpublish/"
            assert reviewer.get(page, stack.one).status == 200
            assert reviewer.post(page, {}, stack.one).status == 302
            for at in hosts_of(stack):
                assert reader.get(path, at).status == 404
        finally:
            os.killpg(stack.redis.process.pid, signal.SIGCONT)
        for _ in range(2):
            for at in hosts_of(stack):
                assert reader.get(path, at).status == 404
            time.sleep(1)


class TestStoreGone:
    def test_pages_stay_uploads_are_refused_in_words_and_all_recovers(self, stack, reader):
        editor, name, _file = editor_with_picture(stack)
        assert reader.get(f"/media/{name}").status == 200
        with families_registering(stack) as families, store_gone(stack):
            for at in (*hosts_of(stack), None):
                assert reader.get("/", at).status == 200
                assert reader.get("/cau-chuyen/", at).status == 200
            # nginx has it still; the site says what is the matter.
            assert reader.get(f"/media/{name}").status == 200
            cold = reader.get(f"/media/{name}", stack.two)
            assert (cold.status, cold.headers["Retry-After"]) == (503, "60")
            before = stack.ask_database("SELECT count(*) FROM core_portalimage")
            refused = upload(editor, "trong-luc", stack.two)
            assert refused.status == 503
            assert IN_WORDS in words_of(refused)
            assert stack.ask_database("SELECT count(*) FROM core_portalimage") == before
            time.sleep(HAND_SECONDS)
        assert families.refused == []
        all_are_kept(stack, families)
        assert upload(editor, "sau", stack.two).status == 302
        # Both that were acknowledged are there; those of the sample lie in another site's folder.
        uploaded = stack.ask_database(f"SELECT file FROM core_portalimage WHERE file ~ '/{UPLOADED}'")
        assert len(uploaded) >= 2
        assert {file for (file,) in uploaded} <= set(stack.names_in(BUCKET))

    def test_picture_that_is_taken_down_meanwhile_goes_when_the_store_is_back(self, stack, reader):
        editor, _name, file = editor_with_picture(stack)
        ((number,),) = stack.ask_database("SELECT id FROM core_portalimage WHERE file = %s", file)
        gone = f"/quan-tri/images/{number}/delete/"
        with store_gone(stack):
            assert editor.get(gone, stack.one).status == 200
            assert editor.post(gone, {}, stack.one).status == 302
            # The worker has tried by then, and put it off.
            back_within(20, lambda: stack.is_deletion_put_off(file))
        assert file in stack.names_in(BUCKET)
        stack.hurry_tasks()
        back_within(20, lambda: file not in stack.names_in(BUCKET))


@contextmanager
def store_gone(stack: Stack) -> Iterator[None]:
    """S3 is killed, and starts again afterwards."""
    stack.s3.kill()
    try:
        yield
    finally:
        stack.s3.start()
        stack.s3.wait()


def editor_with_picture(stack: Stack) -> tuple[Visitor, str, str]:
    """(an editor, a rendition of the picture that was just uploaded, its own file)."""
    editor = Visitor(stack)
    editor.sign_in("editor", stack.one)
    assert upload(editor, "truoc", stack.one).status == 302
    name = wait_for_sources(stack)
    ((file,),) = stack.ask_database("SELECT file FROM core_portalimage ORDER BY id DESC LIMIT 1")
    return editor, name, file


def upload(editor: Visitor, stem: str, at: Host):
    fields = {"title": f"Ảnh {stem}", "description": "Bà con ở chợ", "collection": "1", "tags": ""}
    path = "/quan-tri/images/add/"
    editor.get(path, at)
    return editor.post(path, fields, at, files={f"file/{stem}.png": picture_bytes(900, 600)})


def back_within(seconds: float, is_back) -> None:
    deadline = time.monotonic() + seconds
    while not is_back():
        assert time.monotonic() < deadline
        time.sleep(0.2)
