"""Answers of the register's views, kept to be looked at: are they valid, can everybody read them?"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ShownPage:
    """One answer, and what it is called in a failing test."""

    name: str
    view: str
    html: str
    policy: str


class Album(list[ShownPage]):
    """Pages in the order in which they were opened."""

    def keep(self, role: str, answer: Any, note: str = "") -> Any:
        """Take an answer that is a page, and give it back."""
        view = answer.resolver_match.view_name
        name = f"{role}: {view}{f' ({note})' if note else ''}"
        assert answer.status_code in {200, 409, 422}, (name, answer.status_code)
        assert name not in {page.name for page in self}, name
        self.append(ShownPage(name, view, answer.content.decode(), answer["Content-Security-Policy"]))
        return answer
