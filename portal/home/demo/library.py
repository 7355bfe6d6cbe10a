"""What the pages of the sample show and play: pictures, recordings, files, villages."""

from collections.abc import Iterator
from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Collection, Site

from portal.core.models import PortalDocument, PortalImage, Recording, SiteProfile
from portal.home.demo.canvas import WIDTH as SCREEN_WIDTH
from portal.home.demo.content import AUDIO, SCENES, Entry, guides, load
from portal.home.demo.drawing import Drawing, add_picture
from portal.home.demo.papers import leaflet_paper, plan_paper
from portal.home.demo.screens import describe, draw_screen
from portal.home.models import AlertBanner
from portal.households.models import Village

COLLECTION = "Dữ liệu mẫu"
SCENE_WIDTH = 960

Screen = tuple[str, ...]


def sample_collection() -> Collection:
    """A folder of its own in the library, so that the office can clear the sample away in one go."""
    root = Collection.get_first_root_node()
    return root.get_children().filter(name=COLLECTION).first() or root.add_child(name=COLLECTION)


def add_scenes(collection: Collection) -> dict[str, PortalImage]:
    """All scenes by name."""
    return {
        name: add_picture(
            Drawing(
                name=name,
                title=words["title"],
                alt=words["alt"],
                svg=(SCENES / f"{name}.svg").read_text(encoding="utf-8"),
                drawn_width=SCENE_WIDTH,
                width=2 * SCENE_WIDTH,
            ),
            collection,
        )
        for name, words in load("scenes").items()
    }


def add_screens(collection: Collection) -> dict[Screen, PortalImage]:
    """The telephone of every step; two steps that show the same share one picture."""
    return {
        screen: add_picture(
            Drawing(
                name=name,
                title=title,
                alt=describe(screen),
                svg=draw_screen(screen),
                drawn_width=SCREEN_WIDTH,
                width=SCREEN_WIDTH * 3 // 2,
            ),
            collection,
        )
        for screen, (name, title) in screens_of_guides().items()
    }


def screens_of_guides() -> dict[Screen, tuple[str, str]]:
    """Every telephone drawn, with its file name and title from the first step that shows it."""
    found: dict[Screen, tuple[str, str]] = {}
    for guide in guides():
        for number, step in enumerate(guide["steps"], start=1):
            found.setdefault(tuple(step["screen"]), (f"{guide['slug']}-{number}", step["title"]))
    return found


def add_recordings() -> dict[str, Recording]:
    """All recordings by key."""
    return {entry["key"]: _add_recording(entry) for entry in load("site")["recordings"]}


def _add_recording(entry: Entry) -> Recording:
    return Recording.objects.create(
        title=entry["title"],
        speaker=entry["speaker"],
        transcript=entry["transcript"].strip(),
        file=ContentFile((AUDIO / entry["file"]).read_bytes(), name=entry["file"]),
    )


def add_papers(collection: Collection) -> dict[str, PortalDocument]:
    """Files to take home, by the slug of the page that offers them."""
    return {
        entry["slug"]: PortalDocument.objects.create(
            title=entry["title"], file=ContentFile(content, name=name), file_size=len(content), collection=collection
        )
        for entry, name, content in _papers()
    }


def _papers() -> Iterator[tuple[Entry, str, bytes]]:
    for entry in load("documents")["documents"]:
        if "plan_pdf" in entry:
            yield entry, entry["plan_pdf"], plan_paper(entry)
        if "leaflet_pdf" in entry:
            yield entry, entry["leaflet_pdf"], leaflet_paper(entry)


def add_villages() -> dict[int, Village]:
    """The villages under sample names: the commune has not told the real ones."""
    words = load("site")["villages"]
    numbers = range(1, words["count"] + 1)
    return {
        number: Village.objects.create(number=number, name=words["name"].format(number=number), is_sample=True)
        for number in numbers
    }


def add_alerts() -> None:
    """The line at the top of every page."""
    now = timezone.now()
    for entry in load("site")["alerts"]:
        AlertBanner.objects.create(
            level=entry["level"],
            text=entry["text"],
            link_url=f"/{entry['link']}/",
            link_text=entry["link_text"],
            starts_at=now + timedelta(days=entry["from_days"]),
            ends_at=now + timedelta(days=entry["to_days"]),
        )


def mark_as_sample() -> None:
    """Say on every page that people and figures are invented."""
    site = Site.objects.get(is_default_site=True)
    profile = {**load("site")["profile"], "has_sample_content": True}
    SiteProfile.objects.update_or_create(site=site, defaults=profile)
