"""A family's name as it chose to be shown. Pure."""

from portal.households.enums import NameForm

UNNAMED = "Một gia đình"


def short_name(full_name: str) -> str:
    """`Phạm V. Đ.` from `Phạm Văn Đền`: enough for neighbours, little for strangers."""
    first, *rest = full_name.split() or [""]
    return " ".join([first, *(f"{word[0].upper()}." for word in rest)])


def shown_name(full_name: str, form: NameForm | None) -> str:
    """The name in the chosen form; without a choice, nothing of it."""
    if form == NameForm.FULL:
        return full_name
    return short_name(full_name) if form == NameForm.SHORT else UNNAMED
