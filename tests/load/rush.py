"""The last half minute of a round: five hundred families send, the server is killed in the middle and started again.

`python -m tests.load.rush` plays it on a throw-away site and prints what it found as one line of JSON; DATA_DIR and
DATABASE_URL say where. Every family sends until it holds a receipt or is told that the round has closed; one in ten
presses twice.
"""

import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlencode
from uuid import uuid4

FAMILIES = 500
RUSH_SECONDS = 30.0
#: The server dies when so much of the rush is over, and is started again a second later.
KILLED_AT = 0.5
PATIENCE_SECONDS = 20.0


@dataclass
class Family:
    """One family with its finished form, and what it was told."""

    token: str
    body: str
    presses: int
    receipts: set[str] = field(default_factory=set)
    was_told_closed: bool = False


@dataclass
class Site:
    """The production server of this site, which can be killed."""

    port: int
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        from portal.home.serving import start_web_server

        self.process = start_web_server("127.0.0.1", self.port)

    def wait_until_up(self) -> None:
        for _ in range(600):
            try:
                if ask(self.port, "GET", "/healthz")[0] == 200:
                    return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("the server did not start")

    def kill(self) -> None:
        """As a power cut does: no goodbye to anybody."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def ask(port: int, method: str, path: str, body: str = "") -> tuple[int, str]:
    """(status, text) of one request."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    try:
        connection.request(method, path, body or None, {"Content-Type": "application/x-www-form-urlencoded"})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    except http.client.HTTPException as error:
        raise ConnectionError(str(error)) from error
    finally:
        connection.close()


def send(port: int, path: str, family: Family, gives_up_at: float) -> None:
    """Press “Gửi bài” until something certain is on the screen."""
    while time.monotonic() < gives_up_at:
        try:
            status, text = ask(port, "POST", path, family.body)
        except OSError:
            time.sleep(0.3)
            continue
        if status == 200 and 'class="slip"' in text:
            family.receipts.add(text.split('class="code">')[1].split("<")[0])
            return
        if status == 200 and "Vòng này đã đóng" in text:
            family.was_told_closed = True
            return
        time.sleep(0.3)


def prepare_round() -> tuple[object, list[Family]]:
    """A round that closes when the rush is over, with no grace, and the finished forms of all families."""
    from django.utils import timezone

    from portal.campaign.drafts import Draft
    from portal.campaign.drafts import Family as Told
    from portal.campaign.kinds import kind_of
    from portal.campaign.models import GameIndexPage
    from portal.core.page_cache import forget_pages
    from tests.factories.games import GamePageFactory, RoundFactory
    from tests.factories.households import HouseholdFactory, VillageFactory

    chance, village, now = random.Random(4), VillageFactory(number=99), timezone.now()
    game = GamePageFactory(parent=GameIndexPage.objects.get(), slug="gio-chot")
    closes_at = now + timedelta(seconds=3600)
    round_ = RoundFactory(game=game, number=1, grace_minutes=0, closes_at=closes_at, questions=12, question_count=10)
    families = []
    for _number in range(FAMILIES):
        household = HouseholdFactory(village=village)
        told = Told(household.code, household.pk, household.pk, household.code, is_sound=True)
        form = kind_of(round_).form(round_, told.who)
        boxes = {f"q{question.pk}": [str(question.options[0][0])] for question in form.questions}
        draft = Draft(uuid4(), now - timedelta(minutes=1), "xem-lai", told, boxes, shown_as="")
        body = urlencode({"draft": draft.signed_for(round_), "di": "gui"})
        families.append(Family(draft.token.hex, body, presses=2 if chance.random() < 0.1 else 1))
    forget_pages()
    return round_, families


def rush(site: Site, path: str, families: list[Family], closes_in: float) -> None:
    """All families at moments of their own; returns when the last of them knows where it stands."""
    chance, start = random.Random(5), time.monotonic()
    gives_up_at = start + closes_in + PATIENCE_SECONDS

    def at(moment: float, family: Family) -> None:
        time.sleep(max(start + moment - time.monotonic(), 0))
        send(site.port, path, family, gives_up_at)

    # A few come just too late.
    moments = [(chance.uniform(0, closes_in + 0.5), family) for family in families for _ in range(family.presses)]
    threads = [threading.Thread(target=at, args=pair) for pair in moments]
    for thread in threads:
        thread.start()
    time.sleep(closes_in * KILLED_AT)
    site.kill()
    time.sleep(1)
    site.start()
    for thread in threads:
        thread.join()


def findings(round_: object, families: list[Family]) -> dict[str, object]:
    """What must be nothing, and what must not be."""
    from portal.campaign.models import Entry
    from portal.campaign.selectors.closing import running_entries
    from portal.campaign.services.closing import seal_round, settle_households
    from tests.factories.core import UserFactory

    entries = list(Entry.objects.filter(round=round_))
    by_token = {entry.token.hex: entry for entry in entries}
    codes, clerk = {entry.code for entry in entries}, UserFactory()
    sealed = seal_round(round_=round_, by=clerk, now=round_.times.seals_from)
    settle_households(round_=round_, by=clerk)
    owners = Counter(entry.household_id for entry in running_entries(round_))
    return {
        "families": len(families),
        "entries": len(entries),
        "receipts": sum(bool(family.receipts) for family in families),
        "told_closed": sum(family.was_told_closed for family in families),
        "left_without_word": sum(not family.receipts and not family.was_told_closed for family in families),
        "receipts_without_entry": sum(len(family.receipts - codes) for family in families),
        "different_receipts_of_one_form": sum(len(family.receipts) > 1 for family in families),
        "forms_written_twice": len(entries) - len(by_token),
        "families_counted_twice": sum(count > 1 for count in owners.values()),
        "entries_that_are_not_counted": len(entries) - sum(owners.values()),
        "entries_not_in_the_list": len(entries) - sealed.text.count("\n"),
        "entries_after_the_end": sum(entry.received_at >= round_.times.ends_at for entry in entries),
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> dict[str, object]:
    """The whole play on a site that is made for it."""
    import django

    django.setup()
    from django.utils import timezone

    from portal.campaign.models import Round
    from portal.core.page_cache import forget_pages
    from portal.home.serving import prepare

    prepare(with_sample=False)
    round_, families = prepare_round()
    site = Site(free_port())
    site.start()
    try:
        site.wait_until_up()
        path = f"/minigame/{round_.game.slug}/vong-1/du-thi/"
        ask(site.port, "GET", path)
        closes_at = timezone.now() + timedelta(seconds=RUSH_SECONDS)
        # Straight into the table: the clerk would have said so long before.
        Round.objects.filter(pk=round_.pk).update(closes_at=closes_at, seed_known_at=closes_at + timedelta(days=1))
        forget_pages()
        round_.refresh_from_db()
        rush(site, path, families, RUSH_SECONDS)
        time.sleep(max((round_.times.ends_at - timezone.now()).total_seconds(), 0) + 0.1)
        return findings(round_, families)
    finally:
        site.kill()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    print(json.dumps(main()))
    sys.stdout.flush()
