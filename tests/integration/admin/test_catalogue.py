"""Whatever an installed package can say has its Vietnamese, with placeholders, in the house's words."""

import re
import unicodedata
from collections import defaultdict
from datetime import datetime, timedelta

import polib
import pytest
from django.template import Context, Template
from django.utils import formats, timezone
from django.utils.translation import gettext, ngettext, pgettext

from portal.core.catalogue import sources
from tests import msgids
from tests.msgids import DOMAINS, OURS, PLACEHOLDER, english_of, key_of, ours, source_of, vietnamese_of, words_of

#: Placeholders that the house's sentence does without: who signs in must not learn which of the two was wrong.
SHORTER = ("Your %(username_field)s and password", "Please enter a correct %(username)s", "JavaScript is required")
NOT_OURS = re.compile(r"\bbạn\b|vui lòng|thành công|không hợp lệ|hệ thống|\bbởi\b", re.IGNORECASE)
OTHER_TONES = re.compile(r"(?:o[àáảãạ]|o[èéẻẽẹ]|u[ỳýỷỹỵ](?<!quý))\b")

FILES = [file for domain in DOMAINS for file in sources(OURS, domain)]
SPEAKERS = [(package, domain) for package in msgids.packages() for domain in DOMAINS]


@pytest.mark.parametrize(("package", "domain"), SPEAKERS)
def test_every_text_of_a_package_has_its_vietnamese(package, domain):
    assert not msgids.untranslated(english_of(package, domain), ours(domain), vietnamese_of(package, domain))


def test_text_taken_out_is_missed():
    english = english_of("wagtail.admin", "django")
    taken = (None, "Save Draft")
    rest = {key: entry for key, entry in ours("django").items() if key != taken}
    assert msgids.untranslated(english, rest) == [taken]


def test_texts_lie_in_packages_that_are_installed():
    assert {file.parent.name for file in FILES} <= set(msgids.packages())


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_file_holds_what_its_package_asks_for_in_the_packages_order(file):
    asked = [key for key in english_of(file.parent.name, file.stem) if key[1]]
    kept = [key_of(entry) for entry in polib.pofile(str(file))]
    assert kept == [key for key in asked if key in set(kept)]


@pytest.mark.parametrize("domain", DOMAINS)
def test_one_english_text_has_one_vietnamese_text(domain):
    found = defaultdict(set)
    for file in sources(OURS, domain):
        for entry in polib.pofile(str(file)):
            found[key_of(entry)].add(words_of(entry))
    assert not {key: words for key, words in found.items() if len(words) > 1}


@pytest.mark.parametrize(("package", "domain"), SPEAKERS)
def test_vietnamese_keeps_placeholders_and_tags(package, domain):
    read = {**vietnamese_of(package, domain), **ours(domain)}
    wrong = {}
    for key, asked in english_of(package, domain).items():
        source, words = source_of(asked), words_of(read[key])
        if not source.startswith(SHORTER) and sorted(PLACEHOLDER.findall(source)) != sorted(PLACEHOLDER.findall(words)):
            wrong[source] = words
    assert not wrong


@pytest.mark.parametrize("domain", DOMAINS)
class TestOurWords:
    def test_keep_the_spaces_around_them(self, domain):
        def edges(text: str) -> tuple[str, str]:
            return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

        assert not [e.msgid for e in ours(domain).values() if edges(e.msgid) != edges(words_of(e))]

    def test_keep_to_the_houses_words_and_letters(self, domain):
        texts = [words_of(entry) for entry in ours(domain).values()]
        assert not [text for text in texts if NOT_OURS.search(text)]
        assert not [text for text in texts if OTHER_TONES.search(text)]
        assert not [text for text in texts if unicodedata.normalize("NFC", text) != text]
        assert not [text for text in texts if "..." in text]


def test_django_reads_our_words_before_the_packages_own():
    assert gettext("Publish") == "Đăng"
    assert gettext("Password reset unsuccessful") == "Chưa đặt lại được mật khẩu"
    assert ngettext("1 page", "%(counter)s pages", 1) % {"counter": 1} == "1 trang"
    assert pgettext("Task", "Running") == "Đang làm"


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(seconds=5), "vừa xong"),
        (timedelta(minutes=1), "1\xa0phút trước"),
        (timedelta(hours=3), "3\xa0giờ trước"),
        (timedelta(days=15), "2\xa0tuần trước"),
        (timedelta(days=400), "1\xa0năm trước"),
    ],
)
def test_time_that_has_passed_is_told_as_people_say_it(ago, words):
    told = Template("{% load wagtailadmin_tags %}{{ moment|timesince_simple }}")
    assert told.render(Context({"moment": timezone.now() - ago})) == words


def test_dates_and_numbers_are_written_as_here():
    moment = datetime(2026, 11, 30, 9, 5)
    assert formats.date_format(moment, "DATETIME_FORMAT") == "30/11/2026 09:05"
    assert formats.date_format(moment, "l") == "thứ Hai"
    assert formats.number_format(1234567.5, 1, use_l10n=True, force_grouping=True) == "1.234.567,5"
