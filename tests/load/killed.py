"""Five hundred families register at once, and the server dies under them: what was promised must be there."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPException
from threading import Condition

from portal.core.public_forms import HUMAN_SECONDS
from tests.running_site import RunningSite

CLIENTS = 32
#: A phone tries again after this long, and gives up after that; seconds. A busy machine is no reason to fail.
PAUSE = 0.3
PATIENCE = 240
RECEIPT = re.compile(
    r'class="code">(BT-\d{4,}[A-Z])<.*?class="code">(\d{3}) (\d{3})<.*?(PN-[0-9A-Z]{4}-[0-9A-Z]{4})', re.DOTALL
)


@dataclass(frozen=True)
class Slip:
    """What stands on a receipt."""

    code: str
    secret: str
    receipt_code: str


@dataclass
class Crowd:
    """Forms on their way, and every receipt that came back for each."""

    site: RunningSite
    forms: list[dict[str, str]]
    slips: dict[str, list[Slip]] = field(default_factory=dict)
    failures: int = 0
    is_refused: bool = False
    news: Condition = field(default_factory=Condition)

    def register(self, form: dict[str, str]) -> None:
        """Send until a receipt comes."""
        slip = self._receipt_of(form)
        with self.news:
            self.slips.setdefault(form["token"], []).append(slip)
            self.news.notify_all()

    def wait_for(self, count: int) -> None:
        """Until so many families hold a receipt."""
        with self.news:
            self.news.wait_for(lambda: self.is_refused or len(self.slips) >= count, timeout=PATIENCE)
            if len(self.slips) < count and not self.is_refused:
                raise TimeoutError(f"only {len(self.slips)} receipts after {PATIENCE} s")

    def _receipt_of(self, form: dict[str, str]) -> Slip:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                answer = self.site.post("/dang-ky/", form)
            except (OSError, HTTPException):
                self.failures += 1
                time.sleep(PAUSE)
                continue
            found = RECEIPT.search(answer.text)
            if answer.status != 200 or not found:
                self.is_refused = True
                with self.news:
                    self.news.notify_all()
                raise RuntimeError(f"{answer.status} instead of a receipt: {answer.text[:2000]}")
            code, first, last, receipt_code = found.groups()
            return Slip(code, first + last, receipt_code)
        raise TimeoutError(f"no receipt after {PATIENCE} s")


def register_while_the_server_dies(site: RunningSite, *, families: int, dies_after: int) -> Crowd:
    """Kill the server when so many families hold a receipt, and start it again; returns once all hold one."""
    with ThreadPoolExecutor(CLIENTS) as clients:
        crowd = Crowd(site, list(clients.map(lambda number: filled_in(site, number), range(families))))
        time.sleep(HUMAN_SECONDS)
        # Every fifth thumb is impatient: two clients send its form at the same time.
        taps = [form for number, form in enumerate(crowd.forms) for _tap in range(2 if number % 5 == 0 else 1)]
        sending = [clients.submit(crowd.register, form) for form in taps]
        try:
            crowd.wait_for(dies_after)
        finally:
            site.kill()
            site.start()
        for sent in sending:
            sent.result()
    return crowd


def filled_in(site: RunningSite, number: int) -> dict[str, str]:
    """A form as the page gave it, with what one family writes in it."""
    page = site.get("/dang-ky/").text
    token = re.search(r'name="token" value="([^"]+)"', page)
    villages = re.findall(r'<option value="(\d+)"', page)
    if not token or not villages:
        raise RuntimeError(f"no form to fill in: {page[:2000]}")
    return {
        "token": unescape(token[1]),
        "village": villages[-1],  # where no other test looks
        "head_name": f"Phạm Thị Nhà {number}",
        "answer_1": "co",
        "answer_3": "can-giup",
        "agree_register": "on",
        "step": "send",
    }
