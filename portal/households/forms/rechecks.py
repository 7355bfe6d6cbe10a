"""Small forms of looking twice."""

from django import forms

from portal.households.forms.office import NumberField, OfficeForm


class DrawForm(OfficeForm):
    """How many of the visited households are visited again."""

    percent = NumberField(
        label="Rút bao nhiêu phần trăm số hộ đã thăm", min_value=1, max_value=20, initial=5,
        help_text="Thường là 5. Mỗi thôn có người được thăm thì ít nhất một hộ.",
    )  # fmt: skip


class DoubtForm(OfficeForm):
    """What came of asking."""

    note = forms.CharField(
        label="Hỏi rồi thì sao",
        max_length=250,
        help_text="Ví dụ: hai nhà ở chung, ghi đúng. Ghi nhầm thì nhờ người thăm sửa lượt đó.",
    )
