from datetime import date

from django.db import migrations

# Days that are the same every year (Bộ luật Lao động 2019, Điều 112). Tết and Giỗ Tổ follow the moon, and the second
# day of Quốc khánh changes: staff add those year by year.
YEARLY = (
    ("Tết Dương lịch", date(2026, 1, 1)),
    ("Ngày Chiến thắng", date(2026, 4, 30)),
    ("Ngày Quốc tế Lao động", date(2026, 5, 1)),
    ("Quốc khánh", date(2026, 9, 2)),
)
OFFICERS = "Cán bộ sổ hộ"
RIGHTS = {
    "registerrules": {"change": "Sửa quy tắc của sổ hộ"},
    "holiday": {
        "add": "Thêm ngày nghỉ lễ",
        "change": "Sửa ngày nghỉ lễ",
        "delete": "Xóa ngày nghỉ lễ",
        "view": "Xem ngày nghỉ lễ",
    },
}


def make(apps, _schema_editor):
    for name, day in YEARLY:
        apps.get_model("households", "Holiday").objects.create(name=name, first_day=day, is_yearly=True)
    officers, _made = apps.get_model("auth", "Group").objects.get_or_create(name=OFFICERS)
    for model, actions in RIGHTS.items():
        content_type, _made = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
            app_label="households", model=model
        )
        for action, name in actions.items():
            permission, _made = apps.get_model("auth", "Permission").objects.get_or_create(
                content_type=content_type, codename=f"{action}_{model}", defaults={"name": name}
            )
            officers.permissions.add(permission)


def unmake(apps, _schema_editor):
    apps.get_model("households", "Holiday").objects.filter(is_yearly=True).delete()
    apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="households", content_type__model__in=RIGHTS
    ).delete()


class Migration(migrations.Migration):
    """Public holidays with a fixed date; officers edit them, and the rules of the register."""

    dependencies = [("households", "0007_rules_and_holidays")]

    operations = [migrations.RunPython(make, unmake)]
