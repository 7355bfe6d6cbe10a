"""Accounts of staff: one box for the name, roles by group, no e-mail needed."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import EditView, IndexView, UserViewSet

from portal.core.models import User

EMAIL_HELP = "Không bắt buộc. Có thì khi có bài chờ duyệt, thư sẽ báo."


def _name_field() -> forms.CharField:
    return forms.CharField(label="Họ và tên", max_length=120, help_text="Viết như trên giấy tờ, ví dụ: Phạm Văn Đành.")


def _email_field() -> forms.EmailField:
    return forms.EmailField(label="Thư điện tử", required=False, help_text=EMAIL_HELP)


class AccountCreationForm(UserCreationForm):
    """A new account."""

    full_name = _name_field()
    email = _email_field()
    first_name = None
    last_name = None
    is_superuser = None

    class Meta(UserCreationForm.Meta):
        fields = ["username", "full_name", "email", "password1", "password2", "groups"]

    field_order = Meta.fields


class AccountEditForm(UserEditForm):
    """An account that exists. Rights come from roles alone, so nobody can raise anybody above them here."""

    full_name = _name_field()
    email = _email_field()
    first_name = None
    last_name = None
    is_superuser = None

    class Meta(UserEditForm.Meta):
        fields = ["username", "full_name", "email", "password1", "password2", "is_active", "groups"]

    field_order = Meta.fields

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        is_own = kwargs.pop("editing_self", False)
        super().__init__(*args, **kwargs)
        if is_own:
            del self.fields["is_active"]

    def clean_is_active(self) -> bool:
        """An account is closed where its open work finds somebody else (row A12)."""
        is_active = bool(self.cleaned_data["is_active"])
        was_active = User.objects.filter(pk=self.instance.pk, is_active=True).exists()
        if was_active and not is_active:
            raise forms.ValidationError(
                "Đóng tài khoản ở trang An toàn và bàn giao của tài khoản này: việc dở dang phải có người nhận."
            )
        return is_active


class OwnNameForm(forms.ModelForm):
    """Name and e-mail on one's own account page."""

    full_name = _name_field()
    email = _email_field()

    class Meta:
        model = User
        fields = ["full_name", "email"]


class AccountIndexView(IndexView):
    """Accounts by given name's owner: found by the full name as well."""

    search_fields = ["username", "full_name", "email"]

    def order_queryset(self, queryset: QuerySet[User]) -> QuerySet[User]:
        if self.ordering in {"name", "-name"}:
            return queryset.order_by(self.ordering.replace("name", "full_name"))
        return super().order_queryset(queryset)


class AccountEditView(EditView):
    """Only a superuser may touch a superuser: a new password there would be a ladder."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class AccountViewSet(UserViewSet):
    """Accounts in the admin's settings."""

    index_view_class = AccountIndexView
    edit_view_class = AccountEditView
    create_template_name = "wagtailadmin/generic/create.html"
    edit_template_name = "wagtailadmin/generic/edit.html"

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return AccountEditForm if for_update else AccountCreationForm
