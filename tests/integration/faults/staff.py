"""A member of staff at a browser of his own, on a site that runs."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from tests.running_site import Answer, RunningSite

LOGIN = "/quan-tri/login/"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@dataclass
class Staff:
    """Cookies, name and password."""

    site: RunningSite
    username: str
    password: str
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        """With the token of the page at this address."""
        token = TOKEN.search(self.get(path).text)[1]
        return self._ask("POST", path, urlencode({"csrfmiddlewaretoken": token, **fields}))

    def sign_in_again(self) -> Answer:
        """At another browser."""
        other = Staff(self.site, self.username, self.password)
        return other.post(LOGIN, {"username": self.username, "password": self.password})

    def leave_alone(self) -> None:
        """The browser was last used twenty minutes ago: the next page marks the session as in use."""
        self.site.run(
            "from datetime import timedelta; from django.utils import timezone; from portal.core.models import *; "
            "StaffSession.objects.update(seen_at=timezone.now() - timedelta(minutes=20))"
        )

    def _ask(self, method: str, path: str, body: str | None = None) -> Answer:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded", "Origin": self.site.origin}
        answer = self.site.ask(method, path, headers, body)
        for line in answer.headers.get_all("Set-Cookie") or []:
            self.cookies.update({name: morsel.value for name, morsel in SimpleCookie(line).items()})
        return answer


def signed_in(site: RunningSite, username: str) -> Staff:
    """One of the accounts for a first look; its password is made anew, for the old one lies with the other site."""
    password = "mot-mat-khau-chi-de-thu-88"
    site.run(
        f"from portal.core.models import User; user = User.objects.get(username={username!r}); "
        f"user.set_password({password!r}); user.save()"
    )
    staff = Staff(site, username, password)
    answer = staff.post(LOGIN, {"username": username, "password": password})
    assert answer.status == 302, answer.text[:2000]
    return staff
