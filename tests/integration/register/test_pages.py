"""Every page of the register is valid HTML, and none of them is forgotten here."""

import pytest

from tests.html import nu_messages, parse_errors
from tests.integration.register.desk_pages import desk_pages
from tests.integration.register.public_pages import public_pages
from tests.integration.register.test_access_matrix import GUARDED, ROUTES

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
#: Other rooms look after their own pages.
ROOMS = {"register", "team", "office", "titles", "exchange"}
#: What is no page of its own: answers with a file or JSON, and buttons that lead back to a page.
NO_PAGES = {
    "register:paper",
    "register:progress_feed",
    "register:progress_picture",
    "register:progress_table",
    "team:evidence",
    "team:visit_batch",
    "team:take_help",
    "team:add_passing",
    "team:remove_candidate",
    "team:answer_objection",
    "team:submit_proposal",
    "team:drop_minutes_scan",
    "team:minutes_scan",
    "office:distinct",
    "office:undo_merge",
    "office:decide",
    "office:drop_criterion",
    "titles:minutes",
    "titles:minutes_scan",
    "titles:request_paper",
    "titles:decision_paper",
    "titles:scan",
    "titles:print_decision",
    "titles:print_certificate",
    "exchange:confirm",
    "exchange:try_again",
}


@pytest.mark.parametrize("album", [desk_pages, public_pages])
def test_every_page_is_valid_html_and_none_is_forgotten(album, tmp_path):
    pages = album()
    routes = {
        f"{room}:{pattern.name}"
        for room, pattern in ROUTES
        if room in ROOMS and ((room, pattern) in GUARDED) == (album is desk_pages)
    }
    assert {page.view for page in pages} == routes - NO_PAGES
    texts = {page.name: page.html for page in pages}
    assert not parse_errors(texts)
    assert not nu_messages(texts, tmp_path)
