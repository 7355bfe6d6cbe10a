"""Reading a staff page as a person does: its form as it would be sent back, and its words."""

import re
from html import unescape

import html5lib


def tree_of(response):
    """The page, which must be valid enough for the strict parser."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(response.content.decode())
    assert not parser.errors, parser.errors[:3]
    return tree


def words_of(response):
    """All words of the page on one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def boxes_of(response, number=-1):
    """{name: value or [values]} of one form as a browser would send it back untouched."""
    form = list(tree_of(response).iter("form"))[number]
    values = {}
    for element in form.iter():
        name = element.get("name") if isinstance(element.tag, str) else None
        if not name or element.get("type") == "submit" or element.tag == "button":
            continue
        if element.tag == "select":
            chosen = [option for option in element.iter("option") if "selected" in option.attrib]
            values.setdefault(name, []).append((chosen or list(element.iter("option")))[0].get("value", ""))
        elif element.tag == "textarea":
            values.setdefault(name, []).append((element.text or "").removeprefix("\n"))
        elif element.get("type") not in {"radio", "checkbox"}:
            values.setdefault(name, []).append(element.get("value", ""))
        elif "checked" in element.attrib:
            values.setdefault(name, []).append(element.get("value", "on"))
    return {name: given if len(given) > 1 else given[0] for name, given in values.items()}
