"""A server refuses to start until it has what families need: its own key, names, database and https."""

import os
import subprocess
import sys

import pytest

COMPLETE = {
    "SECRET_KEY": "k" * 60,
    "ALLOWED_HOSTS": "example.vn",
    "DATABASE_URL": "postgresql://portal@127.0.0.1/portal",
    "BASE_URL": "https://example.vn",
}


def start(tmp_path, **changes):
    """Import the production settings in a process of their own, as a server does."""
    given = {**COMPLETE, **changes, "DATA_DIR": str(tmp_path), "PATH": os.environ["PATH"]}
    code = "import portal.settings.production as s; print(s.TASKS['default']['BACKEND'])"
    return subprocess.run([sys.executable, "-c", code], env=given, capture_output=True, text=True)


def test_production_complete_settings_start(tmp_path):
    outcome = start(tmp_path)
    assert outcome.returncode == 0, outcome.stderr
    assert "DatabaseBackend" in outcome.stdout


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SECRET_KEY", "", "SECRET_KEY is not set"),
        ("SECRET_KEY", "short", "SECRET_KEY is shorter than 50 characters"),
        ("ALLOWED_HOSTS", "", "ALLOWED_HOSTS: write the site's own names"),
        ("ALLOWED_HOSTS", "*", "ALLOWED_HOSTS: write the site's own names"),
        ("DATABASE_URL", "", "DATABASE_URL is not set"),
        ("DATABASE_URL", "sqlite:///db.sqlite3", "DATABASE_URL: production takes postgresql://"),
        ("BASE_URL", "http://example.vn", "BASE_URL: production takes https://"),
        ("SECOND_FACTOR_REQUIRED", "false", "SECOND_FACTOR_REQUIRED: in production"),
    ],
)
def test_production_missing_or_odd_value_is_refused_in_words(tmp_path, name, value, sentence):
    outcome = start(tmp_path, **{name: value})
    assert outcome.returncode != 0
    assert sentence in outcome.stderr
