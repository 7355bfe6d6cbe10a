"""Every staff page of the register is valid HTML, and none of them is forgotten here."""

import pytest

from tests.html import nu_messages, parse_errors
from tests.integration.register.desk_pages import desk_pages
from tests.integration.register.test_access_matrix import GUARDED

pytestmark = pytest.mark.django_db
#: What is no page of its own: answers with a file or JSON, and buttons that lead back to a page.
NO_PAGES = {
    "team:evidence",
    "team:visit_batch",
    "team:take_help",
    "team:remove_candidate",
    "team:answer_objection",
    "team:submit_proposal",
    "office:distinct",
    "office:undo_merge",
    "office:decide",
    "office:drop_criterion",
    "titles:minutes",
    "titles:request_paper",
    "titles:decision_paper",
    "titles:scan",
    "titles:print_decision",
    "titles:print_certificate",
    "exchange:confirm",
}


def test_every_desk_page_is_valid_html_and_none_is_forgotten(tmp_path):
    pages = desk_pages()
    routes = {f"{room}:{pattern.name}" for room, pattern in GUARDED}
    assert {page.view for page in pages} | NO_PAGES == routes
    texts = {page.name: page.html for page in pages}
    assert not parse_errors(texts)
    assert not nu_messages(texts, tmp_path)
