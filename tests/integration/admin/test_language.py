"""Every main screen of the staff reads Vietnamese; the catalogue is whole and keeps to the house's words."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import django
import polib
import pytest
import wagtail
from bs4 import BeautifulSoup
from django.conf import settings
from django.urls import reverse
from wagtail.models import Page

from tests.factories.core import PortalDocumentFactory, PortalImageFactory, RecordingFactory
from tests.factories.home import AlertBannerFactory
from tests.factories.stories import StoryPageFactory

CATALOGUES = Path(settings.LOCALE_PATHS[0], "vi", "LC_MESSAGES")
WAGTAIL, DJANGO = Path(wagtail.__file__).parent, Path(django.__file__).parent
#: Catalogues of which every entry has its Vietnamese here, and those from which we take what staff meet.
WHOLE = [
    WAGTAIL,
    *(WAGTAIL / part for part in "admin images documents users snippets sites search locales embeds".split()),
    *(WAGTAIL / "contrib" / part for part in ("redirects", "settings", "forms")),
    DJANGO / "contrib/auth",
]
PARTS = [DJANGO / "conf", DJANGO / "contrib/humanize", WAGTAIL.parent / "taggit"]
PLACEHOLDERS = re.compile(r"%\([a-zA-Z_0-9]+\)[sdr]|%[sdr]|\{[a-z_]*\}|</?[a-z][^>]*>")
#: Placeholders that the house's sentence does without: who signs in must not learn which of the two was wrong.
SHORTER = ("Your %(username_field)s and password", "Please enter a correct %(username)s", "JavaScript is required")
NOT_OURS = re.compile(r"\bbạn\b|vui lòng|thành công|không hợp lệ|hệ thống|\bbởi\b", re.IGNORECASE)
OTHER_TONES = re.compile(r"(?:o[àáảãạ]|o[èéẻẽẹ]|u[ỳýỷỹỵ](?<!quý))\b")
ENGLISH = re.compile(
    r"\b(?:the|is|are|of|this|your?|to|pages?|with|for|was|edit|delete|search|all|any|from|users?|images?|save|draft|"
    r"publish|live|status|title|type|date|name|choose|select|more|show|hide|filter|settings|workflow|tasks?|history|"
    r"usage|privacy|public|private|locked|unlock|comments?|schedule|close|open|new|collection|tags?|upload|cancel|"
    r"yes|no|last|first|next|previous|preview|home|toggle|error|please|enter|required|ago|password)\b",
    re.IGNORECASE,
)
VIETNAMESE = re.compile(r"[à-ỹđ]", re.IGNORECASE)
#: Words of ours and of file formats, and what Wagtail itself has not made translatable.
LOAN_WORDS = re.compile(r"website|Menu|Wagtail|JPG|PNG|XLSX|CSV|JavaScript|gps", re.IGNORECASE)
UNTRANSLATABLE = {"None", "Site name", "Root page"}


def entries(domain: str) -> dict[tuple[str | None, str], polib.POEntry]:
    return {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(CATALOGUES / f"{domain}.po"))}


def shipped(folder: Path, domain: str = "django") -> list[polib.POEntry]:
    return list(polib.pofile(str(folder / f"locale/en/LC_MESSAGES/{domain}.po")))


def words_of(entry: polib.POEntry) -> str:
    return entry.msgstr or entry.msgstr_plural[0]


@pytest.mark.parametrize("folder", WHOLE, ids=lambda folder: folder.name)
def test_every_entry_of_the_admin_has_its_vietnamese(folder):
    ours = entries("django")
    assert not [entry.msgid for entry in shipped(folder) if (entry.msgctxt, entry.msgid) not in ours]


def test_every_entry_of_the_editors_scripts_has_its_vietnamese():
    ours = entries("djangojs")
    assert {(entry.msgctxt, entry.msgid) for entry in shipped(WAGTAIL / "admin", "djangojs")} == set(ours)


def test_catalogue_holds_no_entry_that_nothing_asks_for():
    asked = {(entry.msgctxt, entry.msgid) for folder in [*WHOLE, *PARTS] for entry in shipped(folder)}
    assert not set(entries("django")) - asked


@pytest.mark.parametrize("domain", ["django", "djangojs"])
class TestEntries:
    def test_keep_their_placeholders_and_tags(self, domain):
        wrong = []
        for entry in entries(domain).values():
            source = entry.msgid_plural or entry.msgid
            if source.startswith(SHORTER):
                continue
            if sorted(PLACEHOLDERS.findall(source)) != sorted(PLACEHOLDERS.findall(words_of(entry))):
                wrong.append(source)
        assert not wrong

    def test_keep_the_spaces_around_them(self, domain):
        def edges(text: str) -> tuple[str, str]:
            return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

        assert not [e.msgid for e in entries(domain).values() if edges(e.msgid) != edges(words_of(e))]

    def test_keep_to_the_houses_words_and_letters(self, domain):
        texts = [words_of(entry) for entry in entries(domain).values()]
        assert not [text for text in texts if NOT_OURS.search(text)]
        assert not [text for text in texts if OTHER_TONES.search(text)]
        assert not [text for text in texts if unicodedata.normalize("NFC", text) != text]
        assert not [text for text in texts if "..." in text]


def readable(page: str) -> Iterator[str]:
    """What is seen or read aloud on a page."""
    soup = BeautifulSoup(page, "html.parser")
    for silent in soup(["script", "style", "svg", "template"]):
        silent.decompose()
    yield from soup.stripped_strings
    for element in soup.find_all(True):
        yield from (element[name] for name in ("title", "aria-label", "placeholder", "alt") if element.get(name))


def is_english(text: str) -> bool:
    text = LOAN_WORDS.sub("", text)
    return text not in UNTRANSLATABLE and not VIETNAMESE.search(text) and bool(ENGLISH.search(text))


@pytest.fixture
def things(db):
    """One of each, so that lists and forms have something to show."""
    page = StoryPageFactory(title="Nhà ông Hồ")
    first = page.save_revision()
    page.title = "Nhà ông Hồ Văn"
    second = page.save_revision()
    return {
        "page": page.pk,
        "index": page.get_parent().pk,
        "first": first.pk,
        "second": second.pk,
        "image": PortalImageFactory().pk,
        "document": PortalDocumentFactory().pk,
        "recording": RecordingFactory().pk,
        "alert": AlertBannerFactory().pk,
        "root": Page.objects.get(depth=1).pk,
    }


EVERYBODYS = {
    "wagtailadmin_home": (),
    "wagtailadmin_account": (),
    "wagtailadmin_explore": ("index",),
    "wagtailadmin_pages:edit": ("page",),
    "wagtailadmin_pages:history": ("page",),
    "wagtailadmin_pages:revisions_compare": ("page", "first", "second"),
    "wagtailadmin_pages:revisions_revert": ("page", "first"),
    "wagtailadmin_pages:usage": ("page",),
    "wagtailadmin_pages:copy": ("page",),
    "wagtailadmin_choose_page": (),
    "wagtailadmin_choose_page_external_link": (),
    "wagtailimages:index": (),
    "wagtailimages:add_multiple": (),
    "wagtailimages:edit": ("image",),
    "wagtailimages:image_usage": ("image",),
    "wagtailimages_chooser:choose": (),
    "wagtaildocs:index": (),
    "wagtaildocs:add_multiple": (),
    "wagtaildocs:edit": ("document",),
    "wagtaildocs_chooser:choose": (),
    "recordings:index": (),
    "recordings:add": (),
    "recordings:edit": ("recording",),
    "recordings:inspect": ("recording",),
    "recording_chooser:choose": (),
}
PUBLISHERS = {
    "wagtailadmin_pages:unpublish": ("page",),
    "wagtailadmin_pages:move": ("page",),
    "wagtailadmin_reports:workflow": (),
    "wagtailadmin_reports:site_history": (),
    "wagtailadmin_reports:aging_pages": (),
    "wagtailadmin_reports:locked_pages": (),
    "alerts:index": (),
    "alerts:edit": ("alert",),
    "alerts:delete": ("alert",),
}
OFFICES = {
    "wagtailadmin_pages:delete": ("page",),
    "wagtailusers_users:index": (),
    "wagtailusers_users:add": (),
    "wagtailusers_groups:index": (),
    "wagtailusers_groups:add": (),
    "wagtailadmin_collections:index": (),
    "wagtailadmin_collections:add": (),
    "wagtailadmin_workflows:index": (),
    "wagtailsites:index": (),
    "wagtailredirects:index": (),
    "wagtailredirects:add": (),
    "villages:index": (),
    "villages:add": (),
}


@pytest.mark.usefixtures("lenient_templates")
@pytest.mark.parametrize(
    ("persona", "screens"), [("editor", EVERYBODYS), ("reviewer", PUBLISHERS), ("administrator", OFFICES)]
)
def test_screens_of_a_role_read_vietnamese(persona, screens, request, things):
    desk = request.getfixturevalue(persona)
    found = {}
    for name, arguments in screens.items():
        response = desk.get(reverse(name, args=[things[argument] for argument in arguments]))
        assert response.status_code == 200, name
        page = response.json()["html"] if "json" in response["Content-Type"] else response.content.decode()
        english = {text for text in readable(page) if is_english(text)}
        if english:
            found[name] = english
    assert not found


def test_sign_in_reads_vietnamese(stranger):
    page = stranger.get(reverse("wagtailadmin_login")).content.decode()
    assert not [text for text in readable(page) if is_english(text)]
    assert "Mật khẩu" in page
