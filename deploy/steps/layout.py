"""Names and places on the server."""

from pathlib import Path

NAME = "gia-dinh-so"
#: Account of the system, role of PostgreSQL and database: one name, so that PostgreSQL knows who comes.
ACCOUNT = "giadinhso"
WEB_ACCOUNT = "www-data"

RELEASES = Path("/opt") / NAME / "releases"
CURRENT, PREVIOUS = RELEASES.parent / "current", RELEASES.parent / "previous"
CONFIG = Path("/etc") / NAME
ENVIRONMENT, BACKUP_ENVIRONMENT = CONFIG / "env", CONFIG / "backup.env"
CERTIFICATE, CERTIFICATE_KEY = CONFIG / "tls" / "cert.pem", CONFIG / "tls" / "key.pem"
DATA, BACKUPS = Path("/var/lib") / NAME, Path("/var/backups") / NAME
#: Hashed static files of all releases side by side: a page of the old one still finds its style sheet.
STATIC = Path("/var/www") / NAME / "static"
ACME = Path("/var/www") / NAME / "acme"
SOCKETS = Path("/run") / NAME
LOCK = Path("/run") / f"{NAME}-deploy.lock"
UNITS = Path("/etc/systemd/system")
NGINX = Path("/etc/nginx")
NGINX_PIECES = NGINX / NAME
UPSTREAM = NGINX_PIECES / "upstream.conf"
#: Other hosts of the same site, one address a line; nginx shares the work out (docs/may-chu.md, “Nhiều máy”).
PEERS = CONFIG / "may-khac"
WEB_UNIT = f"{NAME}-web@{{release}}.service"
WORKER_UNIT = f"{NAME}-worker.service"
TIMERS = tuple(f"{NAME}-{job}.timer" for job in ("minute", "night", "backup", "drill"))
COMMAND = Path("/usr/local/sbin") / NAME
