"""The door of the staff's side, and what its pages may load."""

import re

import pytest
from django.urls import NoReverseMatch, reverse

from tests.factories.core import PASSWORD, UserFactory
from tests.factories.stories import StoryPageFactory

pytestmark = pytest.mark.django_db
LOGIN = "/quan-tri/login/"


def message_after(stranger, username: str, password: str) -> list[str]:
    page = stranger.post(LOGIN, {"username": username, "password": password}).content.decode()
    return re.findall(r'<li class="error">\s*(.+?)\s*</li>', page)


def test_sign_in_does_not_tell_who_has_an_account(stranger):
    UserFactory(username="lan")
    UserFactory(username="nghi", is_active=False)
    sentence = ["Tên đăng nhập hoặc mật khẩu chưa đúng."]
    assert message_after(stranger, "lan", "sai") == sentence
    assert message_after(stranger, "khong-co", "sai") == sentence
    assert message_after(stranger, "nghi", PASSWORD) == sentence


def test_sign_in_with_an_account_without_a_role_opens_nothing(stranger):
    UserFactory(username="lan")
    stranger.post(LOGIN, {"username": "lan", "password": PASSWORD})
    assert stranger.get(reverse("wagtailadmin_home")).status_code == 302


def test_forgotten_password_goes_to_the_administrator(stranger):
    """There is no mail server to send a link with, and nobody can ask which addresses have an account."""
    assert "password_reset" not in stranger.get(LOGIN).content.decode()
    try:
        address = reverse("wagtailadmin_password_reset")
    except NoReverseMatch:
        return
    assert stranger.get(address).status_code == 404


@pytest.mark.parametrize("path", [LOGIN, "/quan-tri/"])
def test_admin_pages_load_nothing_from_elsewhere_and_stay_out_of_caches(path, editor):
    response = editor.get(path)
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert not re.search(r"https?:|\*", policy)
    assert "no-store" in response["Cache-Control"] or "private" in response["Cache-Control"]


def test_public_pages_keep_the_strict_policy(stranger, stories):
    assert "unsafe-inline" not in stranger.get(stories.url)["Content-Security-Policy"]


def test_home_names_no_address_outside_the_site(editor):
    page = editor.get(reverse("wagtailadmin_home")).content.decode()
    abroad = set(re.findall(r"(?:src|href)=\"(https?://[^\"]+)", page))
    assert not {address for address in abroad if "localhost" not in address and "127.0.0.1" not in address}


def test_session_of_a_stranger_never_sees_a_draft(stranger, editor, stories, story_form):
    editor.post(reverse("wagtailadmin_pages:add", args=["stories", "storypage", stories.pk]), story_form())
    page = stories.get_children().model.objects.get(slug="ba-y-lan-ban-ca-phe-bang-ma-qr")
    for name in ("wagtailadmin_pages:view_draft", "wagtailadmin_pages:edit"):
        assert stranger.get(reverse(name, args=[page.pk])).status_code == 302
    assert stranger.get(page.url).status_code == 404


def test_preview_may_stand_in_the_editors_frame_and_other_pages_in_none(editor, stories):
    page = StoryPageFactory(parent=stories, owner=editor.user, draft=True)
    page.save_revision()
    preview = editor.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert "frame-ancestors 'self'" in preview["Content-Security-Policy"]
    assert "unsafe-inline" not in preview["Content-Security-Policy"]
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert editor.get(address, {"in_preview_panel": "true"})["X-Frame-Options"] == "SAMEORIGIN"
    assert editor.get(reverse("wagtailadmin_home"))["X-Frame-Options"] == "DENY"
