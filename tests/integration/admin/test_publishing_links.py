"""A page whose links lead nowhere inside the column is not published."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import rich_text, streamfield

pytestmark = pytest.mark.django_db


def test_page_with_a_break_inside_is_not_published_and_nothing_typed_is_lost(site_tree, reviewer, story_form):
    body = '<p>Xem <a href="/khong-con/">ở đây</a>, hoặc <a href="https://example.org/">ngoài kia</a>.</p>'
    form = story_form(body=streamfield([("text", rich_text(body))]))
    add = reverse("wagtailadmin_pages:add", args=["stories", "storypage", site_tree.stories.pk])
    page = reviewer.post(add, {**form, "action-publish": "1"})
    shown = page.content.decode()
    assert "Liên kết “ở đây”: không còn trang này." in shown
    assert "ngoài kia”:" not in shown
    assert "Bà Y Lan tự nhận tiền" in shown
    assert not site_tree.stories.get_children().exists()
    assert reviewer.post(add, form).status_code == 302, "a draft may be as it is"
