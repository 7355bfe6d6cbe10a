"""The readers' search and the staff's, on the database under test."""

import unicodedata
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction
from wagtail.search.backends import get_search_backend

from portal.core.enums import Need
from portal.core.models import Recording
from portal.home.models.search import PageKind, SearchEntry
from portal.home.search import search_pages, storage
from portal.stories.models import NewsPage
from tests.factories.core import RecordingFactory, a_body
from tests.factories.home import DocumentPageFactory, HomePageFactory, StandardPageFactory
from tests.factories.households import VillageFactory
from tests.factories.stories import GuidePageFactory, NewsPageFactory, StoryPageFactory

pytestmark = pytest.mark.django_db


def titles(query, **options):
    hits = search_pages(query, **options).hits
    return ["".join(piece.text for piece in hit.title) for hit in hits]


def marked(pieces):
    return [piece.text for piece in pieces if piece.is_hit]


def nfd(text):
    return unicodedata.normalize("NFD", text)


class TestFinding:
    @pytest.mark.parametrize(
        "query", ["gia dinh so", "Gia đình số", nfd("Gia đình số"), "GIA ĐÌNH SỐ", "gia, đình; số!"]
    )
    def test_page_is_found_however_its_words_are_typed(self, query):
        NewsPageFactory(title="Phát động phong trào", body=a_body("Nhà nào cũng thành gia đình số."))
        NewsPageFactory(title="Chợ phiên", body=a_body("Gia đình có hai con trâu."))
        assert titles(query) == ["Phát động phong trào"]

    @pytest.mark.parametrize(
        ("title", "queries"),
        [
            ("Đường lên bản", ["duong len ban", "đường lên bản", "Ðường"]),
            ("Đăng ký tạm trú", ["đăng ký", "dang ky", "đăng kí", "DANG KI"]),
            ("Nhà văn hoá thôn", ["hoà".replace("à", "á"), "văn hóa", "van hoa"]),
            ("Hoà giải ở thôn", ["hoà", "hòa", "hoa giai"]),
            ("Hòa mạng di động", ["hoà", "hòa"]),
            ("Người H'rê kể chuyện", ["hrê", "h’rê", "Hrê", "hre"]),
            ("Dùng VNeID và mã QR", ["vneid", "QR", "ma qr"]),
        ],
    )
    def test_spelling_of_the_reader_does_not_matter(self, title, queries):
        NewsPageFactory(title=title)
        for query in queries:
            assert titles(query) == [title], query

    def test_every_syllable_must_be_there(self):
        NewsPageFactory(title="Quét mã QR")
        assert titles("mã QR ngân hàng") == []
        assert titles("quét ngân") == []

    def test_number_on_paper_finds_the_document(self):
        DocumentPageFactory(title="Bình dân học vụ số", number="16/KH-UBND")
        assert titles("16/KH-UBND") == titles("kh ubnd 16") == ["Bình dân học vụ số"]

    def test_steps_of_a_guide_are_searched(self):
        GuidePageFactory(title="Mở tài khoản", app_name="VNeID")
        assert titles("bam nut thu 2") == titles("vneid") == ["Mở tài khoản"]

    def test_page_is_found_by_what_it_is_about(self):
        village = VillageFactory(name="Làng Teng", former_commune="Ba Lế")
        StoryPageFactory(title="Bà M. bán rau", household_words="Nhà bà Hrê", need=Need.HEALTH, village=village)
        for query in ("kham benh", "lang teng", "ba lế", "nhà bà Hrê"):
            assert titles(query) == ["Bà M. bán rau"], query
        village.name = "Làng Rèn"
        village.save()
        assert titles("làng teng") == []
        assert titles("làng rèn") == ["Bà M. bán rau"]

    @pytest.mark.parametrize(
        "query", ["", "   ", "?", "'", '"', "%", "a' OR 1=1 --", "* NOT (", "=:_", "\x00", "🙂", "\\"]
    )
    def test_signs_do_no_harm(self, query):
        NewsPageFactory(title="Tin")
        assert titles(query) == []

    def test_endless_query_is_answered(self):
        NewsPageFactory(title="Mưa lớn")
        assert titles("đ" * 5000) == []
        assert titles("mưa " * 1000) == ["Mưa lớn"]


