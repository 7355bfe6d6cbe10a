"""Files are judged by what is in them."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile

from portal.core.upload_forms import replace_content
from portal.core.uploads import MAX_RECORDING_BYTES, looks_like, megabytes, validate_document, validate_recording
from tests.factories.files import pdf_bytes, silent_mp3

PROGRAM = b"MZ\x90\x00" + bytes(400)


def office_file(member: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(member, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("extension", "content", "honest"),
    [
        ("pdf", pdf_bytes(), True),
        ("pdf", PROGRAM, False),
        ("docx", office_file("[Content_Types].xml"), True),
        ("odt", office_file("mimetype"), True),
        ("xlsx", office_file("virus.exe"), False),
        ("xlsx", PROGRAM, False),
        ("txt", "Kính thưa bà con".encode(), True),
        ("txt", PROGRAM, False),
        ("exe", PROGRAM, False),
    ],
)
def test_content_is_compared_with_the_name(extension, content, honest):
    assert looks_like(extension, content) is honest


def test_document_that_lies_is_named_in_the_refusal_and_left_at_its_start():
    file = ContentFile(PROGRAM, name="Kế hoạch.PDF")
    with pytest.raises(ValidationError, match="không phải PDF thật"):
        validate_document(file)
    assert file.tell() == 0


def test_recording_is_taken_and_left_at_its_start():
    file = ContentFile(silent_mp3(2), name="loa.mp3")
    validate_recording(file)
    assert file.tell() == 0


@pytest.mark.parametrize("content", [PROGRAM, b"", b"RIFF"], ids=["program", "empty", "four bytes"])
def test_recording_that_is_no_sound_is_refused(content):
    with pytest.raises(ValidationError):
        validate_recording(ContentFile(content, name="loa.mp3"))


def test_recording_that_is_too_big_is_refused_with_both_sizes():
    file = ContentFile(b"", name="loa.mp3")
    file.size = MAX_RECORDING_BYTES + 5_000_000
    with pytest.raises(ValidationError, match=r"26,0 MB, nhận tối đa 21,0 MB"):
        validate_recording(file)


def test_size_is_written_with_a_comma():
    assert megabytes(12_500_000) == "12,5 MB"


@pytest.mark.parametrize("in_file", [False, True], ids=["in memory", "in a temporary file"])
def test_content_of_an_upload_is_replaced_wherever_it_lies(in_file):
    upload = (
        TemporaryUploadedFile("a.heic", "image/heic", 9, None)
        if in_file
        else SimpleUploadedFile("a.heic", b"longer bytes")
    )
    if in_file:
        upload.write(b"longer bytes")
    replace_content(upload, ContentFile(b"clean", name="a.jpg"))
    assert (upload.read(), upload.size, upload.name) == (b"clean", 5, "a.jpg")
    if in_file:
        with open(upload.temporary_file_path(), "rb") as stored:
            assert stored.read() == b"clean"
    upload.close()
