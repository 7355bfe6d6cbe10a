"""Forms of the register office: those of all staff, and a box for phone numbers."""

from typing import Any

from django import forms

from portal.core.phones import PhoneRefused, read_phone
from portal.core.staff_forms import DATE_FORMATS, DayField, NumberField, OfficeForm, ReasonForm

__all__ = ["DATE_FORMATS", "DayField", "NumberField", "OfficeForm", "PhoneField", "ReasonForm"]


class PhoneField(forms.CharField):
    """A phone number in any spelling; stored as +84…, shown as people write it."""

    def clean(self, value: Any) -> str:
        """Refuse what is no number; the sentence says why."""
        try:
            return read_phone(super().clean(value))
        except PhoneRefused as refused:
            raise forms.ValidationError(str(refused)) from refused
