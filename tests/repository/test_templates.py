"""Every template and icon is used, every one that is named exists, and every component says what it takes."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.template.loader import get_template
from wagtail.models import Page

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
# The column's own mark keeps its colours; every other icon takes those of the text.
PLAIN_ICONS = sorted(path for path in (TEMPLATES / "icons").glob("*.svg") if path.stem != "logo")
FOUND_BY_NAME = {"403.html", "403_csrf.html", "404.html", "500.html"}  # Django looks for these itself


def all_templates():
    return sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))


def sources():
    """The text of everything that may name a template or an icon."""
    places = [*TEMPLATES.rglob("*.*"), *(ROOT / "portal").rglob("*.py")]
    return {
        path: path.read_text(encoding="utf-8") for path in places if path.suffix in {".html", ".py", ".txt", ".xml"}
    }


def page_templates():
    ours = [model for model in apps.get_models() if issubclass(model, Page) and model.__module__.startswith("portal.")]
    return {
        model._meta.app_label + "/" + re.sub(r"(?<!^)(?=[A-Z])", "_", model.__name__).lower() + ".html"
        for model in ours
    }


def overrides_a_package(name):
    """Whether a package has a template of this name, which ours replaces."""
    folders = [Path(config.path) / "templates" for config in apps.get_app_configs()]
    return any((folder / name).exists() for folder in folders if ROOT / "portal" not in folder.parents)


def test_every_template_is_used():
    named = {name for text in sources().values() for name in re.findall(r"[\"']([\w/.-]+\.html)[\"']", text)}
    reached = named | page_templates() | FOUND_BY_NAME
    assert not [name for name in all_templates() if name not in reached and not overrides_a_package(name)]


@pytest.mark.parametrize("name", all_templates())
def test_template_compiles_and_finds_what_it_names(name):
    get_template(name)
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    for other in re.findall(r"{% (?:include|extends) \"([^\"]+)\"", text):
        get_template(other)


def test_icons_drawn_and_icons_used_are_the_same():
    drawn = {path.stem for path in (TEMPLATES / "icons").glob("*.svg")}
    texts = sources().values()
    named = {name for text in texts for name in re.findall(r"{% icon \"([\w-]+)\"", text)}
    assert not named - drawn
    assert not [name for name in drawn if not any(re.search(rf"[\"']{name}[\"']", text) for text in texts)]


@pytest.mark.parametrize("icon", PLAIN_ICONS, ids=lambda path: path.stem)
def test_icon_takes_the_colour_of_the_text_and_stays_silent(icon):
    text = icon.read_text(encoding="utf-8")
    assert 'class="icon"' in text
    assert not re.search(r"#[0-9a-fA-F]{3}|(?:fill|stroke)=\"(?!none|currentColor)", text)
    assert 'aria-hidden="true"' in text
    assert 'focusable="false"' in text


@pytest.mark.parametrize("name", [name for name in all_templates() if name.startswith("components/")])
def test_component_says_what_it_takes(name):
    assert "{% comment %}" in (TEMPLATES / name).read_text(encoding="utf-8")


def test_no_template_trusts_text_or_styles_inline():
    """`|safe` lets an editor's text become markup; a style attribute is blocked by the content security policy."""
    trusting = re.compile(r"\|safe\b|{% autoescape off|\sstyle=\"|<style\b|\son\w+=\"")
    assert not [name for name in all_templates() if trusting.search((TEMPLATES / name).read_text(encoding="utf-8"))]


def test_forms_that_are_included_apart_get_their_token():
    """`only` leaves the token of the page behind, and the server would refuse the form."""
    with_token = {name for name in all_templates() if "{% csrf_token %}" in (TEMPLATES / name).read_text("utf-8")}
    included = re.compile(r"{% include \"([^\"]+)\"([^%]*) only %}")
    lost = [
        f"{name}: {other}"
        for name in all_templates()
        for other, given in included.findall((TEMPLATES / name).read_text("utf-8"))
        if other in with_token and "csrf_token=" not in given
    ]
    assert not lost
