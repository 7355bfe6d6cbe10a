"""A family at its phone: walks through the entry form as a browser does, reading what is on the page."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape

import time_machine
from django.test import Client
from django.utils import timezone

#: What a person needs at least before sending.
READING = timedelta(seconds=20)


def text_of(response):
    """What the page says, tags left out."""
    body = re.sub(r"<(script|style|svg|header|footer).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def title_of(response):
    return unescape(re.search(r"<title>(.*?) ·", response.content.decode(), re.DOTALL).group(1)).strip()


def codes_of(response):
    """(code, secret) as the receipt shows them."""
    found = re.findall(r'class="code">([^<]+)<', response.content.decode())
    return found[0], "".join(found[1].split()) if len(found) > 1 else ""


@dataclass
class Phone:
    """One browser at one round's form. Without cookies the hidden box alone carries the draft."""

    path: str
    has_cookies: bool = True
    client: Client = field(default_factory=Client)
    page: object = None

    @classmethod
    def at(cls, round_, **given):
        return cls(f"/minigame/{round_.game.slug}/vong-{round_.number}/du-thi/", **given)

    def open(self, query=""):
        self.page = self.client.get(self.path + query)
        return self._settle()

    def press(self, button, value, boxes=None, **headers):
        """Send the form at hand with these boxes; follows a redirect as a browser would."""
        data = {**self.filled, "draft": self.draft, button: value, **(boxes or {})}
        self.page = self.client.post(self.path, data, **headers)
        return self._settle()

    def on(self, boxes=None, /, **more):
        return self.press("di", "toi", {**(boxes or {}), **more})

    def back(self, **boxes):
        return self.press("di", "lui", boxes)

    def send(self, **boxes):
        """Press “Gửi bài” once the family has read what it sends."""
        with time_machine.travel(timezone.now() + READING, tick=True):
            return self.press("di", "gui", boxes)

    def resend(self, draft, after=READING):
        """The same form once more, so long from now: a reload after a lost line."""
        with time_machine.travel(timezone.now() + after, tick=True):
            return self.client.post(self.path, {"draft": draft, "di": "gui"})

    def _settle(self):
        if not self.has_cookies:
            self.client.cookies.clear()
        if self.page.status_code == 303:
            self.page = self.client.get(self.page.headers["Location"])
        return self.page

    @property
    def html(self):
        return self.page.content.decode()

    @property
    def text(self):
        return text_of(self.page)

    @property
    def title(self):
        return title_of(self.page)

    @property
    def draft(self):
        found = re.search(r'name="draft" value="([^"]*)"', self.html)
        return unescape(found.group(1)) if found else ""

    @property
    def filled(self):
        """{name: value or values} of the boxes as they stand on the screen, which a browser sends along."""
        found = {}
        for tag in re.findall(r"<input ([^>]*)>", self.html):
            attributes = {key: unescape(value) for key, value in re.findall(r'([\w-]+)="([^"]*)"', tag)}
            if attributes.get("type") in {"radio", "checkbox"} and re.search(r"\bchecked\b", tag):
                found.setdefault(attributes["name"], []).append(attributes["value"])
        for name, text in re.findall(r'<textarea [^>]*name="(\w+)"[^>]*>(.*?)</textarea>', self.html, re.DOTALL):
            found[name] = unescape(text)
        return found

    @property
    def options(self):
        """{text: value} of the radio buttons of the screen."""
        found = re.findall(r'type="radio" value="([^"]*)"[^>]*>\s*<span>(.*?)</span>', self.html, re.DOTALL)
        return {unescape(text): value for value, text in found}

    @property
    def is_asked(self):
        """Whether a question of the game stands on the screen."""
        return re.search(r'name="q\d+"', self.html) is not None

    @property
    def question(self):
        """Name of the question's box."""
        return re.search(r'name="(q\d+)"', self.html).group(1)

    def answer(self, text=None):
        """Choose an answer, the first one unless told, and go on."""
        options = self.options
        return self.on({self.question: options[text] if text else next(iter(options.values()))})

    def tell_who(self, **boxes):
        return self.on({"code": "", "secret": "", "head_name": "", "village": "", "phone": "", **boxes})

    def walk_to_review(self, shown_as="chi-ma", **who):
        """From the first screen of a game of knowledge to the review, always with the first answer."""
        self.open()
        self.tell_who(**who)
        while self.is_asked:
            self.answer()
        if 'name="prediction"' in self.html:
            self.on(prediction="12")
        return self.on(shown_as=shown_as)
