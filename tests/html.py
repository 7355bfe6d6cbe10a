"""Is it valid HTML: html5lib everywhere, the Nu checker where Java and its jar are (always in CI)."""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import html5lib
import pytest


def parse_errors(texts: Mapping[str, str]) -> dict[str, list[object]]:
    """{name: first errors} of the pages that do not parse cleanly."""
    broken = {}
    for name, text in texts.items():
        parser = html5lib.HTMLParser()
        parser.parse(text)
        if parser.errors:
            broken[name] = parser.errors[:3]
    return broken


def nu_messages(texts: Mapping[str, str], folder: Path) -> list[str]:
    """What the Nu checker has against them; skips the test where it is not at hand."""
    jar = os.environ.get("VNU_JAR")
    if not jar or not shutil.which("java"):
        assert os.environ.get("CI") != "true", "in CI the HTML checker may not be skipped"
        pytest.skip("no Java or no VNU_JAR: the Nu HTML checker did not run")
    for number, text in enumerate(texts.values()):
        (folder / f"{number}.html").write_text(text, encoding="utf-8")
    command = ["java", "-jar", jar, "--format", "json", "--skip-non-html", str(folder)]
    messages = json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stderr)["messages"]
    names = list(texts)
    return [
        f"{names[int(message['url'].rsplit('/', 1)[1].removesuffix('.html'))]}: {message['message']}"
        for message in messages
        if message["type"] != "info" or message.get("subType") == "warning"
    ]
