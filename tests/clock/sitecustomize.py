"""Lets a test move the clock of a site that it has started: Python looks for this module where PYTHONPATH leads.

The file that TEST_CLOCK names holds how many seconds the site is ahead; what is written there is followed at once, by
the web server and by the process that keeps its time.
"""

import os
import threading
import time
from pathlib import Path

import time_machine

LOOK_EVERY = 0.1  # seconds
#: What to add to the clock that no journey touches, to have the machine's real time; read before the first journey.
START = time.time() - time.monotonic()


def follow(clock: Path) -> None:
    """Travel to wherever the file says, again and again."""
    seen, journey = "", None
    pause = threading.Event()
    while True:
        ahead = clock.read_text(encoding="utf-8").strip()
        if ahead and ahead != seen:
            if journey is not None:
                journey.stop()
            journey = time_machine.travel(START + time.monotonic() + float(ahead), tick=True)
            journey.start()
            seen = ahead
        pause.wait(LOOK_EVERY)


def start() -> None:
    """In a thread of this process; one that is forked off has none of its parent's threads."""
    threading.Thread(target=follow, args=[Path(os.environ["TEST_CLOCK"])], daemon=True).start()


if os.environ.get("TEST_CLOCK"):
    start()
    os.register_at_fork(after_in_child=start)
