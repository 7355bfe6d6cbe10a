"""A telephone with an authenticator, and browsers that have come through the door with it."""

import re
from html import unescape

from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from portal.core.models import StaffSession, User
from tests.factories.core import PASSWORD

LOGIN = "/quan-tri/login/"
CODE = "/quan-tri/buoc-hai/"
SET_UP = "/quan-tri/buoc-hai/dat/"


def code_of(key: str, steps: int = 0) -> str:
    """What the telephone shows now, or `steps` half minutes later."""
    clock = TOTP(bytes.fromhex(key))
    clock.drift = steps
    return f"{clock.token():06d}"


def telephone_of(user: User) -> str:
    """The secret of a telephone that this account has set up."""
    return TOTPDevice.objects.create(user=user, key=TOTPDevice().key).key


def sign_in(user: User, browser: Client | None = None, *, password: str = PASSWORD, **where: str) -> Client:
    """The password given, and no more."""
    browser = browser or Client(**where)
    browser.post(LOGIN, {"username": user.username, "password": password})
    return browser


def pass_second_step(browser: Client) -> None:
    """Mark the browser's session as having given its code."""
    StaffSession.objects.filter(pk=browser.session["phien"]).update(verified_at="2026-01-01T00:00:00Z")


def through_the_door(user: User) -> Client:
    """A browser in which this account has done both steps."""
    browser = Client()
    browser.force_login(user)
    pass_second_step(browser)
    return browser


def words_of(response) -> str:
    """What a page says, without its markup."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())
