"""On a cheap phone without scripts: the Chair reads and decides by link, a reader who is stuck says so."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from portal.home.models import ApprovalLink
from portal.stories.models import GuidePage, StoryPage, StuckCount
from tests.browser.inhouse import PHONE
from tests.desks import desk_of
from tests.factories.approvals import CODE, ApproverFactory
from tests.factories.stories import GuidePageFactory, StoryPageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def editor(site_tree):
    return desk_of("Biên tập viên", full_name="Phạm Thị Bích")


@pytest.fixture
def address(editor, site_tree) -> str:
    page = StoryPageFactory(parent=site_tree.stories, title="Bà Y Lan bán cà phê", draft=True, owner=editor.user)
    page.save_revision(user=editor.user)
    sent = editor.post(reverse("approvals:ask", args=[page.pk]), {"approver": ApproverFactory().pk, "days": 3})
    return re.search(r"(/duyet/[\w-]+/)", sent.content.decode()).group(1)


def test_chair_reads_to_the_end_and_says_yes(window, address):
    page = window(Client(), scripts=False, size=PHONE).go(address)
    expect(page.get_by_role("heading", name="Bà Y Lan bán cà phê")).to_be_visible()
    page.get_by_role("link", name="cuối trang").click()
    yes = page.get_by_role("button", name="Đồng ý đăng")
    expect(yes).to_be_in_viewport()
    assert yes.bounding_box()["height"] >= 48
    page.get_by_label("Mã duyệt của mình").fill("111111")
    yes.click()
    expect(page.get_by_role("alert")).to_contain_text("Mã duyệt chưa đúng. Còn 4 lần.")
    page.get_by_label("Mã duyệt của mình").fill(CODE)
    yes.click()
    expect(page.get_by_role("heading", name="Đã ghi: đồng ý đăng.")).to_be_visible()
    assert StoryPage.objects.get().live


def test_chair_says_not_yet_and_why(window, address):
    page = window(Client(), scripts=False, size=PHONE).go(address)
    page.get_by_label("Mã duyệt của mình").fill(CODE)
    page.get_by_label("Cần sửa chỗ nào").fill("Ghi rõ ngày họp.")
    page.get_by_role("button", name="Chưa đồng ý").click()
    expect(page.get_by_role("heading", name="Đã ghi: chưa đồng ý.")).to_be_visible()
    assert ApprovalLink.objects.get().reason == "Ghi rõ ngày họp."


def test_pages_of_the_link_are_for_everybody(window, address, editor):
    approver_pages = {"draft": address, "gone": "/duyet/khong-co/"}
    for name, path in approver_pages.items():
        shown = window(Client(), size=PHONE)
        shown.go(path)
        # An unknown address answers 404, which the browser reports as an error of its own.
        shown.errors.clear()
        assert not shown.violations(), name
        assert not shown.is_too_wide(), name
    asking = window(editor)
    asking.go(reverse("approvals:ask", args=[ApprovalLink.objects.get().page_id]))
    assert not asking.violations()
    assert not asking.is_too_wide()


def test_reader_who_is_stuck_says_so_with_one_tap(window, site_tree):
    guide = GuidePageFactory(parent=site_tree.guides, title="Cài VNeID")
    shown = window(Client(), scripts=False, size=PHONE)
    page = shown.go(f"{GuidePage.objects.get(pk=guide.pk).url}buoc-2/")
    page.get_by_role("button", name="Tôi bị kẹt ở bước này").click()
    expect(page.get_by_role("heading", name="Cảm ơn bà con, xã đã ghi lại.")).to_be_visible()
    assert StuckCount.objects.get().count == 1
    page.get_by_role("link", name="Mời tổ công nghệ số đến giúp").click()
    expect(page.get_by_label("Giúp việc gì")).to_have_value("Cài VNeID, bước 2: Bấm nút thứ 2")
