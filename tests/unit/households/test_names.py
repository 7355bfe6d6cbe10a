"""A family's name is shown as the family chose, and otherwise not at all."""

import pytest

from portal.households.enums import NameForm
from portal.households.names import UNNAMED, short_name, shown_name


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Phạm Văn Đền", "Phạm V. Đ."),
        ("Phạm Thị Ễnh", "Phạm T. Ễ."),
        ("Phạm Ca Ron", "Phạm C. R."),
        ("đinh văn bền", "đinh V. B."),
        ("Ron", "Ron"),
        ("  Phạm   Văn  Đền ", "Phạm V. Đ."),
        ("", ""),
    ],
)
def test_short_name_keeps_the_first_word_and_initials(name, short):
    assert short_name(name) == short


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        (NameForm.FULL, "Phạm Văn Đền"),
        (NameForm.SHORT, "Phạm V. Đ."),
        (NameForm.VILLAGE, UNNAMED),
        (None, UNNAMED),
    ],
)
def test_name_is_shown_in_the_chosen_form_only(form, shown):
    assert shown_name("Phạm Văn Đền", form) == shown
