"""Settings come from the environment through one module, and .env.example tells of every name."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READERS = re.compile(r"env_\w+")
# What Django itself and the tests set for themselves.
ALLOWED_TO_TOUCH_ENVIRON = {"portal/settings/env.py", "portal/settings/test.py", "portal/wsgi.py", "manage.py"}


def names_read() -> set[str]:
    names = set()
    for path in (ROOT / "portal").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            function = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if READERS.fullmatch(function):
                names.add(node.args[0].value)
    return names


def test_env_example_names_exactly_what_the_settings_read():
    example = (ROOT / ".env.example").read_text()
    assert set(re.findall(r"^#? ?([A-Z0-9_]+)=", example, re.MULTILINE)) == names_read()


def test_environment_is_read_in_one_module():
    reading = [
        str(path.relative_to(ROOT))
        for path in [*(ROOT / "portal").rglob("*.py"), ROOT / "manage.py"]
        if re.search(r"\bos\.(?:environ|getenv)\b", path.read_text(encoding="utf-8"))
    ]
    assert set(reading) <= ALLOWED_TO_TOUCH_ENVIRON
