"""The sample content: complete, honest, in the column's own voice, and put up exactly once."""

import json
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from datetime import date
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, Revision

from portal.campaign.enums import Phase, QuestionUse
from portal.campaign.models import ActivityPage, Entry, GamePage, Question, Round, Signup
from portal.campaign.selectors.closing import exclusions_of, seal_is_whole, settling_of
from portal.campaign.selectors.winners import known_owners, winners_of, wished_form
from portal.core.models import BasePage, PortalDocument, PortalImage, Recording, SiteProfile
from portal.core.text import syllables
from portal.home.demo import content, library
from portal.home.demo.canvas import DoesNotFitError
from portal.home.demo.content import day_of
from portal.home.demo.markup import Names, UnknownNameError, blocks, inline
from portal.home.demo.screens import describe, draw_screen
from portal.home.demo.seeding import is_fresh, seed
from portal.home.models import AlertBanner, DocumentPage, HomePage
from portal.households.models import Certificate, Household, Village
from portal.stories.models import GuidePage, NewsPage, StoryPage

# The site under test puts it up on either database.
pytestmark = pytest.mark.any_database
NOTHING = Names({}, {}, {}, {})


@pytest.fixture(scope="module")
def _seeded(written_once) -> None:
    """The sample in the test database, once for all tests here."""
    seed()


@pytest.fixture
def column(_seeded, db) -> HomePage:
    return HomePage.objects.get()


def pages() -> list[BasePage]:
    return list(Page.objects.filter(depth__gt=1).specific())


def streams(page: BasePage) -> list[object]:
    """The stream values of a page."""
    return [getattr(page, name) for name in ("body", "steps", "recordings") if hasattr(page, name)]


# --- once, and all of it --------------------------------------------------------------------------------------------


def test_second_run_changes_nothing_and_says_so(column):
    counted = (Page, PortalImage, Revision, Village, Round, Question, Entry)
    before = [model.objects.count() for model in counted]
    out = StringIO()
    call_command("seed_demo", stdout=out)
    assert "không nạp" in out.getvalue()
    assert before == [model.objects.count() for model in counted]


def test_sample_does_not_come_back_after_the_office_cleared_it_away(column):
    kept = Signup.objects.values("activity")  # what families came to stays, and so do games
    for page in Page.objects.filter(depth__gt=3).not_exact_type(GamePage).exclude(pk__in=kept):
        page.delete()
    assert not is_fresh()


# --- what is there --------------------------------------------------------------------------------------------------


def test_site_says_that_the_content_is_a_sample(column):
    assert SiteProfile.objects.get().has_sample_content
    assert Village.objects.filter(is_sample=True, name__contains="mẫu").count() == 14
    assert AlertBanner.objects.not_over_at(timezone.now()).count() == 1


def test_every_room_has_enough_to_read(column):
    assert set(Signup.objects.values_list("has_come", flat=True)) == {True, False, None}, "to come, and lately over"
    assert NewsPage.objects.live().count() >= 10
    assert 2 <= NewsPage.objects.live().filter(is_pinned=True).count() <= 3
    assert NewsPage.objects.live().filter(kind="canh-bao").count() >= 3
    assert StoryPage.objects.live().count() >= 7
    assert GuidePage.objects.live().count() >= 16
    assert DocumentPage.objects.live().count() >= 4


def test_register_holds_families_from_sign_up_to_certificate(column):
    from portal.core.audit import broken_lines
    from portal.households.selectors.honours import honour_roll
    from portal.households.services.decisions import digest_still_fits

    families = Household.objects.listed()
    assert families.count() >= 200
    assert 0 < families.filter(last_visited_on=None).count() < families.count()
    certificate = Certificate.objects.select_related("entry__decision").first()
    assert digest_still_fits(certificate.entry.decision)
    assert 0 < len(honour_roll(year=certificate.year)) < Certificate.objects.count()
    assert list(broken_lines()) == []


def test_activities_are_coming_past_of_every_kind_and_one_is_called_off(column):
    now = timezone.now()
    assert ActivityPage.objects.filter(starts_at__gt=now).count() >= 5
    assert ActivityPage.objects.filter(ends_at__lt=now).count() >= 3
    assert set(ActivityPage.objects.values_list("kind", flat=True)) == set(ActivityPage.Kind.values)
    assert ActivityPage.objects.filter(village=None).exists()
    assert [page.cancel_note != "" for page in ActivityPage.objects.filter(is_cancelled=True)] == [True]


