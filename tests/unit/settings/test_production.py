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


BUCKETS = {
    "S3_ENDPOINT": "https://s3.example.vn",
    "S3_BUCKET": "anh",
    "S3_PRIVATE_BUCKET": "rieng",
    "S3_ACCESS_KEY": "khoa",
    "S3_SECRET_KEY": "bi-mat",
}
SHARED = {
    **BUCKETS,
    "REDIS_URL": "redis://:bi-mat@10.0.0.5:6379/0",
    "DATABASE_REPLICA_URL": "postgresql://portal@10.0.0.6/portal",
}


def test_production_with_several_machines_starts(tmp_path):
    outcome = start(tmp_path, **SHARED)
    assert outcome.returncode == 0, outcome.stderr


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        *((name, "", f"{name} not set: uploads in S3 need all of") for name in BUCKETS),
        ("S3_PRIVATE_BUCKET", "anh", "S3_PRIVATE_BUCKET: private files take a bucket of their own"),
        ("S3_ENDPOINT", "http://10.0.0.7:8333", "S3_ENDPOINT: write https://"),
        ("REDIS_URL", "10.0.0.5:6379", "REDIS_URL: write redis://"),
        ("REDIS_URL", "redis://10.0.0.5:6379/0", "REDIS_URL: a Redis on another machine needs a password"),
        ("DATABASE_REPLICA_URL", "sqlite:///db.sqlite3", "DATABASE_REPLICA_URL: this and DATABASE_URL take postgresql"),
    ],
)
def test_half_of_several_machines_is_refused_in_words(tmp_path, name, value, sentence):
    outcome = start(tmp_path, **{**SHARED, name: value})
    assert outcome.returncode != 0
    assert sentence in outcome.stderr


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
