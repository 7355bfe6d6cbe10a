from django.db import migrations

TITLES = ("gia-dinh-so", "tieu-bieu", "kieu-mau")


def make(apps, _schema_editor):
    # The plan names three titles and no threshold (domain.md, section 0): "the criteria are met" is a default that
    # staff change for each year.
    for title in TITLES:
        apps.get_model("households", "TitleRule").objects.create(title=title, year=None)


def unmake(apps, _schema_editor):
    apps.get_model("households", "TitleRule").objects.filter(year=None).delete()


class Migration(migrations.Migration):
    """One rule for every title, for years that have none of their own."""

    dependencies = [("households", "0012_title_rules")]

    operations = [migrations.RunPython(make, unmake)]
