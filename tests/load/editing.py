"""An editor at work: publishes a change every ten seconds, and looks when the site shows it.

A process of its own beside the load; says of each change how many seconds after its publication it was first seen.
"""

import sys
import time

EVERY_SECONDS, PATIENCE_SECONDS = 10.0, 15.0


def main(port: int, seconds: float) -> None:
    import django

    django.setup()
    from portal.stories.models import NewsPage
    from tests.load.rush import ask

    page = NewsPage.objects.live().order_by("pk").first()
    path, start, number = page.get_url_parts()[2], time.monotonic(), 0
    while (due := start + number * EVERY_SECONDS) < start + seconds:
        time.sleep(max(due - time.monotonic(), 0))
        number += 1
        page.title = f"Tin sửa lần thứ {number}"
        page.save_revision().publish()
        published = time.monotonic()
        while page.title not in ask(port, "GET", path)[1] and time.monotonic() < published + PATIENCE_SECONDS:
            time.sleep(0.05)
        sys.stdout.write(f"{time.monotonic() - published:.2f}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
