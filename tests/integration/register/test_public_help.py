"""Anybody may ask the team to come; the self-check keeps nothing."""

import pytest

from portal.households.models import HelpRequest, Household, Registration
from tests.factories.households import VillageFactory
from tests.factories.stories import GuidePageFactory, StoryPageFactory
from tests.integration.register.public_forms import text_of, token_opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def village(db):
    return VillageFactory(number=3)


def asking(village, /, **changes):
    return {"token": token_opened(), "village": village.pk, "name": "Bà M.", "topic": "Cài VNeID", **changes}


def test_double_tap_is_one_request_with_a_day(client, village):
    sent = asking(village, phone="0356123456", from_path="/huong-dan/vneid/")
    first, second = client.post("/nho-giup/", sent), client.post("/nho-giup/", sent)
    asked = HelpRequest.objects.get()
    assert (asked.village, asked.phone, asked.from_path) == (village, "+84356123456", "/huong-dan/vneid/")
    for response in (first, second):
        assert f"hẹn chậm nhất ngày {asked.due_on:%d/%m/%Y}" in text_of(response)
    assert 'href="/huong-dan/vneid/"' in first.content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Xin điền tên người cần giúp."),
        ({"topic": ""}, "Xin viết cần giúp việc gì."),
        ({"topic": "mã OTP 482913"}, "giống số tài khoản hoặc mã OTP"),
        ({"village": ""}, "Xin chọn thôn."),
        ({"phone": "0165 123 4567"}, "Số mới là 0351 234 567 phải không?"),
        ({"website": "x"}, "Đợi 1 phút"),
        ({"token": ""}, "Phiếu mở đã lâu"),
    ],
)
def test_what_is_wrong_is_told_and_the_words_stay(client, village, changes, sentence):
    response = client.post("/nho-giup/", asking(village, **changes))
    assert sentence in text_of(response)
    assert "Cài VNeID" in response.content.decode() or "topic" in changes
    assert not HelpRequest.objects.exists()


def test_new_number_is_taken_on_a_press(client, village):
    client.post("/nho-giup/", asking(village, phone="0165 123 4567", new_phone="0351234567"))
    assert HelpRequest.objects.get().phone == "+84351234567"


@pytest.mark.parametrize("path", ["https://kẻ-lừa.example/", "//x.example/", "javascript:alert(1)"])
def test_way_back_leads_nowhere_else(client, village, path):
    response = client.post("/nho-giup/", asking(village, from_path=path))
    assert path not in response.content.decode()


def test_every_article_leads_to_the_team(client, site_tree):
    story = StoryPageFactory(parent=site_tree.stories, need="giay-to")
    assert f'href="/nho-giup/?tu={story.url}"' in client.get(story.url).content.decode()
    opened = client.get(f"/nho-giup/?tu={story.url}").content.decode()
    assert f'name="from_path" value="{story.url}"' in opened


def test_self_check_ends_with_two_guides_and_keeps_nothing(client, site_tree):
    titles = {"giay-to": "Nộp giấy tờ", "tra-tien": "Quét mã trả tiền", "giu-may": "Khóa máy"}
    for need, title in titles.items():
        GuidePageFactory(parent=site_tree.guides, need=need, title=title)
    opened = client.get("/tu-kiem-tra/")
    assert "checked" not in opened.content.decode()
    answers = {"answer_1": "co", "answer_2": "chua", "answer_3": "can-giup", "answer_5": "co"}
    response = client.post("/tu-kiem-tra/", answers)
    text = text_of(response)
    assert "Nhà mình đã làm được 2 việc." in text
    assert text.index("Quét mã trả tiền") < text.index("Nộp giấy tờ")
    assert "Khóa máy" not in text
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]
    assert [model.objects.count() for model in (Household, Registration, HelpRequest)] == [0, 0, 0]


def test_able_family_gets_two_guides_too_and_an_empty_form_is_told(client, site_tree):
    GuidePageFactory(parent=site_tree.guides, need="giu-may", title="Khóa máy")
    GuidePageFactory(parent=site_tree.guides, need="kham-benh", title="Mở bảo hiểm y tế")
    able = text_of(client.post("/tu-kiem-tra/", {f"answer_{key}": "co" for key in range(1, 6)}))
    assert "Nhà mình làm được cả năm việc." in able
    assert "Khóa máy" in able
    assert "Mở bảo hiểm y tế" in able
    assert "Xin trả lời ít nhất một câu." in text_of(client.post("/tu-kiem-tra/", {}))


def test_home_and_footer_lead_to_every_page_of_the_register(client, site_tree):
    home = client.get("/").content.decode()
    for path in ("/dang-ky/", "/tra-cuu/", "/nho-giup/", "/vinh-danh/", "/xac-minh/", "/tu-kiem-tra/"):
        assert f'href="{path}"' in home, path
