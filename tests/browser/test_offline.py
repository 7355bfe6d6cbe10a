"""Opened pages are read again without signal; nothing of a person is ever kept; both sides can say no."""

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.desk import Desk, first_passwords
from tests.browser.line import Line, line_to
from tests.running_site import RunningSite

pytestmark = pytest.mark.any_database

SHELF = "/doc-khi-mat-mang/"
#: {store: [path or address without its host, …]}
KEPT = """async () => {
    const kept = {};
    for (const name of await caches.keys()) {
        const keys = await (await caches.open(name)).keys();
        kept[name] = keys.map(({ url }) => url.replace(location.origin, ""));
    }
    return kept;
}"""
#: As if every copy had been asked about so many days ago.
AGE = """async (days) => {
    const pages = await caches.open("trang");
    for (const request of await pages.keys()) {
        const copy = await pages.match(request);
        const headers = new Headers(copy.headers);
        headers.set("X-Kept-Asked", Date.now() - days * 24 * 60 * 60 * 1000);
        await pages.put(request, new Response(await copy.text(), { headers }));
    }
}"""
STORY = """
from portal.core.models import PortalImage
from portal.stories.models import StoryIndexPage, StoryPage
picture = PortalImage.objects.get(title__contains="{picture}") if "{picture}" else None
story = StoryPage(title="Bà Mẫu trả tiền chợ", slug="{slug}", lead="Bà Mẫu đã đồng ý cho kể.", picture=picture)
StoryIndexPage.objects.get().add_child(instance=story)
story.save_revision().publish()
"""
#: A picture that no other kept page shows.
PICTURE = "Dặn con ba câu"
TAKE_DOWN = """
from portal.stories.models import StoryPage
StoryPage.objects.get(slug="{slug}").unpublish()
"""
SWITCH = """
from portal.core.models import SiteProfile
profile = SiteProfile.objects.get()
profile.keeps_pages_offline = {is_on}
profile.save()
"""


@pytest.fixture
def line(site):
    with line_to(site.port) as line:
        yield line


@pytest.fixture
def phone(browser, browser_context_args, line) -> Iterator[Page]:
    """A phone that reaches the site by the line alone. A cut line is an error to its console, and is meant to be."""
    with closing(browser.new_context(**{**browser_context_args, "base_url": line.origin})) as context:
        yield context.new_page()


def kept(page: Page) -> dict[str, list[str]]:
    return page.evaluate(KEPT)


def kept_pages(page: Page) -> list[str]:
    return kept(page).get("trang", [])


def wait_until_kept(page: Page, path: str) -> None:
    wait_for(page, lambda: path in kept_pages(page), f"{path} was not kept: {kept(page)}")


def wait_for(page: Page, holds, words: str) -> None:
    for _ in range(100):
        if holds():
            return
        page.wait_for_timeout(100)
    raise AssertionError(words)


def cut(page: Page, line: Line) -> None:
    line.is_cut = True
    page.context.set_offline(True)


def mend(page: Page, line: Line) -> None:
    line.is_cut = False
    page.context.set_offline(False)


def open_and_keep(page: Page, path: str) -> None:
    page.goto(path, wait_until="load")
    wait_until_kept(page, path)


def test_opened_guide_is_read_without_signal_and_says_of_what_day_it_is(phone, line, paths):
    open_and_keep(phone, paths["guide"])
    title = phone.locator("h1").inner_text()
    cut(phone, line)
    phone.goto(paths["guide"])
    assert phone.locator("h1").inner_text() == title
    today = timezone.localdate()
    expect(phone.locator(".kept")).to_contain_text(f"bản lưu ngày {_weekday(today)}, {today:%d/%m/%Y}")
    assert phone.locator(".kept time").get_attribute("datetime") == f"{today:%Y-%m-%d}"
    # It looks as it did: its own style sheet, font and first picture are there as well.
    assert phone.evaluate("getComputedStyle(document.querySelector('.top')).backgroundColor") == "rgb(23, 26, 51)"
    assert phone.evaluate("document.fonts.check('800 20px \"Be Vietnam Pro\"')")
    picture = phone.locator("main img").first
    picture.scroll_into_view_if_needed()
    assert picture.evaluate("(image) => image.complete && image.naturalWidth > 0")
    phone.goto("/")
    expect(phone.locator(".kept")).to_be_visible()
    mend(phone, line)
    phone.goto(paths["guide"])
    expect(phone.locator(".kept")).to_have_count(0)


