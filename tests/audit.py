"""`make audit`: whether a vulnerability is known of any package that the lock pins; exits with 1 when one is.

The list of known vulnerabilities lies with the package index. Where that does not answer, or answers without it, the
packages are NOT AUDITED, which is said and fails nothing: a build must not hang on somebody else's service.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
#: The dev lock holds every line of the base lock. The scanners, which attack a throw-away site, are nobody's risk.
LOCK = "dev"


def report_on(lock: str) -> list[dict[str, Any]]:
    """What pip-audit says of each package: {name, version, vulns: […]} or {name, skip_reason}; [] when it failed."""
    command = [str(ROOT / ".venv-audit" / "bin" / "python"), "-m", "pip_audit", "--require-hashes", "--disable-pip"]
    command += ["-r", str(ROOT / "requirements" / f"{lock}.txt"), "--format", "json", "--progress-spinner", "off"]
    done = subprocess.run(command, capture_output=True, text=True)
    try:
        packages: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except json.JSONDecodeError:
        print(f"audit: {(done.stderr.strip().splitlines() or ['pip-audit said nothing'])[-1][:300]}")
        return []
    return packages


def judged(lock: str, packages: Sequence[dict[str, Any]]) -> tuple[bool, list[str]]:
    """(nothing is known against any package, what to say)."""
    known = [package for package in packages if package.get("vulns")]
    skipped = [package["name"] for package in packages if "skip_reason" in package]
    lines = [
        f"  {package['name']} {package['version']}: {one['id']}, right from {', '.join(one['fix_versions']) or '?'}"
        for package in known
        for one in package["vulns"]
    ]
    asked = len(packages) - len(skipped)
    if not asked:
        return True, [f"audit: requirements/{lock}.txt was NOT AUDITED: the index gave no list of vulnerabilities"]
    head = f"audit: requirements/{lock}.txt: {asked} packages, {len(lines)} known vulnerabilities"
    left = [f"  NOT AUDITED: {', '.join(skipped)}"] if skipped else []
    return not known, [head, *lines, *left]


def main() -> int:
    """Exit code: 1 when a vulnerability is known."""
    is_well, lines = judged(LOCK, report_on(LOCK))
    print("\n".join(lines), flush=True)
    return 0 if is_well else 1


if __name__ == "__main__":
    sys.exit(main())
