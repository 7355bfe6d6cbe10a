"""Families who send until they hold a receipt, as the page in front of them tells them to; and what was kept of it."""

import json
import re
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPException

from portal.core.public_forms import HUMAN_SECONDS
from tests.load.killed import RECEIPT, filled_in
from tests.running_site import Answer, RunningSite

PATIENCE = 90  # seconds
HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')
KEPT = """
import json
from django.db.models import Count
from portal.households.models import Registration
kept = Registration.objects.filter(household__head_name__startswith="{called}")
torn = kept.annotate(said=Count("household__consents")).filter(said=0)
print(json.dumps({{"torn": torn.count(), "tokens": [token.hex for token in kept.values_list("token", flat=True)],
                  "receipts": list(kept.values_list("receipt_code", flat=True))}}))
"""


@dataclass
class Sent:
    """One family's form, the pages that put it off, and the receipts it came to hold."""

    form: dict[str, str]
    put_off: list[str] = field(default_factory=list)
    receipts: set[str] = field(default_factory=set)


def forms_of(site: RunningSite, count: int, *, called: str) -> list[dict[str, str]]:
    """Finished registration forms, opened long enough ago for a person to have filled them in."""
    forms = [{**filled_in(site, number), "head_name": f"{called} {number}"} for number in range(count)]
    time.sleep(HUMAN_SECONDS)
    return forms


def send_until_received(site: RunningSite, form: dict[str, str]) -> Sent:
    """Press “Gửi”, and “Gửi lại” on whatever page comes instead of a receipt."""
    sent, boxes, deadline = Sent(form), form, time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            answer = site.post("/dang-ky/", boxes)
        except (OSError, HTTPException):
            time.sleep(0.3)
            continue
        found = RECEIPT.search(answer.text)
        if found:
            sent.receipts.add(found[4])
            return sent
        assert answer.status == 503, answer.text[:3000]
        sent.put_off.append(answer.text)
        boxes = boxes_on(answer)
        time.sleep(0.3)
    raise TimeoutError(f"no receipt after {PATIENCE} s")


def boxes_on(answer: Answer) -> dict[str, str]:
    """What “Gửi lại” on this page would send."""
    return {unescape(name): unescape(value) for name, value in HIDDEN.findall(answer.text)}


@contextmanager
def families_sending(site: RunningSite, forms: list[dict[str, str]], *, over: float):
    """All of them within so many seconds, four at a time; gives what came of each, complete after the block."""
    outcomes, pause = [], over / len(forms)

    def one(number):
        time.sleep(max(started + number * pause - time.monotonic(), 0))
        outcomes.append(send_until_received(site, forms[number]))

    with ThreadPoolExecutor(4) as clients:
        started = time.monotonic()
        sending = [clients.submit(one, number) for number in range(len(forms))]
        yield outcomes
        for sent in sending:
            sent.result()


def kept_of(site: RunningSite, *, called: str) -> dict[str, object]:
    """Registrations of these families as they stand in the database."""
    return json.loads(site.run(KEPT.format(called=called)))


def audit(site: RunningSite, outcomes: list[Sent], *, called: str) -> None:
    """Every receipt has its record and every record its receipt; none is torn, and the log of the office is whole."""
    kept, shown = kept_of(site, called=called), {code for sent in outcomes for code in sent.receipts}
    assert all(len(sent.receipts) == 1 for sent in outcomes)
    assert sorted(kept["receipts"]) == sorted(shown)
    assert len(kept["tokens"]) == len(set(kept["tokens"])) == len(outcomes)
    assert kept["torn"] == 0
    assert "LOG IS WHOLE" in site.run(
        "from django.core.management import call_command; call_command('check_audit'); print('LOG IS WHOLE')"
    )
