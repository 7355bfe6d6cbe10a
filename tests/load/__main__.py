"""`make bench`: speed as ratios measured in one run, on a throw-away site with the sample content."""

import os
import subprocess
import sys
import tempfile


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        os.environ.setdefault("DATA_DIR", folder)
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.load.settings"
        return run()


def run() -> int:
    import django

    django.setup()

    from django.core.management import call_command

    from portal.stories.models import StoryPage
    from tests.load import bench_backup, bench_nginx, bench_search, entries, pages

    call_command("migrate", verbosity=0)
    call_command("seed_demo")
    call_command("collectstatic", verbosity=0, interactive=False)
    story = StoryPage.objects.live().first()
    if story is None:
        raise SystemExit("no story to measure")
    paths = {"home": "/", "list": "/cau-chuyen/", "story": str(story.url)}
    with pages.on_core(1):
        good = pages.run(paths)
        good = bench_nginx.run() and good
    good = entries.main() and good
    good = entries.on_postgresql() and good
    bench_search.main()
    # Each on a PostgreSQL of its own, whatever this run is on.
    good = bench_backup.run() and good
    for name in ("mixed", "growth"):
        good = subprocess.run([sys.executable, "-m", f"tests.load.{name}"]).returncode == 0 and good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
