"""What the machine needs beside the web server: packages, account, secrets, database, units and timers."""

import pwd
import re
import secrets
from pathlib import Path

from steps.layout import (
    ACCOUNT,
    ACME,
    BACKUP_ENVIRONMENT,
    BACKUPS,
    COMMAND,
    CONFIG,
    CURRENT,
    DATA,
    ENVIRONMENT,
    NAME,
    RELEASES,
    SOCKETS,
    STATIC,
    TIMERS,
    UNITS,
    WEB_ACCOUNT,
)
from steps.tools import Refused, Report, ensure_file, ensure_folder, run, succeeds

PACKAGES = ("python3", "python3-venv", "nginx", "openssl", "postgresql", "unattended-upgrades", "ca-certificates")
#: Taken where the distribution has them.
WANTED = ("libnginx-mod-http-brotli-filter", "libnginx-mod-http-brotli-static")
DOMAIN = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
AUTOMATIC_UPDATES = 'APT::Periodic::Update-Package-Lists "1";\nAPT::Periodic::Unattended-Upgrade "1";\n'
JOURNAL = "[Journal]\nSystemMaxUse=500M\nMaxRetentionSec=90day\n"
COMMAND_TEXT = f"""#!/bin/sh
# Runs one command of manage.py as the site does, with its account and secrets: {NAME} restore --drill
set -eu
set -a
. {ENVIRONMENT}
. {BACKUP_ENVIRONMENT}
HOME={DATA}
STATIC_ROOT={CURRENT}/.static
PYTHONDONTWRITEBYTECODE=1
set +a
umask 027
cd {CURRENT}
exec setpriv --reuid={ACCOUNT} --regid={ACCOUNT} --init-groups --inh-caps=-all .venv/bin/python manage.py "$@"
"""


def install_packages(report: Report) -> None:
    """Debian's own packages; nothing from elsewhere but the hashed lock of the release."""
    if not Path("/run/systemd/system").is_dir():
        raise Refused("Máy này không chạy systemd.")
    missing = [name for name in PACKAGES if not _is_installed(name)]
    wanted = [name for name in WANTED if not _is_installed(name)]
    if missing:
        report.say("Đang cài các gói của hệ điều hành …")
        run("apt-get", "update", "-qq")
    missing += [name for name in wanted if _is_offered(name)]
    if missing:
        run("apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing)
        report.changed(f"gói: {' '.join(missing)}")
    ensure_file(report, Path("/etc/apt/apt.conf.d/20auto-upgrades"), AUTOMATIC_UPDATES)


def _is_installed(package: str) -> bool:
    return succeeds("sh", "-c", f"dpkg-query -W -f '${{Status}}' {package} 2>/dev/null | grep -q 'ok installed'")


def _is_offered(package: str) -> bool:
    return "Candidate: (none)" not in (found := run("apt-cache", "policy", package)) and bool(found)


def make_account(report: Report) -> None:
    """An account that nobody can sign in with; nginx may read what its group may."""
    try:
        pwd.getpwnam(ACCOUNT)
    except KeyError:
        run("useradd", "--system", "--user-group", "--no-create-home", "--home-dir", DATA, ACCOUNT)
        report.changed(f"tài khoản {ACCOUNT}")
    if ACCOUNT not in run("id", "-nG", WEB_ACCOUNT).split():
        run("usermod", "--append", "--groups", ACCOUNT, WEB_ACCOUNT)
        report.changed(f"{WEB_ACCOUNT} vào nhóm {ACCOUNT}")


def make_folders(report: Report) -> None:
    """Who may write where: the site in its data only, nobody but root in a release."""
    for path in (RELEASES, STATIC, ACME):
        ensure_folder(report, path)
    ensure_folder(report, CONFIG, 0o750)
    ensure_folder(report, DATA, 0o750, ACCOUNT, ACCOUNT)
    ensure_folder(report, DATA / "media", 0o750, ACCOUNT, ACCOUNT)
    ensure_folder(report, BACKUPS, 0o700, ACCOUNT, ACCOUNT)
    if ensure_file(report, Path(f"/etc/tmpfiles.d/{NAME}.conf"), f"d {SOCKETS} 0750 {ACCOUNT} {WEB_ACCOUNT}\n"):
        run("systemd-tmpfiles", "--create", f"/etc/tmpfiles.d/{NAME}.conf")
    journal = Path("/etc/systemd/journald.conf.d")
    ensure_folder(report, journal)
    if ensure_file(report, journal / f"{NAME}.conf", JOURNAL):
        run("systemctl", "restart", "systemd-journald")
    ensure_file(report, COMMAND, COMMAND_TEXT, 0o755)


def read_environment(path: Path) -> dict[str, str]:
    """NAME=value lines."""
    if not path.is_file():
        return {}
    lines = path.read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))


