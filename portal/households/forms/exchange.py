"""Forms of the Excel screens."""

from django import forms

MAX_BYTES = 10 * 1024 * 1024


class UploadForm(forms.Form):
    """A workbook to try."""

    workbook = forms.FileField(
        label="Tệp Excel",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods"}),
        error_messages={"required": "Xin chọn tệp Excel.", "empty": "Tệp này trống."},
    )
    convert_phones = forms.BooleanField(
        label="Đổi đầu số cũ (0165…) sang đầu số mới (035…)", required=False, initial=False
    )

    def clean_workbook(self) -> object:
        file = self.cleaned_data["workbook"]
        if not file.name.lower().endswith((".xlsx", ".xls", ".ods")):
            raise forms.ValidationError("Nhận tệp Excel: .xlsx, .xls hoặc .ods.")
        if file.size > MAX_BYTES:
            raise forms.ValidationError("Tệp quá lớn, nhận tối đa 10 MB.")
        return file


class ExportForm(forms.Form):
    """Why the register leaves the house: asked and logged (row R8)."""

    purpose = forms.CharField(
        label="Xuất để làm gì",
        max_length=200,
        error_messages={"required": "Xin ghi xuất để làm gì; lần xuất được ghi vào nhật ký."},
    )
