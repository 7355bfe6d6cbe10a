"""`make bench`: speed as ratios measured in one run, on a throw-away site with the sample content."""

import os
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

    from portal.home.models import HomePage
    from portal.stories.models import StoryPage
    from tests.load import bench_search, pages
    from tests.load.minimal.models import MinimalPage

    call_command("migrate", verbosity=0)
    call_command("seed_demo")
    call_command("collectstatic", verbosity=0, interactive=False)
    home = HomePage.objects.get()
    yardstick = home.add_child(instance=MinimalPage(title="Trang đo", slug="trang-do"))
    story = StoryPage.objects.live().first()
    if story is None:
        raise SystemExit("no story to measure")
    paths = {"home": "/", "list": "/cau-chuyen/", "story": str(story.url)}
    good = pages.run(paths, str(yardstick.url))
    bench_search.main()
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
