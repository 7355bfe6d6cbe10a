"""Files that are nobody's to fetch by address: kept outside the media folder, served by views that check first."""

import mimetypes
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files.storage import FileSystemStorage, storages
from django.http import Http404, HttpResponse
from django.utils.functional import LazyObject


class _PrivateStorage(LazyObject):
    """Made on first use, so that settings of a test or a server decide where it lies: a bucket or a folder."""

    def _setup(self) -> None:
        if "private" in settings.STORAGES:
            self._wrapped = storages["private"]
        else:
            self._wrapped = FileSystemStorage(
                location=settings.PRIVATE_ROOT, file_permissions_mode=0o600, directory_permissions_mode=0o700
            )


private_storage: Any = _PrivateStorage()


def keep_private(content: Any, *, folder: str) -> str:
    """Store under a name that says nothing; returns that name."""
    extension = str(content.name).rsplit(".", 1)[-1].lower()
    name: str = private_storage.save(f"{folder}/{uuid4().hex}.{extension}", content)
    return name


def private_response(name: str) -> HttpResponse:
    """The file, for a view that has made sure who asks."""
    content_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    try:
        with private_storage.open(name) as file:
            return HttpResponse(file.read(), content_type=content_type)
    except FileNotFoundError as error:
        raise Http404 from error
