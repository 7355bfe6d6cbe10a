"""Vietnamese phone numbers as people write them. A phone is not a person: several homes may share one."""

import re
import unicodedata

import phonenumbers

#: Eleven-digit mobile numbers ended in 2018; old paper still has them (domain.md, 5.4).
NEW_PREFIXES = {
    "0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078",
    "0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082",
    "0162": "032", "0163": "033", "0164": "034", "0165": "035", "0166": "036",
    "0167": "037", "0168": "038", "0169": "039",
    "0186": "056", "0188": "058", "0199": "059",
}  # fmt: skip


class PhoneRefused(ValueError):
    """No phone number; the message is for the person who typed it. `suggestion` is a number to ask about."""

    def __init__(self, message: str, suggestion: str = "") -> None:
        super().__init__(message)
        self.suggestion = suggestion


def read_phone(typed: str) -> str:
    """E.164 (`+84356123456`) from `0356 123 456`, `+84 356…`, `84356…` or `356123456`; “” from nothing.

    An old eleven-digit number is not converted in silence: PhoneRefused carries the new one as a suggestion.
    """
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", typed), flags=re.ASCII)
    if not digits:
        return ""
    if typed.strip().startswith("+84") or (digits.startswith("84") and len(digits) in {11, 12}):
        digits = "0" + digits[2:].lstrip("0")
    elif not digits.startswith("0"):
        digits = "0" + digits  # Excel eats the leading zero
    if len(digits) == 11 and digits[:4] in NEW_PREFIXES:
        new = NEW_PREFIXES[digits[:4]] + digits[4:]
        raise PhoneRefused(f"Đầu số {digits[:4]} đã đổi. Số mới là {spaced(new)} phải không?", new)
    number = _parsed(digits)
    if number is None or not phonenumbers.is_valid_number(number):
        if len(digits) != 10:
            raise PhoneRefused(f"Số điện thoại có 10 chữ số, bắt đầu bằng 0. Ô này có {len(digits)}.")
        raise PhoneRefused(f"Không có đầu số {digits[:3]}. Xin xem lại số điện thoại.")
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _parsed(digits: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(digits, "VN")
    except phonenumbers.NumberParseException:
        return None


def national(e164: str) -> str:
    """`0356123456` from `+84356123456`."""
    return "0" + e164.removeprefix("+84") if e164.startswith("+84") else e164


def spaced(number: str) -> str:
    """`0356 123 456`."""
    digits = national(number)
    return f"{digits[:4]} {digits[4:7]} {digits[7:]}".strip()


def masked(e164: str) -> str:
    """`03•• ••• 456`: for staff lists; the whole number asks for a reason."""
    digits = national(e164)
    return f"{digits[:2]}•• ••• {digits[-3:]}" if len(digits) >= 6 else "•" * len(digits)
