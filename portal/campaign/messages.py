"""Texts of the commune that go out to winners, and how a text that came back is compared with them. Pure.

No text of ours holds a link, or asks for money, a password, a one-time code or an account; each ends with a code that
anybody can type in at /minigame/tin-that/.
"""

from hashlib import sha256

from portal.core.text import nfc


def compared(text: str) -> str:
    """The text as it is compared: composed letters and single spaces, for apps break lines as they like."""
    return " ".join(nfc(text).split())


def text_digest(text: str) -> str:
    """SHA-256 of the text as it is compared, 64 hexadecimal digits: one changed letter is another text."""
    return sha256(compared(text).encode()).hexdigest()
