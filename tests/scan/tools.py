"""wapiti and sqlmap: how each is called, and what it says it found."""

import json
import re
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

from tests.scan.kinds import ALL_FORMS, WHO, Address
from tests.scan.stack import ROOT, Stack
from tests.scan.visits import LAST_SCREEN, Filled

TOOLS = ROOT / ".venv-scan" / "bin"
#: By the interpreter: what a script says of its own breaks in a folder with a space in its name.
WAPITI, SQLMAP = ([str(TOOLS / "python"), str(TOOLS / name)] for name in ("wapiti", "sqlmap"))
# Left out: what asks servers outside for lists or for a call back (ssrf, log4shell, nikto, wapp, takeover, cms); "ssl",
# which would report the certificate that this desk signed itself; "ldap", which guesses from pages that differ, where
# there is no LDAP at all; "csrf", for a stranger's form acts for nobody: it carries no session, and so no token, and
# whatever acts for somebody is the staff's, behind the door.
MODULES = (
    "backup,cookieflags,crlf,csp,exec,file,htaccess,http_headers,methods,permanentxss,redirect,shellshock,sql,timesql,"
    "upload,xss,xxe"
)
#: Those that put something into boxes; exec and file try hundreds of words in each, and have the walk.
BOX_MODULES = "crlf,permanentxss,redirect,sql,upload,xss"
#: For the walk; for each kind of attack on it; for each kind of attack on a form, at least and for each box.
WALK_SECONDS, MODULE_SECONDS, FORM_SECONDS, BOX_SECONDS = 60, 15, 8, 2
#: Boxes that one run of sqlmap tries; the others of the form go along as they are.
BOXES_AT_ONCE, BOXES_AT_ONCE_WHEN_SLOW = 6, 2
RUN_SECONDS = 300
STOPPED = re.compile(r"Max attack time was reached for module (\w+)")
FOUND_BY_SQLMAP = (
    "identified the following injection point",
    "is vulnerable",
    "appears to be injectable",
    "Title: ",
    "Payload: ",
)


def by_wapiti(stack: Stack) -> list[str]:
    """What wapiti found on its own walk, straight at nginx."""
    words = ["--scope", "domain", "--max-scan-time", str(WALK_SECONDS), "--max-attack-time", str(MODULE_SECONDS)]
    words += ["--max-files-per-dir", "6", "--depth", "4", "-S", "aggressive", "-H", f"Referer: {stack.origin}/"]
    for path in ("dang-ky", "tra-cuu", "tim-kiem", "xac-minh", "minigame", "hoat-dong"):
        words += ["-s", f"{stack.origin}/{path}/"]
    for path in ("static", "media", "quan-tri", "co-chu"):
        words += ["-x", f"{stack.origin}/{path}/*"]
    return _wapiti(stack, "walk", f"{stack.origin}/", MODULES, words)


def by_wapiti_on(stack: Stack, filled: Filled) -> list[str]:
    """What wapiti found in the boxes of one form, as somebody has filled it in; it goes nowhere else."""
    seconds = max(FORM_SECONDS, BOX_SECONDS * len(filled.form.boxes))
    words = ["--max-attack-time", str(seconds), "--drop-set-cookie", "-H", f"{WHO}: wapiti"]
    start = f"{stack.renewed}{filled.address}"
    if filled.form.files:
        # A form that takes a file is read from a page.
        (stack.folder / "forms.html").write_text(_shown(filled), encoding="utf-8")
        words += ["--scope", "domain", "--depth", "1", "--max-links-per-page", "1"]
        start = f"{stack.renewed}{ALL_FORMS}"
    else:
        words += ["--scope", "url"]
        if filled.body is not None:
            # It codes what it is given by itself.
            words += ["--data", "&".join(f"{name}={value}" for name, value in filled.form.boxes.items())]
    name = re.sub(r"\W+", "-", f"{filled.kind.name} {' '.join(filled.form.boxes)}")[:80]
    return _wapiti(stack, name, start, BOX_MODULES, words)


def _shown(filled: Filled) -> str:
    boxes = [(name, value, "hidden") for name, value in filled.form.boxes.items()]
    boxes += [(name, "", "file") for name in filled.form.files]
    coded = ' enctype="multipart/form-data"' if filled.form.files else ""
    inside = "".join(f'<input type="{kind}" name="{name}" value="{escape(value)}">' for name, value, kind in boxes)
    return f'<form method="{filled.form.method}" action="{escape(filled.form.action)}"{coded}>{inside}</form>\n'


