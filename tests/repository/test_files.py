"""House rules on files: short, free of unfinished marks, of addresses in locks and of one machine's paths."""

import ast
import re
from pathlib import Path
from unicodedata import is_normalized

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
TEXT_SUFFIXES = {".py", ".html", ".css", ".js", ".md", ".toml", ".txt", ".in", ".sh", ".svg", ".xml", ""}
# In pieces, so that this file does not find itself.
FOLDERS = "|".join(("work", "root", "farm", "Users", "home/[a-z]+/[a-z]+"))
MARKS = "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3))
MACHINE_PATH = re.compile(rf"(?:^|[^\w.])/(?:{FOLDERS})/", re.MULTILINE)
UNFINISHED = re.compile(rf"\b(?:{MARKS})\b")


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_python_file_has_at_most_400_lines(files):
    long = {named(path): len(lines(path)) for path in files if path.suffix == ".py" and "migrations" not in path.parts}
    assert not {name: length for name, length in long.items() if length > 400}


def test_function_has_at_most_40_lines(files):
    modules = (path for path in files if path.suffix == ".py" and "migrations" not in path.parts)
    assert not [
        f"{named(path)}:{node.lineno} {node.name}"
        for path in modules
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno - node.lineno >= 40
    ]


def test_template_has_at_most_120_lines(files):
    long = {named(path): len(lines(path)) for path in files if path.suffix == ".html" and "templates" in path.parts}
    assert not {name: length for name, length in long.items() if length > 120}


def test_migrations_have_fewer_than_40_lines_for_each_model(files):
    """Block definitions in migrations, which this is to catch, cost hundreds of lines a page type."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("portal.")]
    total = sum(len(lines(path)) for path in files if path.suffix == ".py" and "migrations" in path.parts)
    assert total < 40 * len(ours)


def test_text_names_no_path_of_one_machine(files):
    texts = (path for path in files if path.suffix in TEXT_SUFFIXES)
    assert not [named(path) for path in texts if MACHINE_PATH.search(path.read_text(encoding="utf-8"))]


def test_vietnamese_is_written_in_composed_letters(files):
    """NFC everywhere: two forms of one letter make two different words to search, sort and compare."""
    texts = (path for path in files if path.suffix in {*TEXT_SUFFIXES, ".po"})
    assert not [named(path) for path in texts if not is_normalized("NFC", path.read_text(encoding="utf-8"))]


def test_text_carries_no_unfinished_mark(files):
    texts = (path for path in files if path.suffix in TEXT_SUFFIXES)
    assert not [named(path) for path in texts if UNFINISHED.search(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("lock", ["base", "dev", "scan", "audit"])
def test_lock_names_no_address_and_hashes_every_package(lock):
    text = (ROOT / f"requirements/{lock}.txt").read_text()
    assert not re.search(r"://|index-url|find-links|trusted-host", text)
    packages = re.split(r"\n(?=\S)", text.strip())
    assert packages
    assert all("--hash=sha256:" in package for package in packages)


@pytest.mark.parametrize("lock", ["base", "dev", "scan", "audit"])
def test_lock_was_written_after_the_last_change_of_what_is_wanted(lock):
    wanted = re.findall(r"^([\w.-]+)(?:\[.+\])?(==\S+)", (ROOT / f"requirements/{lock}.in").read_text(), re.MULTILINE)
    locked = {line.split(" ")[0] for line in lines(ROOT / f"requirements/{lock}.txt")}
    assert not [name + version for name, version in wanted if (name + version).lower() not in locked], "run make lock"


def test_dev_lock_holds_every_line_of_the_base_lock():
    """The installer relies on it: a machine with the dev lock needs nothing more to run."""
    base, dev = (set(lines(ROOT / f"requirements/{lock}.txt")) for lock in ("base", "dev"))
    assert {line.rstrip(" \\") for line in base} <= {line.rstrip(" \\") for line in dev}


def test_ci_runs_the_command_of_the_readme():
    script = ROOT / ".ci/run"
    assert script.stat().st_mode & 0o111
    assert "make test" in lines(script)
    assert "make test" in (ROOT / "README.md").read_text()


def test_changelog_starts_with_the_version_of_the_project():
    version = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(), re.MULTILINE).group(1)
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE).group(1)
    assert newest == version
