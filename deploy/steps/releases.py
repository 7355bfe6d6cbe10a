"""Releases in folders of their own: built aside, tried, switched to at one stroke, and switched back.

A release's id is its version and the first digits of a digest of its files: the same source is the same release.
The old release goes on serving until the new one has proved ready, and is still there when it proves bad afterwards.
A release's migrations must therefore leave the database readable by the release before it (docs/may-chu.md).
"""

import re
import shutil
import time
import tomllib
from hashlib import sha256
from pathlib import Path

from steps import web
from steps.layout import (
    ACCOUNT,
    CURRENT,
    ENVIRONMENT,
    PREVIOUS,
    RELEASES,
    SOCKETS,
    STATIC,
    WEB_UNIT,
    WORKER_UNIT,
)
from steps.machine import read_environment
from steps.tools import Refused, Report, ensure_link, run, succeeds

PARTS = ("manage.py", "pyproject.toml", "portal", "templates", "static", "locale", "requirements", "deploy", "docs")
UNCOUNTED = re.compile(r"__pycache__|\.pyc$|\.mo$|\.stamp$")
READY_SECONDS = 90
#: The last answers of the old release are on their way when nginx has turned to the new one.
GRACE_SECONDS = 3
KEPT = 3


def release_id(source: Path) -> str:
    """Version and digest of the files that make a release."""
    project = tomllib.loads((source / "pyproject.toml").read_text(encoding="utf-8"))
    digest = sha256()
    for path in _files(source):
        digest.update(f"{path.relative_to(source)}\0".encode() + sha256(path.read_bytes()).digest())
    return f"{project['project']['version']}-{digest.hexdigest()[:10]}"


def _files(source: Path) -> list[Path]:
    found = [path for part in PARTS for path in [source / part, *(source / part).rglob("*")]]
    return sorted(path for path in found if path.is_file() and not UNCOUNTED.search(str(path.relative_to(source))))


def current() -> str | None:
    """The release in service."""
    return CURRENT.readlink().name if CURRENT.is_symlink() else None


def previous() -> str | None:
    """The release to return to."""
    return PREVIOUS.readlink().name if PREVIOUS.is_symlink() and PREVIOUS.exists() else None


def build(report: Report, source: Path) -> str:
    """The release of this source, ready in its folder: files, libraries from the hashed lock, static files."""
    release = release_id(source)
    if (RELEASES / release).is_dir():
        return release
    report.say(f"Đang dựng bản {release}, chờ vài phút …")
    room = RELEASES / f".{release}"
    shutil.rmtree(room, ignore_errors=True)
    for path in _files(source):
        place = room / path.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)
        place.chmod(0o644)
    run("python3", "-m", "venv", room / ".venv")
    python = room / ".venv/bin/python"
    lock = ("--require-hashes", "--only-binary=:all:", "-r", room / "requirements/base.txt")
    run(python, "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check", *lock)
    for words in (("compile_catalogue",), ("collectstatic", "--no-input")):
        _manage(room, *words, static=room / ".static")
    shutil.rmtree(room / ".unused")
    # The site may read its release, and not write to it.
    run("chmod", "-R", "u=rwX,go=rX", room)
    run(python, "-m", "compileall", "-q", room / "portal")
    _publish_static(room / ".static")
    room.rename(RELEASES / release)
    report.changed(f"bản {release}")
    return release


def _manage(room: Path, *words: str, static: Path, account: str = "") -> str:
    """One command of a release's manage.py; as root only for what writes into the release itself."""
    environment = {**read_environment(ENVIRONMENT), "STATIC_ROOT": str(static), "PYTHONDONTWRITEBYTECODE": "1"}
    # The data are none of root's business: what it leaves there, the site could not write to.
    environment |= {} if account else {"DATA_DIR": str(room / ".unused"), "BACKUP_DIR": str(room / ".unused")}
    return run(
        "env",
        f"--chdir={room}",
        room / ".venv/bin/python",
        "manage.py",
        *words,
        environment=environment,
        as_account=account,
    )


def _publish_static(collected: Path) -> None:
    """Beside those of other releases: names are hashed, so none is in another's way."""
    for path in collected.rglob("*"):
        place = STATIC / path.relative_to(collected)
        if path.is_dir():
            place.mkdir(parents=True, exist_ok=True)
        elif not place.exists():
            shutil.copyfile(path, place)
            place.chmod(0o644)


def bring_into_service(report: Report, release: str, domain: str, *, restart: bool = False) -> None:
    """Migrate, start, prove ready, switch, prove again; what fails leaves the old release in service.

    With `restart` the release that is in service already is started anew, because it is told something new.
    """
    old, unit = current(), WEB_UNIT.format(release=release)
    if release == old and not restart and succeeds("systemctl", "is-active", unit):
        web.point_to(report, release)
        _ensure_worker(report, restart=False)
        _stop_others(report, release)
        return
    collected = RELEASES / release / ".static"
    _manage(RELEASES / release, "bring_up_to_date", static=collected, account=ACCOUNT)
    run("systemctl", "restart", unit)
    if not web.is_ready(SOCKETS / f"{release}.sock", domain, seconds=READY_SECONDS):
        if release != old:
            _stop(unit)
        raise Refused(f"Bản {release} không chạy được; trang vẫn ở bản {old}. Xem: journalctl -u {unit}")
    _switch(report, release, old)
    if not web.answers(domain):
        if old and old != release:
            run("systemctl", "start", WEB_UNIT.format(release=old))
            web.is_ready(SOCKETS / f"{old}.sock", domain, seconds=READY_SECONDS)
            _switch(report, old, release)
        raise Refused(f"Bản {release} trả lời sai; đã quay lại bản {old}. Xem: journalctl -u {unit}")


def _switch(report: Report, release: str, old: str | None) -> None:
    """Let nginx, the worker and the jobs turn to a release, and end the old one when its last answers are out."""
    unit = WEB_UNIT.format(release=release)
    run("systemctl", "enable", "--now", "--quiet", unit)
    if old and old != release:
        ensure_link(report, PREVIOUS, RELEASES / old)
    ensure_link(report, CURRENT, RELEASES / release)
    web.point_to(report, release)
    _ensure_worker(report, restart=True)
    if old and old != release:
        time.sleep(GRACE_SECONDS)
    _stop_others(report, release)


def _stop_others(report: Report, release: str) -> None:
    """One release serves; also after a switch that was cut short."""
    listed = run("systemctl", "list-units", WEB_UNIT.format(release="*"), "--plain", "--no-legend")
    for unit in [line.split()[0] for line in listed.splitlines()]:
        if unit != WEB_UNIT.format(release=release):
            _stop(unit)
            report.changed(f"dừng {unit}")


def _stop(unit: str) -> None:
    run("systemctl", "disable", "--now", "--quiet", unit)
    # One that had failed would be listed for ever.
    succeeds("systemctl", "reset-failed", unit)


def _ensure_worker(report: Report, *, restart: bool) -> None:
    if restart or not succeeds("systemctl", "is-active", WORKER_UNIT):
        run("systemctl", "enable", "--quiet", WORKER_UNIT)
        run("systemctl", "restart", WORKER_UNIT)
        report.changed(WORKER_UNIT)


def drop_old(report: Report) -> None:
    """Keep the newest few, and always the two that are named."""
    named = {current(), previous()}
    newest_first = sorted(RELEASES.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in [path for path in newest_first if path.name not in named][KEPT - len(named) :]:
        shutil.rmtree(path)
        report.changed(f"bỏ bản cũ {path.name}")