def _weekday(day):
    return ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")[day.weekday()]


def test_page_that_was_not_opened_leads_to_the_shelf(phone, line, paths):
    open_and_keep(phone, paths["guide"])
    title = phone.locator("h1").inner_text()
    cut(phone, line)
    for path in (paths["story"], "/tra-cuu/", "/tim-kiem/?q=xin"):
        phone.goto(path)
        expect(phone.locator("h1")).to_have_text("Đọc khi mất mạng")
        expect(phone.locator("[data-shelf-missed]")).to_be_visible()
        expect(phone.locator("[data-shelf-list] a")).to_have_text([title, "Trang chủ"])
    expect(phone.locator("[data-shelf-list]")).to_contain_text(f"lưu ngày {timezone.localdate():%d/%m/%Y}")
    phone.get_by_role("link", name=title).click()
    expect(phone.locator("h1")).to_have_text(title)


def test_weak_signal_shows_the_copy_and_takes_the_new_page_when_it_comes(phone, line, paths):
    open_and_keep(phone, paths["news"])
    line.delay = 6
    phone.evaluate(AGE, 2)
    day = timezone.localdate() - timedelta(days=2)
    phone.goto(paths["news"])
    expect(phone.locator(".kept")).to_contain_text(f"{day:%d/%m/%Y}")
    line.delay = 0
    asked = "async (path) => Number((await (await caches.open('trang')).match(path)).headers.get('X-Kept-Asked'))"
    recently = "Date.now() - 60 * 60 * 1000"
    wait_for(
        phone,
        lambda: phone.evaluate(asked, paths["news"]) > phone.evaluate(recently),
        "the late answer did not take the old one's place",
    )


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_nothing_of_a_person_is_ever_kept(phone, line, paths, viewport):
    phone.set_viewport_size(viewport)
    open_and_keep(phone, "/")
    never = ("/dang-ky/", "/tra-cuu/", "/nho-giup/", "/xac-minh/", "/vinh-danh/", "/minigame/", "/tu-kiem-tra/")
    links = [path for path in phone.evaluate("[...document.links].map(({ pathname }) => pathname)") if path]
    for path in (*never, paths["search"], *{path for path in links if path.startswith(never)}):
        phone.goto(path, wait_until="networkidle")
    pages = kept_pages(phone)
    assert sorted(pages) == ["/", SHELF]
    assert all(path.startswith(("/static/", "/media/images/")) for path in kept(phone)["tep"])
    assert set(kept(phone)) == {"trang", "tep"}


def test_staff_keep_nothing_and_their_own_screens_are_asked_for_once(phone, line, site, paths):
    open_and_keep(phone, paths["guide"])
    desk = Desk(phone)
    desk.sign_in("bien-tap", first_passwords(site.data_dir)["bien-tap"])
    line.passages.clear()
    phone.goto("/quan-tri/")
    assert line.asked("/quan-tri/") == [200]
    # Signed in, not even a public page is kept, and the copy from before goes.
    phone.goto(paths["guide"], wait_until="networkidle")
    phone.goto(paths["story"], wait_until="networkidle")
    wait_for(phone, lambda: paths["guide"] not in kept_pages(phone), "the guide stayed")
    assert sorted(kept_pages(phone)) == ["/", SHELF]


def test_story_that_was_taken_down_goes_at_the_next_contact_and_takes_its_pictures_along(phone, line, site, paths):
    path = "/cau-chuyen/ba-mau-doc-khi-mat-mang/"
    open_and_keep(phone, paths["news"])
    site.run(STORY.format(slug="ba-mau-doc-khi-mat-mang", picture=PICTURE))
    try:
        open_and_keep(phone, path)
        shown = phone.locator("main article img").first.evaluate("({ currentSrc }) => new URL(currentSrc).pathname")
        wait_for(phone, lambda: shown in kept(phone)["tep"], f"{shown} was not kept")
        open_and_keep(phone, paths["story"])
    finally:
        site.run(TAKE_DOWN.format(slug="ba-mau-doc-khi-mat-mang"))
    phone.goto("/")
    assert path in kept_pages(phone), "asked about before a day was over"
    phone.evaluate(AGE, 2)
    line.passages.clear()
    phone.goto("/")
    wait_for(phone, lambda: path not in kept_pages(phone), "the copy stayed")
    assert line.asked(path) == [404]
    wait_for(phone, lambda: shown not in kept(phone)["tep"], f"{shown} stayed")
    # What named it beside its own text is fetched anew; what did not is left as it is. (Not a guide: the ticket in its
    # form is another one every five minutes.)
    wait_for(phone, lambda: line.asked(paths["story"]) == [200], f"{line.passages}")
    wait_for(phone, lambda: line.asked(paths["news"]) == [304], f"{line.passages}")
    assert {paths["story"], paths["news"]} <= set(kept_pages(phone))
    cut(phone, line)
    phone.goto(path)
    expect(phone.locator("h1")).to_have_text("Đọc khi mất mạng")


