"""Words, pictures and links that the templates print."""

import base64
import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest
from django.template import Context, Template, TemplateDoesNotExist
from django.utils import timezone

from portal.core.enums import Need
from portal.core.models import PortalImage
from portal.core.templatetags import portal_tags as tags

NBSP = "\N{NO-BREAK SPACE}"
SOURCES = {
    kind: [[width, f"images/anh.width-{width}.{kind}"] for width in (400, 800)] for kind in ("avif", "webp", "jpeg")
}


def moment(hour, minute=0, day=30):
    """An hour of November 2026 on the commune's clock."""
    return datetime(2026, 11, day, hour, minute, tzinfo=timezone.get_default_timezone())


def plain(text):
    return text.replace(NBSP, " ")


def an_image(**fields):
    return PortalImage(
        **{
            "title": "Sạp rau",
            "description": "Bà cụ bán rau",
            "width": 1200,
            "height": 675,
            "file": "a.png",
            "collection_id": 1,
            **fields,
        }
    )


def render(source, **context):
    return Template("{% load portal_tags %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [
        (0, 0, "12 giờ đêm"),
        (1, 0, "1 giờ sáng"),
        (9, 5, "9 giờ 05 sáng"),
        (10, 59, "10 giờ 59 sáng"),
        (11, 0, "11 giờ trưa"),
        (12, 30, "12 giờ 30 trưa"),
        (13, 0, "1 giờ chiều"),
        (18, 0, "6 giờ chiều"),
        (19, 30, "7 giờ 30 tối"),
        (22, 0, "10 giờ tối"),
        (23, 0, "11 giờ đêm"),
    ],
)
def test_hour_is_said_as_people_say_it(hour, minute, words):
    assert plain(tags.spoken_hour(moment(hour, minute))) == words


def test_hour_never_breaks_from_its_word():
    assert " " not in tags.spoken_hour(moment(9, 5))


def test_date_of_a_moment_is_the_date_in_the_commune():
    late = datetime(2026, 11, 29, 18, 0, tzinfo=UTC)
    assert tags.short_date(late) == "30/11/2026"
    assert plain(tags.weekday_date_and_hour(late)) == "thứ Hai, 30/11/2026, 1 giờ sáng"


def test_weekdays_are_written_out():
    monday = date(2026, 11, 23)
    week = [plain(tags.weekday(monday + timedelta(days=number))) for number in range(7)]
    assert week == ["thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"]


def test_day_of_a_list_leaves_the_year_out():
    assert tags.day_and_month(date(2026, 11, 5)) == "05/11"


@pytest.mark.parametrize("name", ["ngay", "ngay_thang", "thu", "thu_ngay", "gio", "ngay_gio", "so", "dung_luong"])
def test_filter_of_nothing_is_empty(name):
    assert render("{{ value|" + name + " }}", value=None) == ""


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (moment(8), moment(10), "từ 8 giờ đến 10 giờ sáng"),
        (moment(7, 30), moment(11), "từ 7 giờ 30 sáng đến 11 giờ trưa"),
        (moment(14), None, "2 giờ chiều"),
        (moment(8, day=28), moment(17, day=29), "từ 8 giờ sáng đến Chủ nhật, 29/11/2026, 5 giờ chiều"),
    ],
)
def test_hours_name_the_part_of_the_day_once_where_it_is_the_same(start, end, words):
    assert plain(tags.hours(start, end)) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "0"), (1234, "1.234"), (1_234_567, "1.234.567"), (70.5, "70,5"), (Decimal("1234.56"), "1.234,6")],
)
def test_number_has_dots_for_thousands_and_a_decimal_comma(number, words):
    assert tags.vietnamese_number(number) == words


@pytest.mark.parametrize(("size", "words"), [(90, "1 KB"), (340_000, "340 KB"), (1_240_000, "1,2 MB")])
def test_file_size_is_rounded_for_people(size, words):
    assert plain(tags.file_size(size)) == words


def test_phone_link_keeps_digits_only():
    assert tags.phone_href("0255 3.000 000") == "02553000000"