def test_games_show_a_round_that_is_over_one_that_runs_and_one_to_come(column):
    rounds = {(row.game.slug, row.number): row.phase for row in Round.objects.all()}
    assert rounds == {
        ("nha-toi-gioi-so", 1): Phase.PUBLISHED,
        ("nha-toi-gioi-so", 2): Phase.OPEN,
        ("ngay-khong-tien-mat", 1): Phase.ANNOUNCED,
    }
    assert all("(mẫu)" in row.title and row.prizes.exists() for row in Round.objects.all())
    assert not Entry.objects.filter(round__sealed_at=None).exists()
    assert all(game.body and game.picture for game in GamePage.objects.all())


def test_round_that_is_over_went_the_whole_way(column):
    round_ = Round.objects.get(results_at__isnull=False)
    names = ("announced_at", "opens_at", "closes_at", "sealed_at", "drawn_at", "results_at")
    moments = [getattr(round_, name) for name in names]
    assert moments == sorted(moments)
    assert round_.sealed_at == round_.sealed_list.sealed_at < round_.seed_known_at < round_.drawn_at
    assert round_.results_at < timezone.now()
    assert all(round_.opens_at < entry.received_at < round_.closes_at for entry in round_.entries.all())
    assert round_.entries.count() >= 24
    assert seal_is_whole(round_)
    assert settling_of(round_).count == 0
    assert {row.reason for row in exclusions_of(round_).values()} == {"khong-ro-ho", "bai-khac"}


def test_winners_are_named_only_by_consent(column):
    round_ = Round.objects.get(results_at__isnull=False)
    winners = {winner.code: winner.name for winner in winners_of(round_)}
    assert len(winners) == sum(prize.quantity for prize in round_.prizes.all())
    entries = list(round_.entries.filter(code__in=winners))
    proven = known_owners(round_, entries)
    assert {code for code, name in winners.items() if name} == {
        entry.code for entry in entries if entry.code in proven and wished_form(entry)
    }
    assert {bool(name) for name in winners.values()} == {True, False}


def test_questions_are_enough_playable_and_teach(column):
    bank = Question.objects.prefetch_related("options")
    assert bank.filter(use=QuestionUse.COUNTED).count() >= 24
    assert bank.filter(use=QuestionUse.PRACTICE).count() >= 12
    for question in bank:
        assert sorted(option.is_right for option in question.options.all()) == [False, False, True], question
        assert 1 <= len(re.findall(r"[.?!](?:\s|$)", question.explanation)) <= 2, question
        assert question.guide is not None, question
    assert len({question.text for question in bank}) == bank.count()


def test_right_answer_cannot_be_told_by_its_length(column):
    told = 0
    for question in Question.objects.prefetch_related("options"):
        right, *wrong = sorted(question.options.all(), key=lambda option: not option.is_right)
        told += len(right.text) > max(len(option.text) for option in wrong)
    assert told < Question.objects.count() / 2


def test_every_page_was_published_through_a_revision_in_the_past(column):
    now = timezone.now()
    for page in pages():
        assert page.live, page.title
        assert not page.has_unpublished_changes, page.title
        assert page.live_revision_id is not None, page.title
        assert page.live_revision_id == page.latest_revision_id, page.title
        assert page.first_published_at <= now, page.title
    assert len({page.first_published_at.date() for page in pages()}) > 20


def test_every_page_is_reachable_and_would_pass_the_editor(column):
    for page in pages():
        page.full_clean()
        assert Page.objects.get(pk=page.get_parent().pk).numchild, page.title
        for stream in streams(page):
            if stream:
                stream.stream_block.clean(stream)


def test_bodies_carry_no_mark_of_the_plain_text_and_link_only_to_live_pages(column):
    live = set(Page.objects.live().values_list("pk", flat=True))
    for page in pages():
        raw = json.dumps([list(stream.raw_data) for stream in streams(page) if stream], ensure_ascii=False, default=str)
        assert not re.search(r"\]\(|\*\*|\{ngay|\{gio|!note|!warn|page:", raw), page.title
        linked = {int(pk) for pk in re.findall(r'linktype=\\"page\\" id=\\"(\d+)', raw)}
        assert linked <= live, page.title


