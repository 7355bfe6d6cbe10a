"""Whatever staff meet reads Vietnamese: every screen below their door, mistakes, refusals, and the mail they get."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from portal.home.desk.roles import ADMINISTRATOR, EDITOR, REVIEWER
from portal.households.permissions import LEADER_GROUP, OFFICER_GROUP, TEAM_GROUP
from portal.stories.models import StoryPage
from tests.english import english_in, english_on, english_texts
from tests.integration.admin.screens import Office, words_of

#: What the walk must at least have seen, so that it cannot pass by being sent away everywhere.
WRITERS = """
    wagtailadmin_home wagtailadmin_account wagtailadmin_explore wagtailadmin_choose_page
    wagtailadmin_pages:add wagtailadmin_pages:edit wagtailadmin_pages:history wagtailadmin_pages:usage
    wagtailadmin_pages:copy wagtailadmin_pages:revisions_compare wagtailadmin_pages:workflow_history
    wagtailimages:index wagtailimages:edit wagtailimages_chooser:choose wagtaildocs:edit recordings:inspect
"""
PUBLISHERS = f"""
    {WRITERS} wagtailadmin_pages:unpublish wagtailadmin_pages:move wagtail_bulk_action wagtailadmin_reports:workflow
    wagtailadmin_reports:aging_pages alerts:edit alerts:delete
"""
REACHED = {
    EDITOR: WRITERS,
    REVIEWER: f"{PUBLISHERS} wagtailadmin_pages:workflow_action",
    ADMINISTRATOR: f"""
        {PUBLISHERS} wagtailadmin_pages:delete wagtailadmin_collections:edit wagtailadmin_workflows:edit
        wagtailadmin_workflows:edit_task wagtailredirects:edit wagtailredirects:start_import wagtailsites:edit
        wagtailsettings:edit wagtailusers_users:edit wagtailusers_groups:edit villages:history door:own_account
        door:account door:close
    """,
    OFFICER_GROUP: "office:index office:household office:duplicates office:teams titles:index exchange:index",
    LEADER_GROUP: "office:log titles:index wagtailadmin_account",
    TEAM_GROUP: "team:today team:households team:household team:visit team:proposals team:register",
}
#: Screens whose form is also sent empty, for the sentences beside the boxes.
FORMS = re.compile(r"^(?!wagtailadmin_pages).*:(add|edit|create|start_import)$")

pytestmark = [pytest.mark.any_database, pytest.mark.django_db, pytest.mark.usefixtures("lenient_templates")]


@pytest.mark.parametrize("role", REACHED)
def test_screens_of_a_role_read_vietnamese(role, site_tree):
    office = Office()
    desk = office.desk_of(role)
    seen, found = set(), {}
    for name, address in office.addresses():
        response = desk.get(address)
        if response.status_code != 200:
            continue
        seen.add(name)
        found[name] = english_on(words_of(response))
        if FORMS.search(name):
            found[f"{name}, sent empty"] = english_on(words_of(desk.post(address)))
    assert not {name: english for name, english in found.items() if english}
    assert set(REACHED[role].split()) <= seen


def test_way_in_reads_vietnamese(stranger):
    address = reverse("wagtailadmin_login")
    shown = stranger.get(address).content.decode()
    refused = stranger.post(address, {"username": "ai-do", "password": "sai"}).content.decode()
    assert not english_on(shown) | english_on(refused)
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in refused


def test_refusals_read_vietnamese(editor, site_tree):
    sent_away = editor.get(reverse("wagtailusers_users:index"), follow=True).content.decode()
    lost = editor.get("/quan-tri/khong-co/").content.decode()
    too_old = Client(enforce_csrf_checks=True).post(reverse("wagtailadmin_login"), {"username": "ai-do"})
    assert not english_on(sent_away) | english_on(lost) | english_on(too_old.content.decode())
    assert too_old.status_code == 403
    assert "Trang mở đã lâu nên chưa gửi được." in too_old.content.decode()


def test_mail_of_the_review_reads_vietnamese(editor, reviewer, stories, story_form):
    add = reverse("wagtailadmin_pages:add", args=["stories", "storypage", stories.pk])
    editor.post(add, {**story_form(), "action-submit": "1"})
    for action, answer in (("reject", {"comment": "Ghi rõ ngày."}), ("resume", {}), ("approve", {})):
        if action == "resume":
            edit = reverse("wagtailadmin_pages:edit", args=[StoryPage.objects.get().pk])
            editor.post(edit, {**story_form(), "action-submit": "1"})
            continue
        page = StoryPage.objects.get()
        step = [page.pk, action, page.current_workflow_task_state.pk]
        reviewer.post(reverse("wagtailadmin_pages:workflow_action", args=step), answer)
    letters = [f"{letter.subject}\n{letter.body}" for letter in mail.outbox]
    assert len(letters) >= 4
    assert not [line for letter in letters for line in letter.splitlines() if english_in(line)]


def test_detector_sees_nearly_every_english_text():
    """What it misses are joints between names: “by”, “at”."""
    texts = [re.sub(r"%\([^)]*\)[sd]|\{[^}]*\}|<[^>]*>", " ", text) for text in english_texts()]
    missed = [text for text in texts if len(text.strip()) > 4 and not english_in(text)]
    assert len(missed) < 20, missed


def test_detector_passes_vietnamese_written_without_marks():
    assert not english_in("xem trang nay, roi bam nut xanh")
    assert not english_in("Cho xem anh, tai lieu PDF, trang web")
