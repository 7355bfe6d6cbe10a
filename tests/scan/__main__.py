"""`make scan`: wapiti and sqlmap on the public pages and forms; exits with 1 when either finds anything.

wapiti walks the site by itself. sqlmap is given every public form, filled in, and tries each box at level 2 and risk 1
with what PostgreSQL understands. An answer of 500 or more is a finding as well, and so is a header that is missing.
A quarter of an hour on two cores.
"""

import json
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.scan.forms import Form, public_forms
from tests.scan.headers import by_observatory
from tests.scan.stack import ROOT, Stack, broken, needed, raised

TOOLS = ROOT / ".venv-scan" / "bin"
# Left out: what asks servers outside for lists or for a call back (ssrf, log4shell, nikto, wapp, takeover, cms); "ssl",
# which would report the certificate that this desk signed itself; "ldap", which guesses from pages that differ, where
# there is no LDAP at all; "csrf", for a stranger's form acts for nobody: it carries no session, and so no token, and
# whatever acts for somebody is the staff's, behind the door.
MODULES = (
    "backup,cookieflags,crlf,csp,exec,file,htaccess,http_headers,methods,permanentxss,redirect,shellshock,sql,timesql,"
    "upload,xss,xxe"
)
WALK_SECONDS, MODULE_SECONDS = 90, 25
LEVEL, RISK = 2, 1
#: Boxes that one run of sqlmap tries; the reader's own cookie is tried beside the first of them.
BOXES_AT_ONCE = 6
RUN_SECONDS = 240
FOUND_BY_SQLMAP = ("identified the following injection point", "is vulnerable", "appears to be injectable")


def by_wapiti(stack: Stack) -> list[str]:
    """What wapiti found: its reports, one line each."""
    report = stack.folder / "wapiti.json"
    command = [str(TOOLS / "wapiti"), "-u", f"{stack.origin}/", "--scope", "domain", "-m", MODULES, "-f", "json"]
    command += ["-o", str(report), "--flush-session", "--store-session", str(stack.folder / "wapiti"), "-v", "0"]
    command += ["--max-scan-time", str(WALK_SECONDS), "--max-attack-time", str(MODULE_SECONDS), "--no-bugreport"]
    command += ["--max-files-per-dir", "6", "--depth", "4", "-S", "aggressive", "--verify-ssl", "0"]
    command += ["-H", f"Referer: {stack.origin}/", "--tasks", "4"]
    for path in ("dang-ky", "tra-cuu", "tim-kiem", "xac-minh", "minigame", "hoat-dong"):
        command += ["-s", f"{stack.origin}/{path}/"]
    for path in ("static", "media", "quan-tri", "co-chu"):
        command += ["-x", f"{stack.origin}/{path}/*"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=stack.folder)
    told = json.loads(report.read_text(encoding="utf-8"))
    return [
        f"{kind}: {one['method']} {one['path']} {one['parameter'] or ''}: {one['info']}"
        for part in ("vulnerabilities", "anomalies")
        for kind, found in told[part].items()
        for one in found
    ]


def by_sqlmap(stack: Stack, form: Form, boxes: list[str]) -> list[str]:
    """What sqlmap found in these boxes of one form."""
    url = f"{stack.origin}{form.action}"
    command = [str(TOOLS / "sqlmap"), "--batch", "--level", str(LEVEL), "--risk", str(RISK), "--dbms", "postgresql"]
    command += ["--threads", "4", "--time-sec", "3", "--timeout", "20", "--retries", "1", "--ignore-code", "*"]
    command += ["--drop-set-cookie", "--disable-coloring", "--flush-session"]
    command += ["--referer", f"{stack.origin}{form.page}", "--output-dir", str(stack.folder / "sqlmap")]
    command += ["--cookie", "co-chu=lon", "-p", ",".join(boxes)]
    if form.method == "post":
        command += ["-u", url, "--data", form.data]
    else:
        command += ["-u", f"{url.partition('?')[0]}?{form.data}"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=RUN_SECONDS, cwd=stack.folder)
        said = done.stdout
    except subprocess.TimeoutExpired as late:
        said = (late.stdout or b"").decode("utf-8", "replace")
        print(f"  NOT SCANNED to the end after {RUN_SECONDS} s: {form.action} {', '.join(boxes)}", flush=True)
    (stack.folder / "sqlmap.log").open("a", encoding="utf-8").write(said)
    return [f"{form.action}: {line}" for line in said.splitlines() if any(one in line for one in FOUND_BY_SQLMAP)]


def in_parts(form: Form) -> list[list[str]]:
    """The boxes of a form, a few at a time."""
    names = [*form.boxes, "co-chu"]
    return [names[start : start + BOXES_AT_ONCE] for start in range(0, len(names), BOXES_AT_ONCE)]


def run(stack: Stack) -> bool:
    """Both tools, what they found and how much they asked; whether nothing was found."""
    started = time.monotonic()
    # The longest first, so that none is waited for alone.
    forms = sorted(public_forms(stack), key=lambda form: -len(form.boxes))
    print(f"scan: {len(forms)} kinds of public forms", flush=True)
    for form in forms:
        print(f"  {form.method.upper():5}{form.action}: {', '.join(form.boxes)}")
    found = {"observatory and headers": by_observatory(stack)}
    before = len(stack.noted())
    found["wapiti"] = by_wapiti(stack)
    between = len(stack.noted())
    with ThreadPoolExecutor(max_workers=2) as tools:
        runs = [(form, boxes) for form in forms for boxes in in_parts(form)]
        found["sqlmap"] = [line for lines in tools.map(lambda run: by_sqlmap(stack, *run), runs) for line in lines]
    noted = stack.noted()
    asked = {"wapiti": between - before, "sqlmap": len(noted) - between}
    found["answers of 500 and more"] = [f"{status} {path}: {times}" for (status, path), times in broken(noted).items()]
    for name, lines in found.items():
        requests = f"{asked[name]} requests, " if name in asked else ""
        print(f"{name}: {requests}{len(lines)} findings", flush=True)
        for line in lines:
            print(f"  {line}")
    print(f"scan took {time.monotonic() - started:.0f} s")
    return not any(found.values())


def main() -> int:
    """Exit code: 0 nothing found, 1 something found, 2 not scanned."""
    if missing := needed():
        print(f"scan: {', '.join(missing)} is not here")
        return 2
    with tempfile.TemporaryDirectory(prefix="portal-scan-") as name, raised(Path(name)) as stack:
        return 0 if run(stack) else 1


if __name__ == "__main__":
    sys.exit(main())
