"""What a server's units say of their processes, for a desk without systemd."""

import re
import shutil

from tests.running_site import ROOT


def as_started_by(unit: str) -> tuple[str, ...]:
    """The command that gives a process its unit's place in the queue for the processor; () for the usual one.

    What a server does behind the families' backs makes way for them.
    """
    text = (ROOT / "deploy/systemd" / f"gia-dinh-so-{unit}.service").read_text(encoding="utf-8")
    found = re.search(r"^Nice=(\d+)$", text, re.MULTILINE)
    return ("nice", "-n", found[1]) if found and shutil.which("nice") else ()
