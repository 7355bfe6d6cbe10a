"""An editor takes an article to its channels: found from the editor, kept, read back; with and without scripts."""

import re

from playwright.sync_api import expect

WORDS = "Bà con nhớ: ai hỏi mã OTP là kẻ lừa."
SLUG = "khoa-man-hinh"


def page_number(site, slug):
    return site.run(f"from wagtail.models import Page; print(Page.objects.get(slug__contains='{slug}').pk)").strip()


def test_editor_finds_the_channels_in_three_presses(site, desk_of):
    desk = desk_of("bien-tap")
    desk.page.goto(f"/quan-tri/pages/{page_number(site, SLUG)}/edit/")
    desk.page.wait_for_load_state("networkidle")
    desk.page.get_by_role("button", name="Thao tác", exact=True).first.click()
    desk.page.get_by_role("link", name="Đưa ra loa, Zalo, tờ in").click()
    expect(desk.page.get_by_role("heading", level=1)).to_have_text("Các kênh của bài")
    assert desk.page.get_by_label("Lời", exact=True).count() == 5


def test_words_are_kept_and_read_back_without_scripts(site, desk_of, new_context, watch):
    signed_in = desk_of("bien-tap").page.context
    context = new_context(java_script_enabled=False, storage_state=signed_in.storage_state())
    watch.follow(context)
    page = context.new_page()
    page.goto(f"/quan-tri/kenh/{page_number(site, SLUG)}/")
    zalo = page.locator("#zalo")
    expect(zalo.get_by_role("button", name="Chép lời")).to_be_hidden()
    zalo.get_by_label("Lời", exact=True).fill(WORDS)
    zalo.get_by_role("button", name=re.compile("Giữ bản này")).click()
    expect(page.get_by_role("status").first).to_contain_text("Tin Zalo: đã giữ")
    expect(zalo.get_by_label("Lời", exact=True)).to_have_value(WORDS)
    expect(zalo).to_contain_text("Khớp với bài.")