def test_pictures_have_words_and_their_sizes_are_ready(column):
    for image in PortalImage.objects.all():
        assert image.description, image.title
        assert image.collection.name == library.COLLECTION
        for renditions in image.sources.values():
            assert [width for width, _name in renditions] in ([400, 800], [400, 800, 1200]), image.title
            assert all(default_storage.exists(name) for _width, name in renditions), image.title


def test_every_step_has_one_action_and_one_picture(column):
    for guide in GuidePage.objects.all():
        assert 4 <= len(guide.step_list) <= 8, guide.title
        assert all(step["picture"] and step["title"] for step in guide.step_list), guide.title


def test_one_guide_shows_how_an_old_check_looks(column):
    assert [guide.slug for guide in GuidePage.objects.all() if guide.is_old] == ["isuckhoe"]


def test_store_links_lead_to_the_official_stores_only(column):
    for guide in GuidePage.objects.all():
        hosts = (urlsplit(guide.android_url).hostname, urlsplit(guide.ios_url).hostname)
        assert hosts in ((None, None), ("play.google.com", "apps.apple.com")), guide.title


def test_document_numbers_are_those_of_the_paper_or_none(column):
    plan = DocumentPage.objects.get(slug="ke-hoach-phat-dong-gia-dinh-so")
    assert (plan.number, plan.signed_on, plan.signer) == ("", None, "Phạm Quý Đức")
    numbers = DocumentPage.objects.exclude(number="").values_list("number", "signed_on")
    assert set(numbers) == {("16/KH-UBND", date(2025, 8, 7)), ("368-KH/TU", date(2025, 5, 24))}


def test_files_to_take_home_are_real_pdf(column):
    assert PortalDocument.objects.count() == 2
    for document in PortalDocument.objects.all():
        with document.file.open() as file:
            assert file.read(5) == b"%PDF-"


def test_recordings_are_short_say_who_speaks_and_none_is_machine_made_hre(column):
    for recording in Recording.objects.all():
        assert recording.language == "vi"
        assert recording.duration_seconds > 20
        assert recording.size_bytes <= 150_000
        assert "máy" in recording.speaker
        assert recording.transcript


# --- the plain text and the drawings --------------------------------------------------------------------------------


def test_plain_text_becomes_blocks():
    names = Names({"huong-dan/zalo": 7}, {"ca-xa": 3}, {"bai": 5}, {"ngay:hop": "thứ Hai, 30/11/2026"})
    source = (
        "Họp {ngay:hop}.\n\n- một\n- [hai](page:huong-dan/zalo)\n\n## Đề mục\n\n> Lời — bà M.\n\n!warn Cẩn thận\n\n"
        "!picture ca-xa | Tranh | Chú thích\n\n!recording bai"
    )
    assert blocks(source, names) == [
        {
            "type": "text",
            "value": '<p>Họp thứ Hai, 30/11/2026.</p><ul><li>một</li><li><a linktype="page" id="7">hai</a></li></ul>',
        },
        {"type": "heading", "value": "Đề mục"},
        {"type": "quote", "value": {"text": "Lời", "who": "bà M."}},
        {"type": "note", "value": {"tone": "warn", "text": "<p>Cẩn thận</p>"}},
        {
            "type": "picture",
            "value": {
                "image": {"image": 3, "alt_text": "Tranh", "decorative": False},
                "caption": "Chú thích",
            },
        },
        {"type": "recording", "value": 5},
    ]


def test_angle_brackets_of_a_text_stay_text():
    assert inline("a < b **đậm**", NOTHING) == "a &lt; b <b>đậm</b>"


def test_unknown_page_is_refused():
    with pytest.raises(UnknownNameError):
        inline("[x](page:khong-co)", NOTHING)


def test_screen_that_does_not_fit_is_refused():
    with pytest.raises(DoesNotFitError):
        draw_screen(["keypad:1|6", "keypad:1|6"])


