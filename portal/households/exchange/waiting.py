"""Workbooks between trial and confirmation: outside the media folder, no address leads to them, gone in a day."""

from datetime import timedelta
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from django.utils import timezone

from portal.core.private_files import private_storage

FOLDER = "excel"
KEPT_FOR = timedelta(days=1)


def keep_waiting(content: bytes) -> UUID:
    """Store a workbook that was tried; what nobody confirmed within a day goes."""
    _drop_forgotten()
    key = uuid4()
    private_storage.save(_name(key), ContentFile(content))
    return key


def waiting_content(key: UUID) -> bytes | None:
    """The workbook of a trial, or None when it was confirmed or is too old."""
    if not private_storage.exists(_name(key)):
        return None
    with private_storage.open(_name(key)) as file:
        content: bytes = file.read()
    return content


def drop_waiting(key: UUID) -> None:
    """Once it is in the register, no copy stays."""
    private_storage.delete(_name(key))


def _name(key: UUID) -> str:
    return f"{FOLDER}/{key}.xlsx"


def _drop_forgotten() -> None:
    try:
        names = private_storage.listdir(FOLDER)[1]
    except FileNotFoundError:
        return
    for name in names:
        if timezone.now() - private_storage.get_modified_time(f"{FOLDER}/{name}") > KEPT_FOR:
            private_storage.delete(f"{FOLDER}/{name}")
