"""The repository as data: these tests read our files, not the running site."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {
    ".git",
    ".venv",
    ".venv-audit",
    ".venv-scan",
    ".venv-tools",
    "var",
    "__pycache__",
    ".hypothesis",
    "test-results",
}


def our_files(folder: Path = ROOT) -> Iterator[Path]:
    """Every file that we wrote, wherever it lies."""
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.name in NOT_OURS or entry.name.endswith("_cache"):
            continue
        if entry.is_dir():
            yield from our_files(Path(entry.path))
        else:
            yield Path(entry.path)


@pytest.fixture(scope="session")
def files() -> list[Path]:
    """All our files."""
    return list(our_files())
