"""Typed readers of environment variables that refuse odd values in words.

Every reader raises ImproperlyConfigured with a sentence that says what to write instead.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

SQLITE_OPTIONS = {
    # IMMEDIATE takes the write lock first, so that read-then-write never fails with "database is locked".
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-20000",
}

#: Seconds for which a thread keeps its connection to the file. Opening it costs as much as all that a page asks, and
#: the last one to close it writes the log of changes back between two readers; but a file that was put in its place, or
#: may be written again, is seen only by who opens anew.
SQLITE_SECONDS = 5
POSTGRESQL_SECONDS = 60

#: Seconds. A server that does not answer at all must not keep every thread of ours waiting for minutes.
POSTGRESQL_OPTIONS = {"connect_timeout": 5}


def env_str(name: str, default: str | None = None) -> str:
    """The text of a variable; without a default an empty one is refused."""
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(f"{name} is not set: see .env.example for what it means")
    return default


def env_bool(name: str, default: bool) -> bool:
    """True or false, and nothing that merely looks like it."""
    raw = os.environ.get(name, "").strip().lower()
    if not raw:
        return default
    if raw not in {"true", "false"}:
        raise ImproperlyConfigured(f"{name}={raw!r}: write true or false")
    return raw == "true"


def env_int(name: str, default: int, *, low: int, high: int) -> int:
    """A whole number between low and high, both included."""
    raw = os.environ.get(name, "").strip()
    if not raw:
        return default
    if not raw.isascii() or not raw.isdigit() or not low <= int(raw) <= high:
        raise ImproperlyConfigured(f"{name}={raw!r}: write a whole number from {low} to {high}")
    return int(raw)


def env_list(name: str, default: list[str]) -> list[str]:
    """Comma-separated words."""
    words = [word.strip() for word in os.environ.get(name, "").split(",")]
    return [word for word in words if word] or default


def env_url(name: str, default: str | None = None) -> str:
    """An http(s) origin without a path, such as https://example.vn."""
    value = env_str(name, default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path or parts.query:
        raise ImproperlyConfigured(f"{name}={value!r}: write an address such as https://ten-mien.vn, without a path")
    return value


def env_database(name: str, default: Path | None = None) -> dict[str, Any]:
    """Django's DATABASES entry for a variable; without it, a SQLite file at `default`, or nothing."""
    value = env_str(name, "")
    if not value and default is None:
        return {}
    if not value:
        lasting = {"CONN_MAX_AGE": SQLITE_SECONDS, "OPTIONS": dict(SQLITE_OPTIONS)}
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(default), **lasting}
    try:
        config: dict[str, Any] = dict(dj_database_url.parse(value, conn_health_checks=True))
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}: write sqlite:///file or postgresql://user:password@host/name") from error
    if config["ENGINE"] == "django.db.backends.sqlite3":
        config["CONN_MAX_AGE"] = SQLITE_SECONDS
        config["OPTIONS"] = {**SQLITE_OPTIONS, **config.get("OPTIONS", {})}
    elif config["ENGINE"] == "django.db.backends.postgresql":
        config["CONN_MAX_AGE"] = POSTGRESQL_SECONDS
        config["OPTIONS"] = {**POSTGRESQL_OPTIONS, **config.get("OPTIONS", {})}
    else:
        raise ImproperlyConfigured(f"{name}: only sqlite:/// and postgresql:// are supported")
    return config


def env_dir(name: str, default: Path) -> Path:
    """A folder of ours, made when missing and closed to other accounts of the machine."""
    path = Path(env_str(name, str(default))).expanduser().resolve()
    path.mkdir(mode=0o750, parents=True, exist_ok=True)
    return path


def share_figures(folder: Path) -> Path:
    """Let all processes of the site count into one folder; the library reads its place from the environment alone."""
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
    return folder
