"""Small real files, so that what reads uploads has something true to read."""

import io

from PIL import Image

# One MPEG-1 layer III frame at 128 kbit/s and 44.1 kHz: 417 bytes, 1,152 samples of silence.
_FRAME = bytes.fromhex("fffb9064") + bytes(413)
_FRAMES_PER_SECOND = 44_100 / 1_152


def silent_mp3(seconds: float = 2) -> bytes:
    """A recording of the given length in which nobody speaks."""
    return _FRAME * round(seconds * _FRAMES_PER_SECOND)


def picture_bytes(width: int = 64, height: int = 48, kind: str = "PNG", colour: str = "#b3202c") -> bytes:
    """A picture of one colour."""
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(buffer, kind)
    return buffer.getvalue()


def pdf_bytes() -> bytes:
    """The smallest file that is honestly a PDF."""
    return b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