class TestRanking:
    def test_exact_marks_come_first_and_toneless_queries_know_no_difference(self):
        today = timezone.localdate()
        NewsPageFactory(title="Chợ phiên Ba Tô", published_on=today - timedelta(days=1))
        NewsPageFactory(title="Chợ phiên Ba Tơ", published_on=today)
        assert titles("Tô") == titles("ba tô") == ["Chợ phiên Ba Tô", "Chợ phiên Ba Tơ"]
        assert titles("Tơ") == titles(nfd("Ba Tơ")) == ["Chợ phiên Ba Tơ", "Chợ phiên Ba Tô"]
        assert titles("to") == ["Chợ phiên Ba Tơ", "Chợ phiên Ba Tô"]  # the newest first

    def test_exact_marks_in_the_text_outdo_other_marks_in_the_title(self):
        NewsPageFactory(title="Sang xã Ba Tơ", body=a_body("Đường xa."))
        NewsPageFactory(title="Về thăm", body=a_body("Xã Ba Tô có 14 thôn."))
        assert titles("Tô") == ["Về thăm", "Sang xã Ba Tơ"]

    def test_title_comes_before_text_and_phrase_before_scattered_words(self):
        day = date(2026, 11, 1)
        kept = {"published_on": day, "lead": ""}
        NewsPageFactory(title="Một", body=a_body("Trả cho bà chủ quán tiền chợ."), **kept)
        NewsPageFactory(title="Hai", body=a_body("Cách trả tiền chợ."), **kept)
        NewsPageFactory(title="Tiền điện trả ở đâu", body=a_body("Ở thôn."), **kept)
        NewsPageFactory(title="Trả tiền điện", body=a_body("Ở thôn."), **kept)
        assert titles("trả tiền") == ["Trả tiền điện", "Tiền điện trả ở đâu", "Hai", "Một"]
        assert titles("tra tien") == ["Trả tiền điện", "Tiền điện trả ở đâu", "Hai", "Một"]

    def test_newest_comes_first_among_equals(self):
        for days in (3, 1, 2):
            NewsPageFactory(title=f"Tin cách đây {days} ngày", published_on=timezone.localdate() - timedelta(days=days))
        assert [title[-6] for title in titles("tin cách đây")] == ["1", "2", "3"]


class TestResult:
    def test_kinds_are_counted_and_narrow_the_answer(self):
        NewsPageFactory(title="Tin về ví điện tử")
        StoryPageFactory(title="Bà M. dùng ví điện tử")
        StoryPageFactory(title="Ông K. dùng ví điện tử")
        result = search_pages("ví điện tử", page_type="cau-chuyen")
        assert {item.kind: item.count for item in result.counts} == {PageKind.NEWS: 1, PageKind.STORY: 2}
        assert (result.total, result.total_of_all_kinds) == (2, 3)
        assert {hit.kind for hit in result.hits} == {PageKind.STORY}
        assert search_pages("ví điện tử", page_type="xe-may").total == 3

    def test_answer_shows_where_the_words_stand(self):
        body = "Chuyện hôm qua. " * 30 + "Bà đã đăng ký xong. " + "Chuyện hôm nay. " * 30
        news = NewsPageFactory(title="Đăng nhập", body=a_body(body), published_on=date(2026, 11, 20))
        (hit,) = search_pages("dang ky").hits
        assert marked(hit.title) == ["Đăng"]
        assert marked(hit.excerpt) == ["đăng ký"]
        assert "".join(piece.text for piece in hit.excerpt).startswith("… ")
        assert (hit.url, hit.kind, hit.listed_on) == (news.url, PageKind.NEWS, date(2026, 11, 20))

    def test_pages_of_an_answer_follow_each_other(self):
        for number in range(7):
            NewsPageFactory(title=f"Bản tin số {number}")
        whole = titles("bản tin")
        assert len(whole) == 7
        assert titles("bản tin", limit=3) + titles("bản tin", offset=3, limit=4) == whole
        assert titles("bản tin", offset=7) == []

    def test_home_page_is_not_an_answer(self):
        HomePageFactory(title="Gia đình số")
        assert titles("gia đình số") == []

    @pytest.mark.parametrize("query", ["mưa", "Mưa số", "mưa số một"])
    def test_answer_costs_the_same_queries_however_much_is_found(self, query, django_assert_num_queries):
        for batch in (2, 20):
            for number in range(batch):
                NewsPageFactory(title=f"Mưa số một {number}")
            search_pages(query)  # site addresses are cached by the first
            with django_assert_num_queries(4):
                search_pages(query)


