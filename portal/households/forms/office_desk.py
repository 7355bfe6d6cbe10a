"""Forms of the office's queues: teams, requests for help, requests about data."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from portal.core.codes import CodeRefused, read_numbered_code
from portal.core.models import User
from portal.households.enums import ConsentMeans, DataRequestKind
from portal.households.forms.office import DayField, OfficeForm
from portal.households.models import Household, Village
from portal.households.models.household import CODE_PREFIX
from portal.households.permissions import TEAM_GROUP
from portal.households.selectors import villages_today


def team_accounts() -> QuerySet[User]:
    """Accounts that may be on a team."""
    return User.objects.filter(is_active=True, groups__name=TEAM_GROUP).order_by("full_name", "username")


class JoinForm(OfficeForm):
    """Somebody joins a team."""

    user = forms.ModelChoiceField(
        label="Ai",
        queryset=User.objects.none(),
        empty_label="chọn người",
        help_text="Quản trị viên lập tài khoản và xếp vào nhóm Tổ công nghệ số trước.",
    )
    village = forms.ModelChoiceField(label="Thôn", queryset=Village.objects.none(), empty_label="chọn thôn")
    valid_from = DayField(label="Từ ngày", may_be_future=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("user", team_accounts()), ("village", villages_today())):
            field = self.fields[name]
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = rows
        self.fields["valid_from"].initial = timezone.localdate()


class LeaveForm(OfficeForm):
    """Somebody leaves a team, and somebody else may take over."""

    valid_to = DayField(label="Đến hết ngày", may_be_future=True)
    successor = forms.ModelChoiceField(
        label="Người thay",
        queryset=User.objects.none(),
        required=False,
        empty_label="chưa có ai",
        help_text="Nhận luôn các việc giúp đang dở, và vào tổ nếu chưa ở tổ. Chưa có ai thì việc dở trả về cho cả tổ.",
    )

    def __init__(self, *args: Any, leaver: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["successor"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = team_accounts().exclude(pk=leaver.pk)


class OutcomeForm(OfficeForm):
    """What was done."""

    outcome = forms.CharField(label="Đã làm gì", max_length=250)


class HelpOutcomeForm(OutcomeForm):
    """Helped, or not and why."""

    is_done = forms.ChoiceField(label="Kết quả", choices=[("co", "đã giúp xong"), ("khong", "đóng, không giúp được")])


class FamilyAsksForm(OfficeForm):
    """Base: a family speaks at the counter, by phone or on paper, and is known by its code."""

    code = forms.CharField(label="Mã hộ", max_length=20)
    asked_by = forms.CharField(label="Ai xin", max_length=120)

    def clean_code(self) -> str:
        """The code of a household that exists; `household` holds it."""
        try:
            code = read_numbered_code(CODE_PREFIX, self.cleaned_data["code"])
        except CodeRefused as refused:
            raise forms.ValidationError(str(refused)) from refused
        self.household = Household.objects.filter(code=code).first()
        if self.household is None:
            raise forms.ValidationError("Không thấy hộ nào có mã này.")
        return code


class ObjectionForm(FamilyAsksForm):
    """A family asks again about a result."""

    asked_by = forms.CharField(label="Ai hỏi", max_length=120)
    text = forms.CharField(label="Hỏi gì", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class ObjectionAnswerForm(OfficeForm):
    """What the office answers."""

    answer = forms.CharField(
        label="Trả lời và lý do", max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Gia đình đọc nguyên văn câu này ở trang Tra cứu.",
    )  # fmt: skip


class DataRequestForm(FamilyAsksForm):
    """A family asks about its own data."""

    field_order = ("code", "kind", "asked_by", "means", "details")
    kind = forms.ChoiceField(label="Xin việc gì", choices=DataRequestKind.choices)
    means = forms.ChoiceField(
        label="Bằng cách nào", choices=[choice for choice in ConsentMeans.choices if choice[0] != ConsentMeans.WEB]
    )
    details = forms.CharField(label="Nói rõ", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
