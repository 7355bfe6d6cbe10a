"""Copies of Wagtail's templates differ from hers in words alone, so that an upgrade that changes one is noticed."""

from pathlib import Path

import pytest
import wagtail

HERS = Path(wagtail.__file__).parent / "admin/templates/wagtailadmin"
OURS = Path(__file__).resolve().parents[2] / "templates/wagtailadmin"
#: What she writes in English without asking a catalogue, and what stands there instead.
WORDS = {
    "shared/header.html": {'value="Search"': 'value="Tìm kiếm"'},
    "shared/headers/_actions.html": {'aria-label="Actions"': 'aria-label="Thao tác"'},
    "shared/user_avatar.html": {
        "{% if not username %}{{ user }}{% else %}{{ username }}{% endif %}": '{{ username|default:user|default:"" }}'
    },
    "tables/boolean_cell.html": {"value|stringformat:'s'": 'value|yesno:"Có,Không,Chưa rõ"'},
}


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize("name", WORDS)
def test_copy_differs_in_words_alone(name):
    text = (HERS / name).read_text(encoding="utf-8")
    for english, vietnamese in WORDS[name].items():
        assert english in text
        text = text.replace(english, vietnamese)
    assert lines((OURS / name).read_text(encoding="utf-8")) == lines(text)
