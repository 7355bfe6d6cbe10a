"""The pages at the door in every state that they show: valid HTML, and Vietnamese."""

import pytest
from django.urls import reverse

from portal.core.models import Passkey, User
from tests.english import english_on
from tests.factories.access import PasskeyFactory
from tests.html import nu_messages, parse_errors
from tests.second_factor import CODE, SET_UP, sign_in, telephone_of, through_the_door

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
OWN = "/quan-tri/an-toan/"


def album(clerk: User, keeper: User, chair: User) -> dict[str, str]:
    """{what is seen: its HTML}."""
    newcomer = sign_in(clerk)
    first = {"set up": newcomer.get(SET_UP), "first passkey": newcomer.get(reverse("door:add_passkey"))}
    first["not made"] = newcomer.post(reverse("door:add_passkey"), {"passkey": "x"})
    PasskeyFactory(user=clerk)
    waiting, inside = sign_in(clerk), through_the_door(clerk)
    remove = reverse("door:remove_passkey", args=[Passkey.objects.get().pk])
    key_only = {"key owed": waiting.get(CODE), "wrong key": waiting.post(CODE, {"passkey": "x"})}
    key_only |= {"only key": inside.get(OWN), "proof by key": inside.get(reverse("door:confirm", args=["them-khoa"]))}
    telephone_of(clerk)
    both = {"both owed": waiting.get(CODE), "both": inside.get(OWN), "remove": inside.get(remove)}
    both["remove, wrong"] = inside.post(remove, {"passkey": "x"})
    telephone_of(keeper)
    colleague = through_the_door(keeper).get(reverse("door:account", args=[clerk.pk]))
    none = through_the_door(chair).get(OWN)
    seen = first | key_only | both | {"colleague": colleague, "no step": none}
    assert {name: page.status_code for name, page in seen.items() if page.status_code != 200} == {}
    return {name: page.content.decode() for name, page in seen.items()}


def test_pages_at_the_door_are_valid_html(clerk, keeper, chair, tmp_path):
    pages = album(clerk, keeper, chair)
    assert not parse_errors(pages)
    assert not nu_messages(pages, tmp_path)


def test_pages_at_the_door_read_vietnamese(clerk, keeper, chair):
    pages = album(clerk, keeper, chair)
    # What shows only where the browser knows passkeys is read as well.
    read = {name: english_on(text.replace(" hidden>", ">")) for name, text in pages.items()}
    assert not {name: english for name, english in read.items() if english}
