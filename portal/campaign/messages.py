"""Texts of the commune that go out to winners, and how a text that came back is compared with them. Pure.

No text of ours holds a link, or asks for money, a password, a one-time code or an account; each ends with a code that
anybody can type in at /minigame/tin-that/.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import sha256

from portal.campaign.likeness import runs_of
from portal.core.text import fold, nfc, words

#: What the clerk has still to fill in.
GAP = "…"
PROMISE = "Xã trao tận tay, không thu tiền, không gửi đường link, không hỏi mật khẩu, mã OTP, số tài khoản."
#: From this share of a known fake on, a text is taken for the same fake.
ALIKE = 0.5
#: Fewer runs than that are a greeting, not a text.
MIN_RUNS = 4
_LINK = re.compile(
    r"https?://\S+|www\.\S+|"
    r"\b[\w-]+(?:\.[\w-]+)*\.(?:vn|com|net|org|info|xyz|top|me|ly|link|site|online)\b\S*",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?:\+?84|0)(?:[\s.\-]?\d){8,10}(?!\d)")
_DIGITS = re.compile(r"\d(?:[\s.\-]?\d){7,}")
#: What a scam asks for, as it is typed in a hurry. The promise at the end says the rest.
_FORBIDDEN = (
    *("chuyen tien", "chuyen khoan", "nop tien", "dong tien", "gui tien", "nap tien", "nap the", "the cao", "dat coc"),
    *("nop phi", "dong phi", "le phi", "phi nhan", "phi van chuyen", "nop thue", "otp", "mat khau", "ma pin"),
    *("ma xac nhan", "ma xac thuc", "tai khoan", "so the", "can cuoc", "cccd", "cmnd", "chung minh thu"),
    *("duong link", "bam link", "bam vao", "nhan vao", "quet ma", "tai ung dung", "cai ung dung", "ket ban"),
)


def compared(text: str) -> str:
    """The text as it is compared: composed letters and single spaces, for apps break lines as they like."""
    return " ".join(nfc(text).split())


def text_digest(text: str) -> str:
    """SHA-256 of the text as it is compared, 64 hexadecimal digits: one changed letter is another text."""
    return sha256(compared(text).encode()).hexdigest()


def refused_words(text: str, hotline: str = "") -> list[str]:
    """Words that no text of the commune may hold, as they stand in it: links, money, secrets, unknown phones."""
    return list(dict.fromkeys(_refused(nfc(text), re.sub(r"\D", "", hotline))))


def _refused(text: str, hotline: str) -> Iterator[str]:
    yield from (match.group().rstrip(".,;:!?)”") for match in _LINK.finditer(text))
    numbers = [match.group() for pattern in (_PHONE, _DIGITS) for match in pattern.finditer(text)]
    yield from (number for number in numbers if re.sub(r"\D", "", number) != hotline)
    typed = list(words(text))
    folded = [fold(word) for word in typed]
    for phrase in _FORBIDDEN:
        asked = phrase.split()
        for start in range(len(folded) - len(asked) + 1):
            if folded[start : start + len(asked)] == asked:
                yield " ".join(typed[start : start + len(asked)])


def with_promise(text: str, code: str) -> str:
    """The text as it goes out: the promise and the code stand under it."""
    check = f"Mã của tin này: {code}. Xem tin thật hay giả ở trang web của xã, mục “Tin này có thật của xã không?”"
    return f"{text.strip()}\n{PROMISE}\n{check}"


def is_same_fake(text: str, fake: str) -> bool:
    """Whether most of the fake stands in the text, with other names and numbers, marks or none."""
    known = runs_of(fake)
    return len(known) >= MIN_RUNS and len(known & runs_of(text)) / len(known) >= ALIKE


@dataclass(frozen=True)
class Piece:
    """Some words of the two texts: in both, only in ours, only in the one that came."""

    text: str
    side: str


BOTH, OURS, THEIRS = "chung", "xa", "la"


def differences(ours: str, theirs: str) -> list[Piece]:
    """The two texts word by word, in reading order."""
    mine, other = compared(ours).split(), compared(theirs).split()
    pieces = []
    for kind, from_mine, to_mine, from_other, to_other in SequenceMatcher(None, mine, other, False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece(" ".join(mine[from_mine:to_mine]), BOTH))
            continue
        if to_mine > from_mine:
            pieces.append(Piece(" ".join(mine[from_mine:to_mine]), OURS))
        if to_other > from_other:
            pieces.append(Piece(" ".join(other[from_other:to_other]), THEIRS))
    return pieces
