"""What `make run` does after the install: bring the database up to date, then serve and keep the clock."""

import io
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable
from functools import partial
from hashlib import sha256
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import close_old_connections, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from portal.core.figures import forget_figures
from portal.core.heartbeat import SCHEDULER, beat
from portal.core.jobs import run_job
from portal.core.models import User
from portal.core.page_cache import forget_pages
from portal.home.column import ensure_column, set_site_address
from portal.households.models import TeamMembership
from portal.households.permissions import LEADER_GROUP, OFFICER_GROUP, TEAM_GROUP
from portal.households.selectors import villages_today

#: (user name, full name, group) of the accounts made for a first look; groups come from a migration.
FIRST_ACCOUNTS = (
    ("bien-tap", "Biên tập viên (thử)", "Biên tập viên"),
    ("duyet-bai", "Người duyệt bài (thử)", "Người duyệt bài"),
    ("to-thon-1", "Tổ thôn 1 (thử)", TEAM_GROUP),
    ("so-ho", "Cán bộ sổ hộ (thử)", OFFICER_GROUP),
    ("so-ho-2", "Cán bộ sổ hộ thứ hai (thử)", OFFICER_GROUP),
    ("lanh-dao", "Lãnh đạo (thử)", LEADER_GROUP),
    ("quan-tri", "Quản trị (thử)", "Quản trị"),
)
ACCOUNTS_FILE = "tai-khoan.txt"
#: Commands that somebody waits for at their minute.
EVERY_MINUTE = ("publish_scheduled", "seal_rounds", "sweep_entry_photos", "requeue_tasks")
#: Commands of which each does its part once a day.
EVERY_NIGHT = ("nightly", "erase_entries", "tidy_accounts", "check_audit", "clearsessions", "check_links")


def migrate_if_needed() -> None:
    """Apply missing migrations; asking first is ten times faster than an empty migrate."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
        if connection.vendor == "sqlite":
            # Without statistics SQLite reads the whole search index for every query.
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")


def collect_static_if_changed() -> None:
    """Collect and compress static files when one of ours, or the set of libraries, has changed."""
    stamp = Path(settings.STATIC_ROOT) / ".stamp"
    state = _static_state()
    if not stamp.exists() or stamp.read_text() != state:
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        stamp.write_text(state)


def _static_state() -> str:
    digest = sha256((settings.BASE_DIR / "requirements" / "base.txt").read_bytes())
    for folder in settings.STATICFILES_DIRS:
        for path in sorted(Path(folder).rglob("*")):
            if path.is_file():
                digest.update(f"{path.name} {path.stat().st_size} {path.stat().st_mtime_ns}".encode())
    return digest.hexdigest()


def create_first_accounts() -> None:
    """One account per role with a random password, once; kept in a file that only its owner can read."""
    if User.objects.filter(is_active=True).exists():
        return
    lines = []
    for username, full_name, group in FIRST_ACCOUNTS:
        password = secrets.token_urlsafe(12)
        user = User.objects.create_user(username=username, full_name=full_name, password=password)
        user.groups.add(Group.objects.get(name=group))
        if group == TEAM_GROUP:
            join_first_village(user)
        lines.append(f"{group}: {username} / {password}\n")
    path = settings.DATA_DIR / ACCOUNTS_FILE
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.writelines(lines)


def join_first_village(user: User) -> None:
    """A team's account needs a village to see anything."""
    village = villages_today().first()
    if village is not None:
        TeamMembership.objects.create(user=user, village=village, valid_from=timezone.localdate())


def accounts_text() -> str:
    """The first accounts as kept in the file; empty where the office made its own."""
    path = settings.DATA_DIR / ACCOUNTS_FILE
    return path.read_text(encoding="utf-8") if path.exists() else ""


def port_is_free(host: str, port: int) -> bool:
    """Whether a server may listen there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def start_web_server(host: str, port: int) -> subprocess.Popen[bytes]:
    """Granian: a slow phone that sends half a request does not hold up the others."""
    command = [
        *(sys.executable, "-m", "portal.web", "portal.wsgi:application", "--interface", "wsgi"),
        *("--host", host, "--port", str(port), "--workers", "2", "--blocking-threads", "4"),
        # A worker that is told to stop while it is still starting never hears it.
        *("--respawn-failed-workers", "--workers-kill-timeout", "5", "--no-ws", "--log-level", "warning"),
    ]
    # A process group of its own: Ctrl+C in the terminal reaches us alone, and granian gets one clear signal from us.
    # Every word of the command is ours; host and port were read as such by the settings.
    return subprocess.Popen(command, cwd=settings.BASE_DIR, process_group=0)  # noqa: S603


def keep_time(server: subprocess.Popen[bytes]) -> int:
    """Do what is due at every full minute while the server lives; returns the server's exit code."""
    stopping = False

    def stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True
        server.terminate()

    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, stop)
    last_minute: float | None = None
    last_night = None
    while server.poll() is None:
        # Another minute than the last, not a later one: the machine's clock may have been turned back.
        if (minute := time.time() // 60) != last_minute and not stopping:
            # A connection of a minute ago may be dead by now: the database was restarted.
            close_old_connections()
            do_what_is_due()
            # Also at the start: a computer that is switched off every evening sees no midnight.
            if last_night != (today := timezone.localdate()):
                tidy_register()
                last_night = today
            last_minute = minute
        time.sleep(0.2)
    return 0 if stopping else int(server.returncode)


def do_what_is_due() -> bool:
    """Publish and take down what is scheduled for now, seal rounds that are over, and leave a sign of life.

    Returns whether all went well. A fault must not stop the clock, nor one job the other: it is logged, and tried
    again a minute later.
    """
    is_well = _all_went_well(EVERY_MINUTE)
    if is_well:
        beat(SCHEDULER)
    return is_well


def tidy_register() -> bool:
    """What the register and the games need once a day; a fault is logged, stops no other, and is tried again."""
    return _all_went_well(EVERY_NIGHT)


def _all_went_well(commands: Iterable[str]) -> bool:
    """Every command is run, whatever became of the one before."""
    outcomes = [run_job(name, partial(call_command, name, verbosity=0, stdout=io.StringIO())) for name in commands]
    return all(outcomes)


def bring_up_to_date() -> None:
    """Tables, the column's first pages and its address; changes nothing where all is there."""
    migrate_if_needed()
    # A backup of an older version came back with what families have asked to end since.
    call_command("redo_wishes", stdout=io.StringIO())
    ensure_column()
    set_site_address(settings.BASE_URL)
    forget_pages()


def prepare(*, with_sample: bool) -> None:
    """Everything between the install and the first request."""
    call_command("compile_catalogue", verbosity=0)
    migrate_if_needed()
    if with_sample:
        call_command("seed_demo")
    else:
        ensure_column()
    set_site_address(settings.BASE_URL)
    create_first_accounts()
    collect_static_if_changed()
    forget_figures()
    forget_pages()
