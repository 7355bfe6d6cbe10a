"""What the server does by itself when something ends, and a restore on it."""

import time
from collections.abc import Callable

from tests.deploy.machine import Machine
from tests.deploy.releases import KNOWN
from tests.deploy.visitors import ask

Say = Callable[..., None]


def restore_in_place(machine: Machine, say: Say) -> None:
    """As the handbook tells: stop, restore, start."""
    machine.run("gia-dinh-so", "backup", "--keep-all")
    before = sorted(machine.python(KNOWN).split())
    machine.python("from portal.core.models import User; User.objects.create_user(username='later', password='x')")
    web = f"gia-dinh-so-web@{(machine.root / 'opt/gia-dinh-so/current').readlink().name}"
    machine.run("systemctl", "stop", web, "gia-dinh-so-worker", "gia-dinh-so-minute.timer")
    said = machine.run("gia-dinh-so", "restore", "--replace")
    machine.run("systemctl", "start", web, "gia-dinh-so-worker", "gia-dinh-so-minute.timer")
    say("a restore brings back the instant of the backup", "Đã phục hồi, khớp hết." in said, said.splitlines()[2])
    later = machine.python("from portal.core.models import User; print(User.objects.filter(username='later').count())")
    after = sorted(machine.python(KNOWN).split())
    say("and nothing that came later", later.strip() == "0" and after == before, f"{len(after)} registrations")
    waited = until_ready()
    say("the site goes on with it", waited < 60, f"ready after {waited:.1f} s")


def killed(machine: Machine, say: Say) -> None:
    """Processes that die are started again."""
    for unit in (f"gia-dinh-so-web@{(machine.root / 'opt/gia-dinh-so/current').readlink().name}", "gia-dinh-so-worker"):
        machine.run("systemctl", "kill", "--signal=KILL", unit)
        deadline = time.monotonic() + 60
        while (
            time.monotonic() < deadline
            and machine.run("systemctl", "is-active", unit, may_fail=True).strip() != "active"
        ):
            time.sleep(0.2)
        waited = until_ready()
        say(f"{unit.split('@')[0]} comes back after kill -9", waited < 60, f"{waited:.1f} s")
    ask("/tin-tuc/")
    machine.run("systemctl", "kill", "--signal=KILL", "postgresql@*")
    status = ask("/tin-tuc/").status
    waited = until_ready()
    say("PostgreSQL comes back after kill -9", waited < 60, f"{waited:.1f} s; a page meanwhile: {status}")


def site_is_down(machine: Machine, say: Say) -> None:
    """nginx stands in for a minute with what it has, and then says what is the matter."""
    web = f"gia-dinh-so-web@{(machine.root / 'opt/gia-dinh-so/current').readlink().name}"
    ask("/van-ban/")
    machine.run("systemctl", "stop", web)
    time.sleep(3)
    kept = ask("/van-ban/")
    say("a page that was asked for lately is still there when the site is down", kept.status == 200)
    posted = ask("/dang-ky/", method="POST", fields={"token": "x"})
    words = posted.status == 502 and "tạm nghỉ" in posted.text and "no-store" in posted.headers.get("Cache-Control", "")
    say("a form meets a clear page", words, posted.status)
    deadline, last = time.monotonic() + 100, time.monotonic()
    while time.monotonic() < deadline and ask("/van-ban/").status == 200:
        last = time.monotonic()
        time.sleep(1)
    stood = last - deadline + 100 + 3
    say("and is not shown for longer than about a minute", 40 <= stood <= 63, f"{stood:.0f} s")
    machine.run("systemctl", "start", web)
    say("the site is back", until_ready() < 60)


def restart(machine: Machine, say: Say) -> None:
    """Power off and on."""
    machine.stop()
    machine.start()
    waited = until_ready()
    say("after a restart of the machine the site is there by itself", waited < 90, f"{waited:.1f} s")
    timers = machine.run("systemctl", "list-timers", "gia-dinh-so-*", "--plain", "--no-legend").count(".timer")
    say("and so are its four timers", timers == 4)


def until_ready() -> float:
    """Seconds until the site says that it is ready; 120 when it does not."""
    start = time.monotonic()
    while time.monotonic() < start + 120:
        try:
            if ask("/readyz").status == 200:
                break
        except OSError:
            pass
        time.sleep(0.1)
    return time.monotonic() - start
