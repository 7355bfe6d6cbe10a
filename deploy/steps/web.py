"""nginx in front: certificate, configuration, which release it asks, and whether the site answers."""

import http.client
import re
import socket
import ssl
import time
from pathlib import Path

from steps.layout import (
    ACME,
    CERTIFICATE,
    CERTIFICATE_KEY,
    DATA,
    ENVIRONMENT,
    NAME,
    NGINX,
    NGINX_PIECES,
    PEERS,
    SOCKETS,
    STATIC,
    UPSTREAM,
)
from steps.machine import read_environment
from steps.tools import Report, ensure_file, ensure_folder, ensure_link, run, succeeds

LETS_ENCRYPT = Path("/etc/letsencrypt/live")
YEARS_DAYS = 3650
#: What is worth compressing beside HTML.
TYPES = (
    "text/css text/javascript application/javascript application/json application/manifest+json image/svg+xml "
    "application/rss+xml application/atom+xml application/xml text/xml text/plain text/csv"
)


def write_certificate(report: Report, domain: str) -> None:
    """One that we sign ourselves, until a real one is there."""
    ensure_folder(report, CERTIFICATE.parent, 0o700)
    check = ("openssl", "x509", "-in", CERTIFICATE, "-noout", "-checkhost", domain)
    if CERTIFICATE.is_file() and "does match" in run(*check):
        return
    names = ("-subj", f"/CN={domain}", "-addext", f"subjectAltName=DNS:{domain}")
    kind = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc", "-days", str(YEARS_DAYS))
    run("openssl", "req", "-x509", *kind, *names, "-keyout", CERTIFICATE_KEY, "-out", CERTIFICATE)
    CERTIFICATE_KEY.chmod(0o600)
    report.changed(f"chứng thư tạm cho {domain}")


def certificate_of(domain: str) -> tuple[Path, Path]:
    """(certificate, key): certbot's where it has one for the domain."""
    real = LETS_ENCRYPT / domain
    if (real / "fullchain.pem").exists():
        return real / "fullchain.pem", real / "privkey.pem"
    return CERTIFICATE, CERTIFICATE_KEY


def _places(domain: str) -> dict[str, str]:
    """What stands in the configuration between two @."""
    certificate, key = certificate_of(domain)
    modules = " ".join(path.name for path in (NGINX / "modules-enabled").glob("*brotli*"))
    version = tuple(map(int, re.findall(r"\d+", run("sh", "-c", "nginx -v 2>&1"))[:3]))
    # From 1.25.1 on HTTP/2 has a directive of its own, and the old way is warned of.
    has_directive = version >= (1, 25, 1)
    return {
        "DOMAIN": domain,
        "CERTIFICATE": str(certificate),
        "KEY": str(key),
        "PIECES": str(NGINX_PIECES),
        "STATIC": str(STATIC),
        "PLAIN_PAGES": str(STATIC.parent),
        "MEDIA": str(DATA / "media"),
        "ACME": str(ACME),
        "PAGES": f"/var/cache/nginx/{NAME}",
        "LISTEN_HTTP2": "" if has_directive else " http2",
        "HTTP2": "http2 on;" if has_directive else "",
        "BROTLI": f"brotli on; brotli_comp_level 4; brotli_types {TYPES};" if "filter" in modules else "",
        "BROTLI_STATIC": "brotli_static on;" if "static" in modules else "",
        "TYPES": TYPES,
    }


def write_nginx(report: Report, source: Path, domain: str) -> None:
    """The site's configuration; nginx's own sample page goes."""
    ensure_folder(report, Path("/var/cache/nginx"))
    ensure_folder(report, NGINX_PIECES)
    if not UPSTREAM.exists():
        ensure_file(report, UPSTREAM, _upstream("none"))
    for page in (source / "deploy/nginx").glob("*.html"):
        ensure_file(report, STATIC.parent / page.name, page.read_text(encoding="utf-8"))
    texts = {NGINX_PIECES / name: _filled_in(source, name, domain) for name in ("cache.conf", "pages.conf")}
    media = "media-bucket.conf" if read_environment(ENVIRONMENT).get("S3_BUCKET") else "media-folder.conf"
    texts[NGINX_PIECES / "media.conf"] = _filled_in(source, media, domain)
    # The only folder that nginx reads outside its "http" part.
    texts[NGINX / "modules-enabled" / f"99-{NAME}.conf"] = "pcre_jit on;\n"
    texts[NGINX / "sites-available" / NAME] = _filled_in(source, "site.conf", domain)
    changes = [ensure_file(report, place, text) for place, text in texts.items()]
    changes += [ensure_link(report, NGINX / "sites-enabled" / NAME, NGINX / "sites-available" / NAME)]
    sample = NGINX / "sites-enabled" / "default"
    if sample.is_symlink():
        sample.unlink()
        report.changed(f"bỏ {sample}")
        changes += [True]
    if any(changes) or not succeeds("systemctl", "is-active", "nginx"):
        reload()


def _filled_in(source: Path, name: str, domain: str) -> str:
    text = (source / "deploy/nginx" / name).read_text(encoding="utf-8")
    for word, value in _places(domain).items():
        text = text.replace(f"@{word}@", value)
    return text


def _upstream(release: str) -> str:
    peers = PEERS.read_text(encoding="utf-8").split() if PEERS.is_file() else []
    servers = " ".join(f"server {place};" for place in (f"unix:{SOCKETS}/{release}.sock", *peers))
    return f"# Written at every switch of releases.\nupstream column {{ {servers} }}\n"


def point_to(report: Report, release: str) -> None:
    """Let nginx ask this release from the next request on; those on their way end where they began."""
    if ensure_file(report, UPSTREAM, _upstream(release)):
        reload()


def reload() -> None:
    """Only a configuration that nginx accepts."""
    run("nginx", "-t", "-q")
    run("systemctl", "enable", "--quiet", "nginx")
    run("systemctl", "reload-or-restart", "nginx")


def is_ready(path: Path, domain: str, *, seconds: float) -> bool:
    """Whether a release answers on its socket that database, cache and migrations are ready."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with socket.socket(socket.AF_UNIX) as sock:
            sock.settimeout(10)
            try:
                sock.connect(str(path))
                if _status(sock, domain, "/readyz") == 200:
                    return True
            except (OSError, http.client.HTTPException):
                pass
        time.sleep(0.5)
    return False


def answers(domain: str) -> bool:
    """Whether a visitor gets the home page over TLS, and the site says that it is ready."""
    context = ssl.create_default_context()
    # The certificate may be our own; who answers on this very machine is no question.
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        for path in ("/readyz", "/"):
            raw = socket.create_connection(("127.0.0.1", 443), timeout=30)
            with raw, context.wrap_socket(raw, server_hostname=domain) as sock:
                if _status(sock, domain, path) != 200:
                    return False
    except (OSError, http.client.HTTPException):
        return False
    return True


def _status(sock: socket.socket, domain: str, path: str) -> int:
    connection = http.client.HTTPConnection(domain)
    connection.sock = sock
    headers = {"Host": domain, "X-Forwarded-Proto": "https", "Connection": "close"}
    # A page from nginx's own store would prove nothing of the release.
    connection.request("GET", path, headers={**headers, "Cookie": "sessionid=kiem-tra"})
    return connection.getresponse().status
