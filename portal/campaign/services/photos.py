"""Pictures of entries: made small and harmless on arrival, and nobody's to see until a moderator lets them out.

A picture waits under a name of its own until its form is sent, so that it is uploaded once; what is never sent is
swept away when the round is over.
"""

import warnings
from base64 import b64encode
from contextlib import suppress
from hashlib import sha256
from threading import Lock
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image as PillowImage
from PIL import UnidentifiedImageError

from portal.campaign.models import Round
from portal.campaign.services.entries import Photo
from portal.core.away import ServiceAway
from portal.core.pictures import reencode
from portal.core.private_files import keep_private, private_storage
from portal.core.uploads import megabytes

MAX_BYTES = 12_000_000
MAX_SIDE = 1600
QUALITY = 80
PREVIEW_SIDE = 320
#: What the largest pictures of phones have. A small file can claim far more, and would eat all memory when opened.
MAX_PIXELS = 50_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF", "AVIF", "GIF")
WAITING_FOLDER = "minigame-cho"
#: Pictures that may wait in one round, sent or never sent: a bot cannot fill the disk.
MAX_WAITING = 2000

NO_PICTURE = "Tệp này không phải ảnh chụp. Xã nhận ảnh JPG, PNG, WebP hoặc HEIC. Các phần khác vẫn còn."
BROKEN = "Ảnh này bị hỏng giữa chừng, không mở được. Xin chọn ảnh khác. Các phần khác vẫn còn."
TOO_MANY = "Lúc này xã chưa nhận thêm ảnh được. Nhà mình cứ gửi bài trước; sau đó mở bài ra sửa để thêm ảnh."

#: One at a time in each process: opened, a picture is a hundred times its size.
_workbench = Lock()


class PhotoRefused(Exception):
    """No picture that we take; the message is for the family."""


def too_large(size: int | None = None) -> PhotoRefused:
    """The refusal of a file that is too heavy; its size where it is known."""
    weight = f" {megabytes(size)}" if size else ""
    return PhotoRefused(
        f"Ảnh nặng{weight} quá, xã nhận tối đa {megabytes(MAX_BYTES)}. Chọn ảnh khác hoặc chụp lại cỡ nhỏ. "
        "Các phần khác vẫn còn."
    )


def keep_waiting(round_: Round, upload: Any) -> tuple[str, str]:
    """Make the upload fit to keep and store it until its form is sent; (name, digest), or raises PhotoRefused."""
    if upload.size > MAX_BYTES:
        raise too_large(upload.size)
    folder = _folder(round_.pk)
    try:
        if len(_names_in(folder)) >= MAX_WAITING:
            raise PhotoRefused(TOO_MANY)
        with _workbench:
            _check_picture(upload)
            content = _reencoded(upload, MAX_SIDE)
        data = content.read()
        content.seek(0)
        return keep_private(content, folder=folder), sha256(data).hexdigest()
    except ServiceAway as error:
        # The entry counts without its picture.
        raise PhotoRefused(TOO_MANY) from error


def keep_copy_waiting(round_: Round, photo: Any) -> tuple[str, str]:
    """A picture of an entry that is about to be changed, as that of the new form."""
    with private_storage.open(photo.name) as file:
        return keep_private(file, folder=_folder(round_.pk)), str(photo.digest)


def is_waiting(waiting: tuple[str, str]) -> bool:
    """Whether it is still there: neither swept away nor sent already."""
    return bool(private_storage.exists(waiting[0]))


def waiting_photo(waiting: tuple[str, str]) -> Photo | None:
    """The waiting picture for the sending, if it is still there."""
    name, digest = waiting
    if not is_waiting(waiting):
        return None
    with private_storage.open(name) as file:
        return Photo(ContentFile(file.read(), name=name), digest)


def drop_waiting(waiting: tuple[str, str] | None) -> None:
    """Sent, replaced, or thrown away."""
    if waiting is not None:
        private_storage.delete(waiting[0])


def preview_of(name: str) -> str:
    """A small copy as a `data:` address: the family sees its picture, and no address shows it to anybody else."""
    if not private_storage.exists(name):
        return ""
    with private_storage.open(name) as file, _workbench:
        content = reencode(file, max_side=PREVIEW_SIDE, quality=70, keeps_drawings=False)
    return f"data:image/jpeg;base64,{b64encode(content.read()).decode()}"


def sweep_waiting() -> int:
    """Delete pictures whose forms can no longer be sent; returns how many."""
    with suppress(FileNotFoundError):
        folders, _files = private_storage.listdir(WAITING_FOLDER)
        ended = [key for key in folders if _is_over(key)]
        names = [f"{_folder(key)}/{name}" for key in ended for name in _names_in(_folder(key))]
        for name in names:
            private_storage.delete(name)
        for key in ended:
            private_storage.delete(_folder(key))
        return len(names)
    return 0


def _is_over(key: str) -> bool:
    round_ = Round.objects.filter(pk=key).first() if key.isdigit() else None
    return round_ is None or timezone.now() >= round_.times.ends_at


def _folder(key: object) -> str:
    return f"{WAITING_FOLDER}/{key}"


def _names_in(folder: str) -> list[str]:
    try:
        return list(private_storage.listdir(folder)[1])
    except FileNotFoundError:
        return []


def _check_picture(upload: Any) -> None:
    """By its own first bytes, before a pixel is read."""
    upload.seek(0)
    try:
        with warnings.catch_warnings():
            # Our own limit is stricter, and speaks Vietnamese.
            warnings.simplefilter("ignore", PillowImage.DecompressionBombWarning)
            with PillowImage.open(upload, formats=FORMATS) as source:
                pixels = source.width * source.height
    except PillowImage.DecompressionBombError:
        pixels = MAX_PIXELS + 1
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise PhotoRefused(NO_PICTURE) from error
    if pixels > MAX_PIXELS:
        raise PhotoRefused("Ảnh này quá lớn, không mở được. Xin chụp lại cỡ nhỏ hơn. Các phần khác vẫn còn.")


def _reencoded(upload: Any, max_side: int) -> Any:
    try:
        return reencode(upload, max_side=max_side, quality=QUALITY, keeps_drawings=False)
    except Exception as error:  # a decoder stumbles over a broken file in many ways; whichever, it is no picture
        raise PhotoRefused(BROKEN) from error
