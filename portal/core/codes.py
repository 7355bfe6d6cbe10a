"""Codes that people write down, read over the phone and type back: no look-alikes, one check character.

Two kinds. A numbered code (household, `BT-0412K`) is short and spoken; a drawn one (receipt, certificate,
`PN-7KRD-24MX`) cannot be guessed by counting. Both catch one wrong character and two that changed places.
"""

import re
import secrets

from portal.core.text import fold

#: Seventeen letters, a prime number: a weighted sum modulo 17 catches every single slip and every swap.
CHECK_LETTERS = "ACDEFGHKMNPRTUVXY"
#: Twenty-nine characters, again a prime number; B, I, L, O, Q, S and Z are left to 8, 1, 1, 0, 0, 5 and 2.
DRAWN_ALPHABET = "0123456789ACDEFGHJKMNPRTUVWXY"
LOOK_ALIKES = str.maketrans("BILOQSZ", "8110052")
DRAWN_LENGTH = 7
MIN_DIGITS = 4
_SPOKEN = dict(
    zip(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        (
            "không một hai ba bốn năm sáu bảy tám chín a bê xê đê e ép giê hát i gi ca e-lờ em-mờ nờ ô pê quy rờ ét tê "
            "u vê vê-kép ích-xì i-dài dét"
        ).split(),
        strict=True,
    )
)


class CodeRefused(ValueError):
    """The text is no code of this kind; the message is for the person who typed it."""


def numbered_code(prefix: str, number: int) -> str:
    """`BT-0412K` for number 412."""
    digits = f"{number:0{MIN_DIGITS}d}"
    return f"{prefix}-{digits}{_check_letter(digits)}"


def read_numbered_code(prefix: str, typed: str) -> str:
    """The code as it stands in the register, from what somebody typed: `bt 0412 k`, `BTO412K`, `0412K`."""
    text = _bare(typed).removeprefix(prefix)
    digits, letter = text[:-1].translate(LOOK_ALIKES), text[-1:]
    if not re.fullmatch(r"[0-9]{1,9}", digits):
        raise CodeRefused(f"Mã có dạng {numbered_code(prefix, 412)}. Xin xem lại từng chữ.")
    code = numbered_code(prefix, int(digits))
    if not code.endswith(letter):
        raise CodeRefused("Mã này gõ nhầm một chữ ở đâu đó. Xin xem lại trên giấy.")
    return code


def drawn_code(prefix: str) -> str:
    """A fresh `PN-7KRD-24MX`: 35 bits that nobody can count up to, and a check character."""
    body = "".join(secrets.choice(DRAWN_ALPHABET) for _ in range(DRAWN_LENGTH))
    return _grouped(prefix, body + _check_of_drawn(body))


def read_drawn_code(prefix: str, typed: str) -> str:
    """The code as it was given out, from what somebody typed with spaces, small letters or look-alikes."""
    text = _bare(typed).removeprefix(prefix).translate(LOOK_ALIKES)
    if len(text) != DRAWN_LENGTH + 1 or any(char not in DRAWN_ALPHABET for char in text):
        raise CodeRefused(f"Mã có {DRAWN_LENGTH + 1} chữ và số sau {prefix}. Xin xem lại trên giấy.")
    if _check_of_drawn(text[:-1]) != text[-1]:
        raise CodeRefused("Mã này gõ nhầm một chữ ở đâu đó. Xin xem lại trên giấy.")
    return _grouped(prefix, text)


def spoken_code(code: str) -> str:
    """The code as it is said on the phone: `BT-0412K` is “bê tê, không bốn một hai, ca”."""
    parts = re.findall(r"[A-Z]+|[0-9]+", code)
    return ", ".join(" ".join(_SPOKEN[char] for char in part) for part in parts)


def _bare(typed: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", fold(typed).upper())


def _grouped(prefix: str, text: str) -> str:
    return f"{prefix}-{text[:4]}-{text[4:]}"


def _check_letter(digits: str) -> str:
    # Weighted from the right: a number has one check letter, however many zeros are written before it.
    total = sum(weight * int(digit) for weight, digit in enumerate(reversed(digits), start=2))
    return CHECK_LETTERS[total % len(CHECK_LETTERS)]


def _check_of_drawn(body: str) -> str:
    total = sum(weight * DRAWN_ALPHABET.index(char) for weight, char in enumerate(body, start=2))
    return DRAWN_ALPHABET[total % len(DRAWN_ALPHABET)]