def known_domain() -> str:
    """The domain that the server was installed for; empty before that."""
    return read_environment(ENVIRONMENT).get("ALLOWED_HOSTS", "").split(",")[0]


def write_secrets(report: Report, domain: str) -> str:
    """The environment file with its keys, made once; what stands in it already is left alone. Returns the domain."""
    domain = domain.lower() or known_domain()
    if not DOMAIN.fullmatch(domain):
        raise Refused("Cho biết tên miền, ví dụ: sudo sh deploy/install giadinhso.bato.vn")
    known = read_environment(ENVIRONMENT)
    told = {
        "DJANGO_SETTINGS_MODULE": "portal.settings.production",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "DATABASE_URL": f"postgresql://{ACCOUNT}@%2Frun%2Fpostgresql/{ACCOUNT}",
        "DATA_DIR": str(DATA),
        "BACKUP_DIR": str(BACKUPS),
        **known,
        "ALLOWED_HOSTS": domain,
        "BASE_URL": f"https://{domain}",
    }
    if domain == known_domain():
        told["ALLOWED_HOSTS"] = known["ALLOWED_HOSTS"]
    _write_environment(report, ENVIRONMENT, told)
    keys = {"BACKUP_KEY": secrets.token_urlsafe(40), **read_environment(BACKUP_ENVIRONMENT)}
    _write_environment(report, BACKUP_ENVIRONMENT, keys)
    return domain


def _write_environment(report: Report, path: Path, values: dict[str, str]) -> None:
    lines = [f"{name}={value}\n" for name, value in values.items()]
    ensure_file(
        report, path, "# Tên và ý nghĩa: .env.example. Chép tệp này ra giấy, cất trong két.\n" + "".join(lines), 0o600
    )


def make_database(report: Report) -> None:
    """A role that PostgreSQL knows by its account, without any password, and a database of its own.

    It may create databases: the drill restores into one that it throws away.
    """
    run("systemctl", "enable", "--now", "--quiet", "postgresql.service")
    if not _ask("SELECT 1 FROM pg_roles WHERE rolname = :'name'"):
        _ask('CREATE ROLE :"name" LOGIN CREATEDB NOSUPERUSER NOCREATEROLE')
        report.changed(f"vai trò PostgreSQL {ACCOUNT}")
    if not _ask("SELECT 1 FROM pg_database WHERE datname = :'name'"):
        _ask("CREATE DATABASE :\"name\" OWNER :\"name\" TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'")
        # Other roles of this server, should there ever be any, have no business here.
        _ask('REVOKE CONNECT, TEMPORARY ON DATABASE :"name" FROM PUBLIC')
        report.changed(f"cơ sở dữ liệu {ACCOUNT}")


def _ask(statement: str) -> str:
    """One statement to PostgreSQL, as its own administrator."""
    options = ("-XAtq", "--set=ON_ERROR_STOP=1", f"--set=name={ACCOUNT}", "--dbname=postgres")
    return run("psql", *options, as_account="postgres", given=statement).strip()


def write_units(report: Report, source: Path) -> bool:
    """Units of the site, all hardened by one drop-in, and what others lack; whether any is new or different."""
    dropped_in = {f"{NAME}-.service": "hardening", "postgresql@.service": "restart", "nginx.service": "restart"}
    texts = {}
    for unit, what in dropped_in.items():
        ensure_folder(report, UNITS / f"{unit}.d")
        texts[UNITS / f"{unit}.d" / f"{NAME}-{what}.conf"] = source / f"deploy/systemd/{what}.conf"
    texts |= {UNITS / path.name: path for path in sorted((source / "deploy/systemd").glob(f"{NAME}-*"))}
    changed = [ensure_file(report, place, path.read_text(encoding="utf-8")) for place, path in texts.items()]
    if any(changed):
        run("systemctl", "daemon-reload")
    return any(changed)


def start_timers(report: Report) -> None:
    """Jobs by the clock."""
    for timer in TIMERS:
        if not (succeeds("systemctl", "is-enabled", timer) and succeeds("systemctl", "is-active", timer)):
            run("systemctl", "enable", "--now", "--quiet", timer)
            report.changed(f"lịch {timer}")


def back_up() -> None:
    """One archive now; Refused when it fails."""
    run(COMMAND, "backup", "--keep-all")
