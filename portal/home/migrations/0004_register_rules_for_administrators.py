from django.db import migrations

ADMINISTRATOR = "Quản trị"
MODELS = ("registerrules", "holiday")


def grant(apps, _schema_editor):
    rights = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="households", content_type__model__in=MODELS
    )
    apps.get_model("auth", "Group").objects.get(name=ADMINISTRATOR).permissions.add(*rights)


def take_back(apps, _schema_editor):
    group = apps.get_model("auth", "Group").objects.get(name=ADMINISTRATOR)
    group.permissions.remove(
        *group.permissions.filter(content_type__app_label="households", content_type__model__in=MODELS)
    )


class Migration(migrations.Migration):
    """Administrators edit the rules of the register and the holidays, as officers do."""

    dependencies = [("home", "0003_search"), ("households", "0008_usual_holidays")]

    operations = [migrations.RunPython(grant, take_back)]