def _wapiti(stack: Stack, name: str, start: str, modules: str, words: list[str]) -> list[str]:
    report, kept = stack.folder / f"wapiti-{name}.json", stack.folder / f"wapiti-{name}"
    command = [*WAPITI, "-u", start, "-m", modules, "-f", "json", "-o", str(report), *words]
    command += ["--flush-session", "--store-session", str(kept), "--verify-ssl", "0", "--no-bugreport", "--tasks", "4"]
    command += ["--verbose", "1"]
    with (stack.folder / f"wapiti-{name}.log").open("wb") as log:
        ended = subprocess.run(command, stdout=log, stderr=subprocess.STDOUT, cwd=stack.folder).returncode
    said = (stack.folder / f"wapiti-{name}.log").read_text(encoding="utf-8", errors="replace")
    if ended:
        return [f"{name}: wapiti itself ended with {ended}: {' / '.join(said.splitlines()[-4:])}"]
    stopped = STOPPED.findall(said)
    if stopped:
        print(f"  wapiti was stopped for want of time: {name}: {', '.join(stopped)}", flush=True)
    told = json.loads(report.read_text(encoding="utf-8"))
    return [
        f"{kind}: {one['method']} {one['path']} {one['parameter'] or ''}: {one['info']}"
        for part in ("vulnerabilities", "anomalies")
        for kind, found in told[part].items()
        for one in found
    ]


@dataclass(frozen=True)
class Run:
    """One call of sqlmap: some boxes of one form or address."""

    name: str
    address: str
    body: str | None
    boxes: tuple[str, ...]
    level: int
    is_slow: bool = False
    cookie: str = "co-chu=lon"

    def command(self, stack: Stack) -> list[str]:
        """With what PostgreSQL understands, at risk 1."""
        words = ["-u", f"{stack.renewed}{self.address}", *(["--data", self.body] if self.body is not None else [])]
        words += ["-p", ",".join(self.boxes)] if self.boxes else []
        words += ["--cookie", self.cookie]
        # By what is read on a page: links that bear the whole address differ with every word that is tried.
        words += [
            "--text-only",
            "--batch",
            "--level",
            str(self.level),
            "--risk",
            "1",
            "--dbms",
            "postgresql",
            "--time-sec",
            "3",
        ]
        words += ["--timeout", "20", "--retries", "1", "--ignore-code", "*", "--drop-set-cookie", "--flush-session"]
        words += ["--disable-coloring", "--headers", f"{WHO}: sqlmap", "--output-dir", str(self.place(stack))]
        return [*SQLMAP, *words]

    def place(self, stack: Stack) -> Path:
        """What it writes down: of each run apart, for two at once may ask the same address."""
        return stack.folder / "sqlmap" / f"{abs(hash(self)):x}"


def runs_of(filled: Filled) -> list[Run]:
    """The boxes of a form, a few at a time."""
    names, kind = tuple(filled.form.boxes), filled.kind
    at_once = BOXES_AT_ONCE_WHEN_SLOW if kind.is_slow else BOXES_AT_ONCE
    parts = [names[start : start + at_once] for start in range(0, len(names), at_once)]
    return [Run(kind.name, filled.address, filled.body, part, kind.level, kind.is_slow) for part in parts]


def run_at(address: Address, papers: Mapping[str, str]) -> Run:
    """All that an address reads, at the lowest level."""
    return Run(address.path, address.whole(papers), None, tuple(address.boxes), 1)


def runs_on_cookies(forms: Iterable[Filled]) -> list[Run]:
    """The two that a reader's browser keeps: the size of the text, and an entry that is not sent yet."""
    entry = next(one for one in forms if one.kind.name == LAST_SCREEN)
    kept = f"bai-dang-lam={entry.form.boxes['draft']}"
    return [
        Run("the cookie of the text size", "/tim-kiem/?q=so", None, ("co-chu",), 2),
        Run("the cookie of an entry", entry.form.path, None, ("bai-dang-lam",), 2, cookie=kept),
    ]


def by_sqlmap(stack: Stack, run: Run) -> list[str]:
    """What sqlmap found in one run, and what it did not try to the end."""
    where = f"{run.name}: {', '.join(run.boxes)}"
    try:
        done = subprocess.run(
            run.command(stack), capture_output=True, text=True, errors="replace", timeout=RUN_SECONDS, cwd=stack.folder
        )
        said, late = done.stdout, []
    except subprocess.TimeoutExpired as end:
        said, late = (end.stdout or b"").decode("utf-8", "replace"), [f"{where}: not to the end in {RUN_SECONDS} s"]
    with (stack.folder / "sqlmap.log").open("a", encoding="utf-8") as log:
        log.write(f"== {where}\n{said}")
    # A word in a path has this name there.
    boxes = run.boxes or ("#1*",)
    left = [box for box in boxes if f"'{box}' does not seem to be injectable" not in said]
    if left and not late:
        late = [f"{where}: said nothing of {', '.join(left)}"]
    found = [f"{where}: {line}" for line in said.splitlines() if any(one in line for one in FOUND_BY_SQLMAP)]
    return found + late
