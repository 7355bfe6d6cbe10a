"""From an editor's draft to every place where the public finds it, in real browsers, one for each person."""

import secrets
import time
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from tests.factories.files import picture_bytes, silent_mp3

# The desk asks about a picture that looks like one it has; a colour of its own keeps ours apart.
COLOUR = f"#{secrets.token_hex(3)}"
TITLE = "Bà Lan bán rau bằng tấm bảng mã vuông"
ADDRESS = "/cau-chuyen/ba-lan-ban-rau-bang-tam-bang-ma-vuong/"
STALL = {"name": "sap-rau.jpg", "mimeType": "image/jpeg", "buffer": picture_bytes(1200, 800, "JPEG", COLOUR)}
BOARD = {"name": "tam-bang.png", "mimeType": "image/png", "buffer": picture_bytes(1000, 700, "PNG", COLOUR)}
RECORDING = {"name": "ba-lan-ke.mp3", "mimeType": "audio/mpeg", "buffer": silent_mp3(65)}


PLACES = ("/", "/cau-chuyen/", "/rss/cau-chuyen/", "/atom/", "/sitemap.xml", "/tim-kiem/?q=ba+lan+ban+rau")


def places_without(site, address):
    return [place for place in PLACES if address not in site.get(place).text]


def write_story(desk):
    """A story with picture, caption, recording and a paragraph, as far as the draft."""
    desk.begin("Viết câu chuyện")
    desk.fill("title", TITLE)
    desk.fill("lead", "Chợ phiên có thêm một tấm bảng nhỏ.")
    dialog = desk.upload_picture(
        desk.page.get_by_role("button", name="Chọn ảnh").first, STALL, "Sạp rau", "Bà cụ đứng sau sạp rau"
    )
    expect(dialog).to_be_hidden()
    block = desk.add_block("body", "Ảnh")
    dialog = desk.upload_picture(
        block.get_by_role("button", name="Chọn ảnh"), BOARD, "Tấm bảng", "Tấm bảng có mã vuông"
    )
    expect(dialog).to_be_hidden()
    block.locator("input[name$=caption]").fill("Tấm bảng ở sạp rau")
    desk.add_block("body", "Đoạn chữ").locator("[contenteditable=true]").fill("Bà chỉ đưa tấm bảng ra.")
    block = desk.add_block("recordings")
    desk.upload_recording(block.get_by_role("button").filter(has_text="Chọn"), RECORDING, "Bà Lan kể", "Tôi bán rau.")


def test_story_goes_from_draft_to_every_public_place(site, desk_of):
    editor = desk_of("bien-tap")
    assert places_without(site, ADDRESS) == list(PLACES)  # and each of them now has a stored copy without it
    write_story(editor)
    editor.press("Lưu bản nháp")
    editor.page.get_by_role("button", name="Xem trước").click()
    preview = editor.page.frame_locator("iframe[data-preview-iframe], #w-preview-iframe").first
    expect(preview.get_by_role("heading", name=TITLE)).to_be_visible()
    editor.press("Gửi duyệt")
    assert places_without(site, ADDRESS) == list(PLACES)

    reviewer = desk_of("duyet-bai")
    row = reviewer.page.locator("tr, li").filter(has_text=TITLE).first
    expect(row).to_contain_text("gửi duyệt")
    row.get_by_role("link", name="Duyệt").click()
    reviewer.press("Duyệt và đăng")
    assert places_without(site, ADDRESS) == []

    story = site.get(ADDRESS).text
    for words in (
        "Tấm bảng ở sạp rau",
        "Bà chỉ đưa tấm bảng ra.",
        "1 phút 5 giây",
        "Tôi bán rau.",
        'type="image/avif"',
    ):
        assert words in story


def test_scheduled_page_goes_live_at_its_minute(site, desk_of):
    """Vietnam time, nobody pressing anything, no line in a crontab."""
    reviewer = desk_of("duyet-bai")
    reviewer.begin("Viết tin")
    reviewer.fill("title", "Tin hẹn giờ")
    moment = timezone.localtime() + timedelta(seconds=75)
    reviewer.schedule(moment)
    reviewer.press("Hẹn giờ đăng")
    address = "/tin-tuc/tin-hen-gio/"
    assert site.get(address).status == 404
    due = moment.replace(second=0, microsecond=0)
    deadline = due + timedelta(seconds=10)
    while site.get(address).status == 404 and timezone.now() < deadline:
        time.sleep(0.5)
    assert site.get(address).status == 200
    assert timezone.now() >= due
    assert address in site.get("/tin-tuc/").text