def test_screen_is_described_in_words():
    assert describe(["bar:Zalo", "grey:3", "button:Sửa|*Nộp"]) == "Hình vẽ màn hình: Zalo, Sửa. Khoanh vàng: Nộp."


@pytest.mark.parametrize("day", [date(2026, 11, 22), date(2026, 11, 23), date(2026, 11, 28)])
@pytest.mark.parametrize("weekday", range(2, 9))
def test_activity_days_are_never_today(day, weekday):
    coming = day_of({"week": 1, "weekday": weekday}, day)
    gone = day_of({"week": -1, "weekday": weekday}, day)
    assert 1 <= (coming - day).days <= 7
    assert 1 <= (day - gone).days <= 7
    assert coming.weekday() == gone.weekday() == weekday - 2


# --- the voice ------------------------------------------------------------------------------------------------------

FOLDER = Path(content.FOLDER)
#: Keys whose values are no text for readers.
NAMES_ONLY = {"slug", "picture", "need", "kind", "android_url", "ios_url", "file", "key", "level", "link", "screen"}
NAMES_ONLY |= {"text_file", "plan_pdf", "leaflet_pdf", "subject", "recordings"}
NAMES_ONLY |= {"guide", "game", "prediction_of", "ranking", "seed_source"}

NEVER = (
    "bạn|quý khách|công dân|đối tượng|chúng tôi|người dùng|hệ thống|triển khai|thực hiện|tiến hành|hỗ trợ|truy cập|"
    "tiếp nhận|cung cấp|xác minh|xác thực|kích hoạt|hoàn thành|phản hồi|niêm yết|trường hợp|nhằm|đối với|vui lòng|"
    "website|trúng thưởng|tổ dân phố|thành công|nhanh tay"
).split("|")
NEVER_WORD = re.compile(rf"(?<!\w)(?<!kết )(?:{'|'.join(NEVER)})(?!\w)", re.IGNORECASE)
OTHER_TONE_STYLE = re.compile(r"(?<![qQ])(?:o[àáảãạ]|o[èéẻẽẹ]|u[ỳýỷỹỵ])(?!\w)")
LONGEST_SENTENCE = 25


def texts() -> Iterator[tuple[str, str]]:
    """(file, line) of every text for readers; words in quotation marks belong to others."""
    for path in sorted(FOLDER.rglob("*.toml")):
        entry = tomllib.loads(path.read_text(encoding="utf-8"))
        for text in _strings(entry, path.name == "documents.toml"):
            for line in text.splitlines():
                if not line.startswith("> "):
                    yield path.name, re.sub(r"“[^”]*”", "“…”", re.sub(r"\]\([^)]*\)|\*\*", "", line))


def _strings(value: object, are_titles_quoted: bool) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item, are_titles_quoted)
    elif isinstance(value, dict):
        skipped = NAMES_ONLY | ({"title"} if are_titles_quoted else set())
        for key, item in value.items():
            if key not in skipped:
                yield from _strings(item, are_titles_quoted)


def test_texts_are_composed_letters():
    assert not [path.name for path in FOLDER.rglob("*") if path.is_file() and not _is_nfc(path)]


def _is_nfc(path: Path) -> bool:
    return unicodedata.is_normalized("NFC", path.read_text(encoding="utf-8"))


def test_texts_use_the_words_of_the_column():
    assert not [f"{name}: {found[0]} in {line[:60]}" for name, line in texts() for found in NEVER_WORD.finditer(line)]


def test_tone_marks_sit_as_in_hoa():
    assert not [f"{name}: {line[:60]}" for name, line in texts() if OTHER_TONE_STYLE.search(line)]


def test_sentences_can_be_said_in_one_breath():
    sentences = (
        (name, sentence)
        for name, line in texts()
        for sentence in re.split(r"(?<=[.!?…])\s+", re.sub(r"^(?:- |\d+\. |!picture .*)", "", line))
    )
    assert not [f"{name}: {text}" for name, text in sentences if syllables(text) > LONGEST_SENTENCE]


def test_typography_is_vietnamese():
    assert not [f"{name}: {line[:60]}" for name, line in texts() if re.search(r'\.\.\.|"|\s[,.;:?!](?!\w)', line)]
