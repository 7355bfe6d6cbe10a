"""`python -m tests.handbook`: walk every journey on a throw-away site and put its pictures into `docs/hinh`."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import find_chromium
from tests.handbook.journeys import JOURNEYS
from tests.handbook.walking import FOLDER, walk
from tests.running_site import running_site


def main() -> int:
    """0 when every journey came to its end."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="handbook-") as folder, running_site(Path(folder)) as site:
        site.wait_until_ready()
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
            for old in FOLDER.glob("*.webp"):
                old.unlink()
            for journey in JOURNEYS:
                walk(journey, browser, site, FOLDER)
                print(f"ok   {journey.name}", flush=True)
            browser.close()
    taken = sorted(FOLDER.glob("*.webp"))
    print(f"{len(taken)} pictures, {sum(path.stat().st_size for path in taken) // 1024} KiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
