"""Uploads in an S3 bucket that nobody but the site can read: it hands them out itself (docs/adr/0023)."""

import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from threading import Lock
from typing import IO, Any

import boto3
from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import storages
from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.encoding import filepath_to_uri
from django.utils.http import http_date
from django_tasks import task
from storages.backends.s3 import S3Storage

from portal.core.away import ServiceAway, tried_again

CONNECT_SECONDS, ANSWER_SECONDS = 2, 15
#: Bytes of a file that stay in memory; what is larger lies in a temporary file while it is read.
IN_MEMORY = 2 * 1024 * 1024
BLOCK_BYTES = 64 * 1024
#: Not there, or a name that no file can have.
NO_SUCH_NAME = {400, 404, 414}
#: Readers keep a file for an hour, nginx for a second: a picture that is taken down is gone as fast as a page
#: (docs/adr/0016). With the store away, nginx may show its copy for a minute.
KEPT = "public, max-age=3600, s-maxage=1, stale-while-revalidate=1, stale-if-error=60"
#: A file from outside runs nothing, wherever it is opened.
FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


#: A session may not be asked for two connections at once.
_making = Lock()


@dataclass(frozen=True)
class Found:
    """What the store says of a file without sending it."""

    etag: str
    size: int
    modified: datetime


class Bucket(S3Storage):
    """django-storages' own storage: closed to the world, patient for seconds only, silent about its address.

    Raises ServiceAway when the store does not answer or refuses, so that nothing passes for done that is not.
    """

    def __init__(self, *, public_address: str = "", **options: Any) -> None:
        self.public_address = public_address
        super().__init__(**options)

    def get_default_settings(self) -> dict[str, Any]:
        """What has no setting of its own: the plainest S3, which every server understands."""
        return {
            **super().get_default_settings(),
            "default_acl": None,
            "file_overwrite": False,
            "max_memory_size": IN_MEMORY,
            "use_threads": False,
            "client_config": Config(
                connect_timeout=CONNECT_SECONDS,
                read_timeout=ANSWER_SECONDS,
                retries={"total_max_attempts": 2, "mode": "standard"},
                signature_version="s3v4",
                s3={"addressing_style": "path"},
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        }

    @property
    def connection(self) -> Any:
        """One for each thread, as the library wants it; all are made of one description of S3, which is large."""
        with _making:
            return super().connection

    def _create_session(self) -> Any:
        return _session_of(self.access_key, self.secret_key)

    def url(self, name: str, **_options: Any) -> str:
        """An address of the site, never one of the store; private files have none."""
        if not self.public_address:
            raise ValueError("private files have no address")
        return f"{self.public_address}{filepath_to_uri(name).lstrip('/')}"

    def look(self, name: str) -> Found:
        """Raises FileNotFoundError."""
        with reached():
            try:
                found = self.bucket.Object(self._normalize_name(name))
                return Found(str(found.e_tag), int(found.content_length), found.last_modified)
            except ClientError as error:
                if _status(error) in NO_SUCH_NAME:
                    raise FileNotFoundError(name) from error
                raise

    def names(self) -> Iterator[str]:
        """Every file."""
        with reached():
            for found in self.bucket.objects.all():
                yield str(found.key)

    def answer(self, request: HttpRequest, name: str) -> HttpResponseBase:
        """A public file, for nginx to keep; 304 without fetching it where the reader has it already."""
        try:
            found = self.look(name)
            answer: HttpResponseBase | None = get_conditional_response(
                request, etag=found.etag, last_modified=int(found.modified.timestamp())
            )
            if answer is None:
                answer = self._sent(request, name, found.size)
        except (FileNotFoundError, SuspiciousOperation) as error:
            raise Http404 from error
        answer["ETag"], answer["Last-Modified"] = found.etag, http_date(found.modified.timestamp())
        answer["Cache-Control"], answer["Content-Security-Policy"] = KEPT, FILE_POLICY
        return answer

    def _sent(self, request: HttpRequest, name: str, size: int) -> HttpResponseBase:
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        is_asked_about = request.method == "HEAD"
        content = () if is_asked_about else _blocks(self.open(name))
        # Streamed: the store of pages is not for pictures.
        return StreamingHttpResponse(content, content_type=kind, headers={"Content-Length": str(size)})

    def put(self, name: str, content: bytes) -> None:
        """Under exactly this name, in the place of what is there."""
        with reached():
            kind = mimetypes.guess_type(name)[0] or self.default_content_type
            self.bucket.Object(self._normalize_name(name)).put(Body=content, ContentType=kind)

    def _open(self, name: str, mode: str = "rb") -> Any:
        with reached():
            opened = super()._open(name, mode)
            # The bytes come with the first look at them; here, an error on the way is still called by its name.
            return opened.open() if "r" in mode else opened

    def _save(self, name: str, content: Any) -> str:
        with reached():
            return str(super()._save(name, content))

    def delete(self, name: str) -> None:
        """At once, or as soon as the store is back: a picture that was taken down must not stay for ever."""
        with tried_again(delete_at_last, is_public=bool(self.public_address), name=name), reached():
            super().delete(name)

    def exists(self, name: str) -> bool:
        with reached():
            return bool(super().exists(name))

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        with reached():
            folders, files = super().listdir(path)
            return folders, files

    def size(self, name: str) -> int:
        return self.look(name).size

    def get_modified_time(self, name: str) -> datetime:
        return self.look(name).modified


@task()
def delete_at_last(is_public: bool, name: str) -> None:
    """A deletion that the store did not hear of, until it does."""
    storages["default" if is_public else "private"].delete(name)


@cache
def _session_of(access_key: str, secret_key: str) -> Any:
    return boto3.Session(aws_access_key_id=access_key, aws_secret_access_key=secret_key)


@contextmanager
def reached() -> Iterator[None]:
    """Whatever the client library says of a store that does not do what it is asked: it is away."""
    try:
        yield
    except (BotoCoreError, ClientError, Boto3Error) as error:
        raise ServiceAway("s3") from error


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while block := file.read(BLOCK_BYTES):
            yield block


def _status(error: ClientError) -> int:
    return int(error.response["ResponseMetadata"]["HTTPStatusCode"])
