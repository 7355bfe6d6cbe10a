from datetime import timedelta

from django.db import migrations
from django.utils import timezone

EDITOR, REVIEWER, ADMINISTRATOR = "Biên tập viên", "Người duyệt bài", "Quản trị"
LIMITS = {
    ("stories", "newspage"): 60,
    ("stories", "storypage"): 365,
    ("stories", "guidepage"): 90,
    ("home", "standardpage"): 180,
    ("home", "documentpage"): 365,
    ("campaign", "gamepage"): 180,
}
ALL = ("add", "change", "delete", "view")
# Editors extend the list of words; limits are set by those who answer for what is shown.
GRANTS = {
    ("core", "plainword", "từ dễ hiểu"): (EDITOR, REVIEWER, ADMINISTRATOR),
    ("core", "reviewlimit", "hạn xem lại"): (REVIEWER, ADMINISTRATOR),
}
VERBS = {"add": "Thêm", "change": "Sửa", "delete": "Xóa", "view": "Xem"}


def put_limits(apps):
    for (app_label, model), days in LIMITS.items():
        apps.get_model("core", "ReviewLimit").objects.get_or_create(
            page_type=f"{app_label}.{model}", defaults={"days": days}
        )


def put_dates(apps):
    """What is public today may stay for a whole limit; guides know their own day."""
    today = timezone.localdate()
    for (app_label, model), days in LIMITS.items():
        pages = apps.get_model(app_label, model).objects.filter(live=True, review_by=None)
        if model != "guidepage":
            pages.update(review_by=today + timedelta(days=days))
            continue
        for pk, checked, every in pages.values_list("pk", "checked_on", "check_every_days"):
            pages.filter(pk=pk).update(review_by=checked + timedelta(days=every))


def put_rights(apps):
    groups = apps.get_model("auth", "Group").objects
    for (app_label, model, noun), names in GRANTS.items():
        content_type, _made = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
            app_label=app_label, model=model
        )
        for action in ALL:
            permission, _made = apps.get_model("auth", "Permission").objects.get_or_create(
                content_type=content_type,
                codename=f"{action}_{model}",
                defaults={"name": f"{VERBS[action]} {noun}"},
            )
            for group in groups.filter(name__in=names):
                group.permissions.add(permission)


def forward(apps, _schema_editor):
    put_limits(apps)
    put_dates(apps)
    put_rights(apps)


class Migration(migrations.Migration):
    """Limits for a new look, dates for what is public already, and who keeps both lists."""

    dependencies = [
        ("campaign", "0006_review_by"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("core", "0009_usual_plain_words"),
        ("home", "0007_review_by"),
        ("stories", "0002_review_by"),
    ]

    operations = [migrations.RunPython(forward, migrations.RunPython.noop)]
