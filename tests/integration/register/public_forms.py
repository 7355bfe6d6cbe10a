"""What the tests of the public side share: a form opened a while ago, and real posts."""

import re
from datetime import timedelta
from html import unescape
from uuid import uuid4

from django.utils import timezone

from portal.core.public_forms import FormToken


def token_opened(**ago):
    """The signed token of a form that was opened so long ago; a minute unless told."""
    return FormToken(uuid4(), timezone.now() - timedelta(**(ago or {"minutes": 1}))).signed


def filled(village, /, **changes):
    """A registration form as a family fills it in, nothing allowed but the register itself."""
    return {
        "token": token_opened(),
        "village": village.pk,
        "head_name": "Phạm Thị Ánh",
        "nickname": "Mẹ Ron",
        "neighbour_hint": "Cạnh nhà văn hóa",
        "member_count": "5",
        "phone": "0356 123 456",
        "phone_owner": "hang-xom",
        "answer_1": "co",
        "answer_3": "can-giup",
        "agree_register": "on",
        **changes,
    }


def text_of(response):
    """What the page says, tags left out."""
    body = re.sub(r"<(script|style|svg).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def codes_of(response):
    """(household code, secret) as the receipt shows them."""
    code = re.search(r"BT-\d{4,}[A-Z]", response.content.decode()).group()
    secret = re.search(r'class="code">(\d{3}) (\d{3})<', response.content.decode())
    return code, "".join(secret.groups()) if secret else ""


def hidden_boxes(response):
    """{name: value} of the hidden boxes on the page."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', response.content.decode())
    return {name: unescape(value) for name, value in found}