def test_opening_a_page_that_is_gone_forgets_it_at_once(phone, line, site):
    path = "/cau-chuyen/ba-mau-mo-lai/"
    site.run(STORY.format(slug="ba-mau-mo-lai", picture=""))
    try:
        open_and_keep(phone, path)
    finally:
        site.run(TAKE_DOWN.format(slug="ba-mau-mo-lai"))
    assert phone.goto(path).status == 404
    wait_for(phone, lambda: path not in kept_pages(phone), "the copy stayed")


def test_copy_that_met_no_network_for_a_month_is_not_shown(phone, line, paths):
    open_and_keep(phone, paths["guide"])
    phone.evaluate(AGE, 31)
    cut(phone, line)
    phone.goto(paths["guide"])
    expect(phone.locator("h1")).to_have_text("Đọc khi mất mạng")
    assert paths["guide"] not in kept_pages(phone)


def test_only_so_many_pages_are_kept_and_the_oldest_goes(phone, line, site):
    public = [path for path in site.sitemap() if re.match(r"/(tin-tuc|cau-chuyen|huong-dan|hoat-dong)/.", path)]
    guides = [path for path in public if path.startswith("/huong-dan/")]
    steps = [f"{path}buoc-{number}/" for path in guides for number in (1, 2)]
    opened = [path for path in (public + steps) if site.get(path).status == 200][:43]
    for path in opened:
        phone.goto(path)
        wait_until_kept(phone, path)
    pages = kept_pages(phone)
    assert len(pages) == 42, "40, the home and the shelf"
    assert opened[-1] in pages
    assert not {opened[0], opened[1], opened[2]} & set(pages)
    pictures = [path for path in kept(phone)["tep"] if path.startswith("/media/")]
    assert 0 < len(pictures) <= 60


def test_reader_switches_it_off_and_on_again(phone, line, paths):
    open_and_keep(phone, paths["guide"])
    phone.goto(SHELF)
    phone.get_by_role("button", name="Tắt đọc khi mất mạng").click()
    expect(phone.get_by_role("status")).to_have_text("Đã tắt và đã xóa hết bản lưu trên máy này.")
    phone.goto(paths["guide"], wait_until="networkidle")
    assert kept(phone) == {"khong-luu": []}
    assert phone.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0
    phone.goto(SHELF)
    phone.get_by_role("button", name="Bật đọc khi mất mạng").click()
    expect(phone.get_by_role("status")).to_contain_text("Đã bật.")
    open_and_keep(phone, paths["guide"])


def test_reader_wipes_what_is_kept(phone, line, paths):
    open_and_keep(phone, paths["guide"])
    phone.goto(SHELF)
    phone.get_by_role("button", name="Xóa bản lưu trên máy này").click()
    expect(phone.get_by_role("status")).to_have_text("Đã xóa hết bản lưu trên máy này.")
    expect(phone.locator("[data-shelf-none]")).to_be_visible()
    assert paths["guide"] not in kept_pages(phone)
    wait_until_kept(phone, SHELF)


def test_commune_switches_it_off_and_every_phone_forgets(phone, line, site: RunningSite, paths):
    open_and_keep(phone, paths["guide"])
    site.run(SWITCH.format(is_on=False))
    try:
        phone.goto(paths["story"], wait_until="networkidle")
        wait_for(phone, lambda: kept(phone) == {}, f"{kept(phone)}")
        phone.goto(SHELF)
        expect(phone.locator(".lead")).to_have_text("Xã đang tắt phần này. Máy của bà con không lưu bài nào.")
        assert phone.locator("button:visible").count() <= 1, "nothing to press but the search"
        assert phone.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0
    finally:
        site.run(SWITCH.format(is_on=True))
    open_and_keep(phone, paths["guide"])
