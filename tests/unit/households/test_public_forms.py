"""Tokens of public forms, and the numbers that nobody should write into them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.core.codes import spoken_code
from portal.core.public_forms import FORM_SALT, FormToken, refuse_secret_numbers


def test_token_comes_back_as_it_went():
    token = FormToken.new()
    assert FormToken.read(token.signed) == token


@pytest.mark.parametrize(
    "signed",
    [
        "",
        "x",
        signing.dumps("only a word", salt=FORM_SALT),
        signing.dumps(["no uuid", "2026-11-22"], salt=FORM_SALT),
        signing.dumps([str(uuid4()), "2026-11-22T08:00:00+07:00"], salt="another form"),
        FormToken.new().signed[:-1],
    ],
)
def test_token_that_is_not_ours_is_none(signed):
    assert FormToken.read(signed) is None


def test_token_is_fresh_for_a_day_and_renewed_as_the_same_form():
    old = FormToken(uuid4(), timezone.now() - timedelta(hours=25))
    assert not old.is_fresh
    assert old.renewed().uuid == old.uuid
    assert old.renewed().is_fresh
    assert not old.renewed().is_hasty
    assert FormToken.new().is_hasty


@pytest.mark.parametrize("text", ["Nhà số 12", "0356 123 456", "cạnh cột 110 kV", "sinh 1958", "+84 356 123 456", ""])
def test_ordinary_numbers_may_stand(text):
    refuse_secret_numbers(text)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("051099123456", "căn cước"),
        ("số 051 099 123 456", "căn cước"),
        ("051.099.123.456", "căn cước"),
        ("mã 482913", "OTP"),
        ("tài khoản 4205 2051 2345 6", "số tài khoản"),
        ("19036789012345", "số tài khoản"),
    ],
)
def test_secret_numbers_are_turned_away(text, word):
    with pytest.raises(ValidationError, match=word):
        refuse_secret_numbers(text)


def test_code_is_spoken_letter_by_letter():
    assert spoken_code("BT-0412K") == "bê tê, không bốn một hai, ca"
