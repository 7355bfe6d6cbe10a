"""Vietnamese for labels that Wagtail makes from English names in its code, where no catalogue can reach them.

A field without a label is called by its name (`link_text` → “Link text”), a column too. Setting the label on the
class leaves Wagtail's screens as they are; templates with English in them stand in templates/wagtailadmin instead.
"""

from typing import Any

from django.contrib.auth.models import Permission
from django.forms import Form

LINK_TEXT = "Chữ của liên kết"


def put_labels() -> None:
    """Runs once, when all apps are there."""
    from wagtail.admin.forms import choosers
    from wagtail.admin.forms.workflows import WorkflowPageForm
    from wagtail.admin.views.pages.search import SearchView
    from wagtail.sites.views import IndexView as SiteIndexView
    from wagtail.users.forms import PagePermissionsForm
    from wagtail.users.views.bulk_actions.assign_role import RoleForm

    forms: dict[type[Form], dict[str, str]] = {
        choosers.ExternalLinkChooserForm: {"link_text": LINK_TEXT},
        choosers.AnchorLinkChooserForm: {"link_text": LINK_TEXT},
        choosers.PhoneLinkChooserForm: {"phone_number": "Số điện thoại", "link_text": LINK_TEXT},
        choosers.EmailLinkChooserForm: {
            "email_address": "Địa chỉ thư điện tử",
            "link_text": LINK_TEXT,
            "subject": "Tiêu đề thư",
            "body": "Nội dung thư",
        },
        RoleForm: {"role": "Vai trò"},
        WorkflowPageForm: {"page": "Trang"},
        PagePermissionsForm: {"page": "Trang"},
    }
    for form, labels in forms.items():
        for name, label in labels.items():
            form.declared_fields[name].label = label
    PagePermissionsForm.declared_fields["permissions"].label_from_instance = page_permission_label
    _label_columns(SiteIndexView.columns, {"port": "Cổng", "site_name": "Tên website", "root_page": "Trang gốc"})
    # Its heading counts “10 None” otherwise.
    SearchView.verbose_name = SearchView.verbose_name_plural = "trang"


def page_permission_label(permission: Permission) -> str:
    """Django keeps names of permissions in English rows; Wagtail has translatable ones for those on pages."""
    from wagtail.models import Page

    labels = {codename: str(label) for codename, _short, label in Page.permission_types}
    return labels.get(permission.codename, permission.name)


def _label_columns(columns: list[Any], labels: dict[str, str]) -> None:
    for column in columns:
        column.label = labels.get(column.name, column.label)
