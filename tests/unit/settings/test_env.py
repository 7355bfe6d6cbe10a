"""Settings refuse odd values in a sentence that says what to write instead."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.settings import env
from portal.settings.secret import local_secret_key


@pytest.fixture
def name(monkeypatch):
    monkeypatch.delenv("PORTAL_PROBE", raising=False)
    return "PORTAL_PROBE"


@pytest.fixture
def write(monkeypatch, name):
    return lambda value: monkeypatch.setenv(name, value)


@pytest.mark.parametrize(("raw", "meaning"), [("true", True), (" TRUE ", True), ("false", False), ("", True)])
def test_env_bool_plain_words_are_read(name, write, raw, meaning):
    write(raw)
    assert env.env_bool(name, True) is meaning


@pytest.mark.parametrize("raw", ["1", "yes", "on", "flase", "có"])
def test_env_bool_anything_else_is_refused_in_words(name, write, raw):
    write(raw)
    with pytest.raises(ImproperlyConfigured, match=r"PORTAL_PROBE=.*: write true or false"):
        env.env_bool(name, False)


@pytest.mark.parametrize(("raw", "number"), [("1", 1), ("65535", 65535), ("", 8000)])
def test_env_int_within_bounds_is_read(name, write, raw, number):
    write(raw)
    assert env.env_int(name, 8000, low=1, high=65535) == number


@pytest.mark.parametrize("raw", ["0", "65536", "-1", "80.0", "eight", "٨", "1e3"])
def test_env_int_odd_number_is_refused_in_words(name, write, raw):
    write(raw)
    with pytest.raises(ImproperlyConfigured, match="write a whole number from 1 to 65535"):
        env.env_int(name, 8000, low=1, high=65535)


def test_env_str_missing_without_default_is_refused(name):
    with pytest.raises(ImproperlyConfigured, match="PORTAL_PROBE is not set"):
        env.env_str(name)


def test_env_list_splits_at_commas(name, write):
    write("a.vn, b.vn,,")
    assert env.env_list(name, []) == ["a.vn", "b.vn"]


def test_env_url_loses_its_last_slash(name, write):
    write("https://example.vn/")
    assert env.env_url(name) == "https://example.vn"


@pytest.mark.parametrize(
    "raw", ["example.vn", "ftp://example.vn", "https://", "https://example.vn/so", "https://a.vn?b"]
)
def test_env_url_odd_address_is_refused_in_words(name, write, raw):
    write(raw)
    with pytest.raises(ImproperlyConfigured, match="write an address such as"):
        env.env_url(name)


def test_env_database_default_is_sqlite_that_waits_for_its_turn(name):
    config = env.env_database(name, Path("db.sqlite3"))
    assert config["ENGINE"] == "django.db.backends.sqlite3"
    assert config["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize("raw", ["", "sqlite:///db.sqlite3", "postgresql://portal@db/gia_dinh_so"])
def test_env_database_is_not_opened_anew_for_every_page(name, write, raw):
    write(raw)
    assert env.env_database(name, Path("db.sqlite3"))["CONN_MAX_AGE"] > 0


def test_env_database_postgresql_address_is_read(name, write):
    write("postgresql://portal:s%40cret@db:5433/gia_dinh_so")
    config = env.env_database(name, Path("unused"))
    assert config["ENGINE"] == "django.db.backends.postgresql"
    assert (config["USER"], config["PASSWORD"], config["HOST"], config["PORT"], config["NAME"]) == (
        "portal",
        "s@cret",
        "db",
        5433,
        "gia_dinh_so",
    )


@pytest.mark.parametrize("raw", ["mysql://a@b/c", "nonsense", "oracle://a@b/c"])
def test_env_database_other_engine_is_refused_in_words(name, write, raw):
    write(raw)
    with pytest.raises(ImproperlyConfigured, match="postgresql://"):
        env.env_database(name, Path("unused"))


def test_local_secret_key_is_made_once_and_closed_to_others(tmp_path):
    path = tmp_path / "secret-key"
    key = local_secret_key(path)
    assert len(key) >= 50
    assert local_secret_key(path) == key
    assert path.stat().st_mode & 0o777 == 0o600
