from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations


def add_index(_apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE INDEX household_search_trigram ON households_household USING gin (search_text gin_trgm_ops)"
        )


def drop_index(_apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX household_search_trigram")


class Migration(migrations.Migration):
    """Part of a name finds a household among a million at once: performance.md, section 7. SQLite does without."""

    dependencies = [("households", "0003_roles_and_criteria")]

    operations = [TrigramExtension(), migrations.RunPython(add_index, drop_index)]
