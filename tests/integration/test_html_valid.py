"""Every public page is valid HTML: html5lib everywhere, the Nu checker where Java and its jar are (always in CI)."""

import json
import os
import shutil
import subprocess

import html5lib
import pytest

# Beside what the sitemap lists: pages that crawlers are not sent to.
UNLISTED = ["/tim-kiem/", "/tim-kiem/?q=gia+dinh+so", "/tim-kiem/?q=zzzz", "/khong-co-trang-nay/"]


@pytest.fixture(scope="module")
def pages(site):
    """The HTML of every public page, by path."""
    guides = [path for path in site.sitemap() if path.startswith("/huong-dan/") and path != "/huong-dan/"]
    steps = [f"{path}buoc-1/" for path in guides]
    return {path: site.get(path).text for path in [*site.sitemap(), *steps, *UNLISTED]}


def test_every_page_parses_without_error(pages):
    broken = {}
    for path, text in pages.items():
        parser = html5lib.HTMLParser()
        parser.parse(text)
        if parser.errors:
            broken[path] = parser.errors[:3]
    assert not broken


def test_every_page_satisfies_the_nu_checker(pages, tmp_path):
    jar = os.environ.get("VNU_JAR")
    if not jar or not shutil.which("java"):
        assert os.environ.get("CI") != "true", "in CI the HTML checker may not be skipped"
        pytest.skip("no Java or no VNU_JAR: the Nu HTML checker did not run")
    for number, text in enumerate(pages.values()):
        (tmp_path / f"{number}.html").write_text(text, encoding="utf-8")
    command = ["java", "-jar", jar, "--format", "json", "--skip-non-html", str(tmp_path)]
    messages = json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stderr)["messages"]
    names = list(pages)
    assert not [
        f"{names[int(message['url'].rsplit('/', 1)[1].removesuffix('.html'))]}: {message['message']}"
        for message in messages
        if message["type"] != "info" or message.get("subType") == "warning"
    ]
