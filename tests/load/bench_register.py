"""The office's list at two sizes: first page, filters, searches and counts, by the selector and over HTTP."""

from functools import partial
from typing import Any

from tests.load.growth import Case, Officer
from tests.load.people import RARE_NICKNAME

MOST_QUERIES, ROUNDS = 15, 15
LIST = "/quan-tri/so-ho/"
#: What a clerk types.
SEARCHES = {
    "rare nickname, toneless": RARE_NICKNAME.lower().replace("ê", "e"),
    "given name, toneless": "hoa",
    "most common surname": "pham",
    "surname and middle name": "pham van",
    "part of a word": "ngu",
    "two letters": "ho",
    "common full name, toneless": "pham thi hoa",
    "common full name with tones": "Phạm Văn Hùng",
    "rarer full name": "bui ngoc tuyet",
    "nickname": "cha thao",
    "phone, last three digits": "821",
    "phone, last six digits": "774821",
    "phone, beginning": "0354 821",
    "code, whole": "BT-0412K",
    "code, part": "bt04",
    "nobody": "khongai",
}


def cases(officer: Officer) -> list[Case]:
    """Everything that the list answers."""
    from portal.households.models import Village
    from portal.households.selectors.register import ListState

    village = Village.objects.values_list("pk", flat=True).get(number=3)
    asked: dict[str, dict[str, Any]] = {"first page": {}, "village": {"village": village}}
    asked |= {f"state {state.value}": {"state": state.value} for state in ListState}
    asked |= {f"village and state {state.value}": {"village": village, "state": state.value} for state in ListState}
    asked |= {name: {"words": words} for name, words in SEARCHES.items()}
    asked |= {
        f"state {state.value} and {words}": {"state": state.value, "words": words}
        for state in ListState
        for words in ("hoa", "pham thi hoa")
    }
    asked |= {f"village and {name}": {"village": village, "words": words} for name, words in SEARCHES.items()}
    return [
        *(Case(f"selector: {name}", partial(page_and_count, query)) for name, query in asked.items()),
        *(Case(f"page: {name}", partial(officer.get, LIST, over_http(query))) for name, query in asked.items()),
    ]


def page_and_count(query: dict[str, Any]) -> tuple[int, str]:
    """The rows of the first page, and how many there are."""
    from portal.households.selectors.register import RegisterQuery

    found = RegisterQuery(**query)
    return len(found.households), found.count


def over_http(query: dict[str, Any]) -> dict[str, Any]:
    """The same as the page's form asks for it."""
    names = {"village": "thon", "state": "viec", "words": "q"}
    return {names[key]: value for key, value in query.items()}
