"""What several machines share, where there are several: Redis, S3 buckets, a database for reading (docs/adr/0023).

Nothing here is read on one server without them. Half a configuration is refused in words, here and at every start.
"""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

LOOPBACK = ("", "localhost", "127.0.0.1", "::1")
STORE, STRICT_STORE = "portal.core.shared_store.SharedStore", "portal.core.shared_store.StrictStore"


def redis_caches(url: str) -> dict[str, dict[str, Any]]:
    """CACHES entries in Redis or Valkey; empty without REDIS_URL."""
    if not url:
        return {}
    parts = urlsplit(url)
    if parts.scheme not in {"redis", "rediss"} or not parts.hostname:
        raise ImproperlyConfigured("REDIS_URL: write redis://:password@host:6379/0, or rediss:// for TLS")
    if parts.hostname not in LOOPBACK and not parts.password:
        raise ImproperlyConfigured("REDIS_URL: a Redis on another machine needs a password")
    names = {"default": STORE, "sessions": STORE, "shared": STORE, "pages": STORE, "counts": STRICT_STORE}
    return {name: {"BACKEND": backend, "LOCATION": url, "KEY_PREFIX": name} for name, backend in names.items()}


def bucket_storages(told: dict[str, str], *, region: str, media_url: str) -> dict[str, dict[str, Any]]:
    """STORAGES entries for uploads in S3; empty where none of S3_… is told.

    `told` is {name: value} of S3_ENDPOINT, S3_BUCKET, S3_PRIVATE_BUCKET, S3_ACCESS_KEY, S3_SECRET_KEY.
    """
    if not any(told.values()):
        return {}
    if missing := [name for name, value in told.items() if not value]:
        raise ImproperlyConfigured(f"{', '.join(missing)} not set: uploads in S3 need all of {', '.join(told)}")
    if told["S3_BUCKET"] == told["S3_PRIVATE_BUCKET"]:
        raise ImproperlyConfigured("S3_PRIVATE_BUCKET: private files take a bucket of their own")
    parts = urlsplit(told["S3_ENDPOINT"])
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise ImproperlyConfigured("S3_ENDPOINT: write https://…; pictures of families cross no network in the clear")
    common = {
        "endpoint_url": told["S3_ENDPOINT"],
        "access_key": told["S3_ACCESS_KEY"],
        "secret_key": told["S3_SECRET_KEY"],
        "region_name": region,
    }
    backend = "portal.core.buckets.Bucket"
    return {
        "default": {
            "BACKEND": backend,
            "OPTIONS": {**common, "bucket_name": told["S3_BUCKET"], "public_address": media_url},
        },
        "private": {"BACKEND": backend, "OPTIONS": {**common, "bucket_name": told["S3_PRIVATE_BUCKET"]}},
    }


def replica(config: dict[str, Any], primary: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """DATABASES entry of the replica; empty without DATABASE_REPLICA_URL."""
    if not config:
        return {}
    if "postgresql" not in config["ENGINE"] or "postgresql" not in primary["ENGINE"]:
        raise ImproperlyConfigured("DATABASE_REPLICA_URL: this and DATABASE_URL take postgresql://…")
    # A replica that is away is not waited for: the primary answers.
    options = {**config.get("OPTIONS", {}), "connect_timeout": 2}
    return {"replica": {**config, "OPTIONS": options, "TEST": {"MIRROR": "default"}}}