class TestFreshness:
    def test_published_page_is_found_and_unpublished_page_is_gone_at_once(self):
        news = NewsPageFactory(title="Mưa lớn", draft=True)
        assert titles("mưa lớn") == []
        news.save_revision().publish()
        assert titles("mưa lớn") == ["Mưa lớn"]
        Page.objects.get(pk=news.pk).unpublish()
        assert titles("mưa lớn") == []

    def test_draft_of_a_public_page_stays_unknown(self):
        news = NewsPageFactory(title="Mưa lớn")
        news.title = "Bão lớn"
        revision = news.save_revision()
        assert titles("bão") == []
        assert titles("mưa") == ["Mưa lớn"]
        revision.publish()
        assert titles("bão") == ["Bão lớn"]
        assert titles("mưa") == []

    def test_deleted_page_is_gone_with_all_below_it(self):
        news = NewsPageFactory(title="Mưa lớn")
        Page.objects.get(pk=news.get_parent().pk).delete()
        assert titles("mưa") == []
        assert not SearchEntry.objects.exists()

    def test_private_section_is_gone_until_it_is_opened_again(self):
        news = NewsPageFactory(title="Mưa lớn")
        restriction = PageViewRestriction.objects.create(
            page=news.get_parent(), restriction_type=PageViewRestriction.LOGIN
        )
        assert titles("mưa") == []
        restriction.delete()
        assert titles("mưa") == ["Mưa lớn"]

    def test_page_moved_below_a_private_one_is_gone(self):
        news = NewsPageFactory(title="Mưa lớn")
        closed = StandardPageFactory(title="Nội bộ")
        PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
        news.move(Page.objects.get(pk=closed.pk), pos="last-child")
        assert titles("mưa") == []

    def test_page_taken_back_behind_the_index_is_not_told(self):
        NewsPageFactory(title="Mưa lớn")
        NewsPage.objects.update(live=False)
        assert titles("mưa") == []

    def test_changed_day_changes_the_order(self):
        today = timezone.localdate()
        first = NewsPageFactory(title="Mưa một", published_on=today)
        NewsPageFactory(title="Mưa hai", published_on=today - timedelta(days=1))
        first.published_on = today - timedelta(days=2)
        first.save()
        assert titles("mưa") == ["Mưa hai", "Mưa một"]

    def test_index_can_be_rebuilt(self, capsys):
        NewsPageFactory(title="Mưa lớn")
        SearchEntry.objects.all().delete()
        assert titles("mưa") == []
        call_command("rebuild_search")
        assert titles("mưa") == ["Mưa lớn"]
        assert "3 trang" not in capsys.readouterr().err


def test_what_the_database_lost_comes_back_with_the_next_migrate():
    NewsPageFactory(title="Mưa lớn")
    lost = "INDEX home_searchtext_vector" if connection.vendor == "postgresql" else "TRIGGER home_searchtext_added"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP {lost}")
    NewsPageFactory(title="Mưa nhỏ")
    connection.check_constraints()  # nothing is pending when a migrate ends
    assert storage.set_up("default")
    assert not storage.set_up("default")
    assert sorted(titles("mưa")) == ["Mưa lớn", "Mưa nhỏ"]


class TestStaffSearch:
    @pytest.mark.parametrize("query", ["gia dinh so", "Gia đình số", nfd("Gia đình số"), "gia đình số!"])
    def test_list_of_pages_folds(self, query):
        news = NewsPageFactory(title="Nhà bà M. thành Gia đình số")
        NewsPageFactory(title="Gia súc")
        assert list(NewsPage.objects.search(query)) == [news]

    @pytest.mark.parametrize("query", ["duo", "đường lên b", "Duong len"])
    def test_chooser_completes_words(self, query):
        news = NewsPageFactory(title="Đường lên bản")
        assert list(NewsPage.objects.autocomplete(query)) == [news]

    def test_text_and_number_are_searched(self):
        document = DocumentPageFactory(title="Kế hoạch", number="16/KH-UBND", body=a_body("Bình dân học vụ số"))
        for query in ("16/KH-UBND", "kh-ubnd", "hoc vu"):
            assert [page.pk for page in Page.objects.search(query)] == [document.pk], query

    @pytest.mark.parametrize("query", ['"', "'", "a:b", "(x", "* AND", "%", "\\", "!", "&|"])
    def test_signs_do_no_harm(self, query):
        NewsPageFactory(title="Tin")
        assert list(Page.objects.search(query)) == []
        assert list(Page.objects.autocomplete(query)) == []

    def test_recordings_fold_too(self):
        recording = RecordingFactory(title="Lời già làng", transcript="Bà con hòa thuận")
        assert list(get_search_backend().search("hoà thuan", Recording)) == [recording]


class TestSearchPage:
    def test_answer_marks_the_words_and_offers_the_kinds(self, client):
        NewsPageFactory(title="Đăng ký & nhận tiền")
        StoryPageFactory(title="Bà M. đăng ký")
        page = client.get("/tim-kiem/", {"q": "dang ky", "loai": "tin-tuc"}).content.decode()
        assert "<mark>Đăng ký</mark> &amp; nhận tiền" in page
        assert "Tin tức (1)" in page
        assert "Câu chuyện (1)" in page
        assert "Bà M." not in page

    def test_query_is_text_and_never_markup(self, client):
        HomePageFactory()
        page = client.get("/tim-kiem/", {"q": "<script>alert(1)</script>"}).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page

    def test_no_answer_offers_help(self, client):
        NewsPageFactory(title="Mưa lớn")
        answer = client.get("/tim-kiem/", {"q": "con tàu vũ trụ"})
        assert answer.status_code == 200
        assert "gõ không dấu cũng được" in answer.content.decode()

    @pytest.mark.parametrize("number", ["0", "-1", "abc", "99999999", "²"])
    def test_odd_page_number_is_answered(self, client, number):
        NewsPageFactory(title="Mưa lớn")
        assert client.get("/tim-kiem/", {"q": "mưa", "trang": number}).status_code == 200