def test_icon_that_is_not_drawn_is_an_error():
    with pytest.raises(TemplateDoesNotExist):
        tags.icon("khong-co")


@pytest.mark.parametrize("need", ["", *Need.values])
def test_every_need_has_an_icon(need):
    assert 'aria-hidden="true"' in tags.need_icon(need)


def test_picture_offers_lean_formats_and_keeps_its_place():
    drawn = tags.picture(an_image(sources=SOURCES), alt="Bà bán rau", sizes="50vw", class_="scene")
    assert drawn.index("image/avif") < drawn.index("image/webp") < drawn.index("<img")
    assert 'srcset="/media/images/anh.width-400.avif 400w, /media/images/anh.width-800.avif 800w"' in drawn
    assert 'alt="Bà bán rau" class="scene" width="1200" height="675" loading="lazy"' in drawn


def test_picture_of_the_first_view_is_not_lazy():
    drawn = tags.picture(an_image(sources=SOURCES), lazy=False)
    assert "lazy" not in drawn
    assert 'fetchpriority="high"' in drawn


def test_picture_without_renditions_shows_its_own_file():
    drawn = tags.picture(an_image())
    assert drawn.startswith('<img src="/media/a.png" alt="Bà cụ bán rau"')


def test_picture_alt_comes_from_the_place_then_from_the_library():
    image = an_image()
    image.contextual_alt_text = "Bà M. ở chợ"
    assert 'alt="Bà M. ở chợ"' in tags.picture(image)
    image.decorative = True
    assert 'alt=""' in tags.picture(image)
    assert 'alt=""' in tags.picture(an_image(is_decorative=True))


def test_no_picture_prints_nothing():
    assert tags.picture(None) == ""


def test_page_without_picture_shows_our_scene():
    page = SimpleNamespace(picture=None)
    assert "img/village" in tags.page_picture(page)
    assert 'width="960" height="540"' in tags.page_picture(page)


def test_page_with_picture_shows_it_with_the_pages_words():
    page = SimpleNamespace(picture=an_image(sources=SOURCES), picture_alt_text="Sạp rau trước nhà")
    assert 'alt="Sạp rau trước nhà"' in tags.page_picture(page)


def test_alt_text_cannot_become_markup():
    assert "&quot;&gt;&lt;script" in tags.picture(an_image(), alt='"><script>')


def test_qr_says_what_it_leads_to_and_holds_no_inline_style():
    drawn = tags.qr("https://gia-dinh-so.example/huong-dan/", "Mã vuông dẫn tới trang này")
    assert 'aria-label="Mã vuông dẫn tới trang này"' in drawn
    assert "<svg" in drawn
    assert "style=" not in drawn


def test_zalo_link_carries_the_address():
    parts = urlsplit(tags.zalo_share("https://xa.example/cau-chuyen/"))
    payload = parse_qs(parts.query)["d"][0]
    assert json.loads(base64.b64decode(payload)) == {"url": "https://xa.example/cau-chuyen/"}


def test_facebook_link_carries_the_address():
    assert parse_qs(urlsplit(tags.facebook_share("https://xa.example/?a=1&b=2")).query)["u"] == [
        "https://xa.example/?a=1&b=2"
    ]


@pytest.mark.parametrize(
    ("url", "printed"), [("https://xa.example/huong-dan/", "xa.example/huong-dan"), ("xa.example", "xa.example")]
)
def test_address_on_paper_leaves_the_scheme_out(url, printed):
    assert tags.without_scheme(url) == printed


def test_highlight_marks_hits_and_trusts_no_text():
    pieces = [("Quét ", False), ("<mã>", True)]
    assert tags.highlight(pieces) == "Quét <mark>&lt;mã&gt;</mark>"


def test_share_picture_is_absolute_and_falls_back_to_the_columns_own():
    made = SimpleNamespace(share_picture_url="/media/chia-se/1.png")
    assert tags.share_picture(made, "https://xa.example") == "https://xa.example/media/chia-se/1.png"
    none = SimpleNamespace(share_picture_url="")
    assert tags.share_picture(none, "https://xa.example").startswith("https://xa.example/static/img/share")
