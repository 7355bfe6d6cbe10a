"""Entries taken per second beside two yardsticks on the same server and database: a bare read-then-insert view and a
page of `wagtail.contrib.forms`.

`make bench` runs it on both databases; alone, on a throw-away site: `python -m tests.load.entries`.
"""

import itertools
import os
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID, uuid4

from tests.load.pages import on_core, server
from tests.load.posting import Outcome, form_body, post_all
from tests.postgres import postgres_server

PORT = 8975
CLIENTS, ROUNDS, SECONDS = 64, 3, 4.0
#: A family answers so many questions; beside them stand its code or name, village, telephone and how it is shown.
QUESTIONS, OTHER_BOXES = 10, 4
TO_BARE, TO_FORM_PAGE = 0.7, 2.0
#: As `manage.py serve` starts it.
SERVER = ("--workers", "2", "--blocking-threads", "4")
WORDS = "Nhà mình quét mã vuông ở chợ, bà ngoại bấm giúp, ai cũng khen. " * 6


def finished_entries(count: int) -> list[bytes]:
    """Forms of so many families, each of which has walked all the screens; some gave their household's code."""
    from django.utils import timezone

    from portal.campaign.drafts import Draft, Family
    from portal.campaign.entering import finished
    from portal.campaign.kinds import kind_of
    from portal.campaign.models import GameIndexPage
    from portal.campaign.screens import Walk
    from tests.factories.games import GamePageFactory, RoundFactory
    from tests.factories.households import HouseholdFactory, VillageFactory

    game = GamePageFactory(parent=GameIndexPage.objects.get(), slug="do-bai")
    round_ = RoundFactory(game=game, number=1, questions=24, question_count=QUESTIONS)
    village, opened = VillageFactory(number=99), timezone.now() - timedelta(minutes=5)
    households = [HouseholdFactory(village=village) for _ in range(200)]
    path, bodies = f"/minigame/{round_.game.slug}/vong-1/du-thi/", []
    for number in range(count):
        household = households[number % 200] if number % 2 and number < 600 else None
        family = Family(head_name=f"Nguyễn Văn Đo {number}", village_id=village.pk, is_sound=True)
        if household is not None:
            family = Family(household.code, household.pk, household.pk, household.code, is_sound=True)
        form = kind_of(round_).form(round_, family.who)
        boxes = {f"q{question.pk}": [str(question.options[0][0])] for question in form.questions}
        draft = Draft(uuid4(), opened, "xem-lai", family, boxes, shown_as="viet-gon")
        # As the review page signs it.
        draft = finished(Walk(round_, draft)) or draft
        bodies.append(form_body(path, {"draft": draft.signed_for(round_), "nonce": "", "website": "", "di": "gui"}))
    return bodies


def bare_forms() -> Iterator[bytes]:
    """One new token after another."""
    while True:
        yield form_body("/do/ghi/", {"token": str(UUID(bytes=os.urandom(16))), "text": WORDS})


def form_page_path() -> str:
    """Make Wagtail's form page, with as many boxes as a family fills in: questions to choose from, and words."""
    from portal.home.models import HomePage
    from tests.load.yardsticks.models import QuestionFormField, QuestionFormPage

    page = QuestionFormPage(title="Trang đo", slug="trang-do")
    HomePage.objects.get().add_child(instance=page)
    for number in range(QUESTIONS + OTHER_BOXES):
        kind = (
            {"field_type": "radio", "choices": "một,hai,ba,bốn"} if number < QUESTIONS else {"field_type": "singleline"}
        )
        QuestionFormField.objects.create(
            page=page, sort_order=number, label=f"o {number}", clean_name=f"o_{number}", **kind
        )
    page.save_revision().publish()
    return "/trang-do/"


def form_page_posts(port: int, path: str) -> Iterator[bytes]:
    """The form page's posts with the token that its own page gave out."""
    import http.client

    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", path)
    answer = connection.getresponse()
    token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', answer.read()).group(1).decode()
    cookie = answer.headers["Set-Cookie"].split(";")[0]
    boxes = {f"o_{number}": "hai" for number in range(QUESTIONS + OTHER_BOXES)}
    yield from itertools.repeat(form_body(path, {"csrfmiddlewaretoken": token, **boxes}, cookie))


def measure(entries: list[bytes], form_page: str) -> dict[str, list[Outcome]]:
    """Rounds alternate, so that a noisy minute hits all alike."""
    waiting = iter(entries)
    results: dict[str, list[Outcome]] = {}
    with on_core(1), server("portal.wsgi:application", PORT, page_cache="on", threads=SERVER):
        runs: dict[str, tuple[Callable[[], Iterator[bytes]], bytes]] = {
            "our entry form": (lambda: waiting, "Mã dự thi".encode()),
            "bare read-then-insert": (bare_forms, b"accepted"),
            "wagtail.contrib.forms": (lambda: form_page_posts(PORT, form_page), b"accepted"),
        }
        for make, mark in runs.values():
            post_all(PORT, make(), mark, clients=8, seconds=1.0)
        for _ in range(ROUNDS):
            for name, (make, mark) in runs.items():
                outcome = post_all(PORT, make(), mark, clients=CLIENTS, seconds=SECONDS)
                results.setdefault(name, []).append(outcome)
    return results


def main() -> bool:
    """Print the table; false when a bound is missed or a form was not taken."""
    from django.db import connection

    from portal.campaign.models import Entry

    entries, form_page = finished_entries(12_000), form_page_path()
    results = measure(entries, form_page)
    speeds = {name: statistics.median(one.per_second for one in runs) for name, runs in results.items()}
    ours = speeds["our entry form"]
    print(f"\nEntries on {connection.vendor}, {CLIENTS} clients, two workers on one core, client on the other")
    print(f"{'form':24}{'accepted/s':>12}{'p99 ms':>10}{'errors':>8}{'ours to it':>12}")
    for name, runs in results.items():
        slowest = statistics.median(one.slowest() for one in runs)
        errors = sum(len(one.refused) for one in runs)
        print(f"{name:24}{speeds[name]:12.0f}{slowest:10.0f}{errors:8}{ours / speeds[name]:12.2f}")
    refused = [answer for runs in results.values() for one in runs for answer in one.refused]
    if refused:
        print(f"MISS: {len(refused)} forms were not taken, such as: {refused[0][:120]}")
    if len({*Entry.objects.values_list("token")}) != Entry.objects.count():
        print("MISS: an entry was written twice")
    is_slow = ours < TO_BARE * speeds["bare read-then-insert"] or ours < TO_FORM_PAGE * speeds["wagtail.contrib.forms"]
    if is_slow:
        print("MISS: entries are below their bound")
    return not (refused or is_slow)


def on_postgresql() -> bool:
    """The same on a PostgreSQL of its own that keeps what it commits, as a server that families use does."""
    with (
        on_core(1),
        postgres_server("fsync=on") as address,
        tempfile.TemporaryDirectory(prefix="bench-") as folder,
    ):
        environment = {**os.environ, "DATABASE_URL": address, "DATA_DIR": folder}
        return subprocess.run([sys.executable, "-m", "tests.load.entries"], env=environment).returncode == 0


def alone() -> int:
    """On a throw-away site without the sample content."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        os.environ.setdefault("DATA_DIR", folder)
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.load.settings"
        import django

        django.setup()
        from portal.home.serving import prepare

        prepare(with_sample=False)
        return 0 if main() else 1


if __name__ == "__main__":
    sys.exit(alone())
