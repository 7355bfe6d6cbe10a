"""Small forms of the progress pages."""

from portal.households.forms.office import DayField, OfficeForm


class DayForm(OfficeForm):
    """Figures of which day."""

    ngay = DayField(label="Số liệu của ngày", required=False)
