"""Makes things so, and tells only what had to change."""

import grp
import os
import pwd
import subprocess
from collections.abc import Mapping
from pathlib import Path


class Refused(Exception):
    """The work cannot go on; the message is for the one who keeps the server."""


class Report:
    """What had to change, told as it happens."""

    def __init__(self) -> None:
        self.changes: list[str] = []

    def changed(self, what: str) -> None:
        self.changes.append(what)
        self.say(f"  + {what}")

    def say(self, what: str) -> None:
        print(what, flush=True)

    def summary(self) -> str:
        """The last line."""
        return f"Xong, {len(self.changes)} chỗ đã đổi." if self.changes else "Mọi thứ đã đúng, không phải đổi gì."


def run(*words: str | Path, as_account: str = "", environment: Mapping[str, str] | None = None, given: str = "") -> str:
    """Run a command to its end and return what it printed; Refused with its last words when it fails."""
    done = subprocess.run(
        [str(word) for word in words],
        env={**os.environ, "LC_ALL": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive", **(environment or {})},
        cwd="/",
        input=given,
        capture_output=True,
        text=True,
        check=False,
        user=as_account or None,
        group=as_account or None,
        extra_groups=[] if as_account else None,
    )
    if done.returncode:
        last_words = (done.stderr or done.stdout).strip()[-3000:]
        raise Refused(f"{' '.join(map(str, words[:6]))}: {last_words}")
    return done.stdout


def succeeds(*words: str | Path) -> bool:
    """Whether a command ends well."""
    return subprocess.run([str(word) for word in words], capture_output=True, check=False).returncode == 0


def ensure_folder(report: Report, path: Path, mode: int = 0o755, owner: str = "root", group: str = "root") -> None:
    """A folder with this mode and owner."""
    if not path.is_dir():
        path.mkdir(parents=True)
        report.changed(f"thư mục {path}")
    _ensure_owner(report, path, mode, owner, group)


def ensure_file(report: Report, path: Path, text: str, mode: int = 0o644, group: str = "root") -> bool:
    """A file of root's with exactly this text; whether it had to be written. Never half of it is there."""
    is_new = not path.is_file() or path.read_text(encoding="utf-8") != text
    if is_new:
        unfinished = path.with_name(f".{path.name}.new")
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        unfinished.replace(path)
        report.changed(str(path))
    _ensure_owner(report, path, mode, "root", group)
    return is_new


def ensure_link(report: Report, path: Path, target: Path) -> bool:
    """A symbolic link, put in place at one stroke; whether it had to change."""
    if path.is_symlink() and path.readlink() == target:
        return False
    unfinished = path.with_name(f".{path.name}.new")
    unfinished.unlink(missing_ok=True)
    unfinished.symlink_to(target)
    unfinished.replace(path)
    report.changed(f"{path} → {target}")
    return True


def _ensure_owner(report: Report, path: Path, mode: int, owner: str, group: str) -> None:
    wanted = (mode, pwd.getpwnam(owner).pw_uid, grp.getgrnam(group).gr_gid)
    found = path.stat()
    if (found.st_mode & 0o7777, found.st_uid, found.st_gid) != wanted:
        os.chown(path, wanted[1], wanted[2])
        path.chmod(mode)
        report.changed(f"quyền của {path}")
