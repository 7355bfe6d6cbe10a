from django.db import migrations, models

from portal.core.phones import national
from portal.households.enums import OPEN_HELP_STATES
from portal.households.models.household import search_text_of

# Of the households that stand in the list: each word of letters, in the order of the list. The answer to a common
# name lies there in one piece and sorted, however long the register is. PostgreSQL itself keeps it up.
FILL = """INSERT INTO households_word (word, sort_key, household_id, village_id, search_text)
    SELECT DISTINCT word, {row}.sort_key, {row}.id, {row}.village_id, {row}.search_text
    FROM {source} unnest(string_to_array(ltrim({row}.search_text), ' ')) AS word
    WHERE {row}.listed_to IS NULL AND {row}.survivor_id IS NULL AND word !~ '[0-9]' AND word <> ''"""
WATCHED = "({row}.sort_key, {row}.search_text, {row}.village_id, {row}.listed_to, {row}.survivor_id)"
FOLLOW = """CREATE FUNCTION households_word_follow() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP <> 'INSERT' THEN
            DELETE FROM households_word WHERE household_id = OLD.id;
        END IF;
        IF TG_OP <> 'DELETE' THEN
            {fill};
        END IF;
        RETURN NULL;
    END $$"""
SETUP = (
    # Index-only: a page of a village or a state is read without the households that it passes over.
    """CREATE INDEX household_listed_by_name ON households_household (sort_key, id)
        INCLUDE (search_text, last_visited_on, is_passing, capable_member, is_waiting)
        WHERE listed_to IS NULL AND survivor_id IS NULL""",
    """CREATE INDEX household_listed_by_village ON households_household (village_id, sort_key, id)
        INCLUDE (search_text, last_visited_on, is_passing, capable_member, is_waiting)
        WHERE listed_to IS NULL AND survivor_id IS NULL""",
    """CREATE INDEX household_left_by_name ON households_household (sort_key, id)
        INCLUDE (search_text, village_id) WHERE listed_to IS NOT NULL AND survivor_id IS NULL""",
    """CREATE INDEX household_waiting_in_order ON households_household (sort_key, id)
        INCLUDE (search_text, village_id) WHERE is_waiting AND listed_to IS NULL AND survivor_id IS NULL""",
    """CREATE TABLE households_word (
        word text COLLATE "C" NOT NULL,
        sort_key varchar(400) NOT NULL,
        household_id bigint NOT NULL,
        village_id bigint NOT NULL,
        search_text varchar(400) NOT NULL)""",
    """CREATE INDEX households_word_in_order ON households_word (word, sort_key, household_id)
        INCLUDE (search_text)""",
    """CREATE INDEX households_word_in_village ON households_word (word, village_id, sort_key, household_id)
        INCLUDE (search_text)""",
    "CREATE INDEX households_word_by_household ON households_word (household_id)",
    FILL.format(row="home", source="households_household AS home,"),
    FOLLOW.format(fill=FILL.format(row="NEW", source="")),
    """CREATE FUNCTION households_word_empty() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN TRUNCATE households_word; RETURN NULL; END $$""",
    """CREATE TRIGGER households_word_added AFTER INSERT OR DELETE ON households_household
        FOR EACH ROW EXECUTE FUNCTION households_word_follow()""",
    f"""CREATE TRIGGER households_word_changed AFTER UPDATE ON households_household FOR EACH ROW
        WHEN ({WATCHED.format(row="OLD")} IS DISTINCT FROM {WATCHED.format(row="NEW")})
        EXECUTE FUNCTION households_word_follow()""",
    """CREATE TRIGGER households_word_emptied AFTER TRUNCATE ON households_household
        FOR EACH STATEMENT EXECUTE FUNCTION households_word_empty()""",
)
TAKE_AWAY = (
    "DROP TABLE households_word",
    "DROP FUNCTION households_word_follow CASCADE",
    "DROP FUNCTION households_word_empty CASCADE",
    "DROP INDEX household_waiting_in_order",
    "DROP INDEX household_left_by_name",
    "DROP INDEX household_listed_by_village",
    "DROP INDEX household_listed_by_name",
)


def derive_anew(apps, _schema_editor):
    """Words are told apart by the space before them; a code is found without its letters."""
    household = apps.get_model("households", "Household")
    rows = list(household.objects.only("head_name", "nickname", "code", "phone"))
    for row in rows:
        row.search_text = search_text_of(row.head_name, row.nickname, row.code, national(row.phone))
    household.objects.bulk_update(rows, ["search_text"], batch_size=100)


def find_who_waits(apps, _schema_editor):
    household, request = (apps.get_model("households", name) for name in ("Household", "HelpRequest"))
    waiting = request.objects.filter(state__in=OPEN_HELP_STATES).values("household__root")
    household.objects.filter(pk__in=waiting).update(is_waiting=True)


def execute(statements):
    def run(_apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for statement in statements:
                schema_editor.execute(statement)

    return run


class Migration(migrations.Migration):
    """A page of the list and of a search is read in order, whatever the register's size. SQLite does without."""

    dependencies = [("households", "0009_rechecks")]

    operations = [
        migrations.AddField(
            "household",
            "is_waiting",
            models.BooleanField(default=False, editable=False, verbose_name="đang chờ giúp"),
        ),
        migrations.RunPython(find_who_waits, migrations.RunPython.noop),
        migrations.RunPython(derive_anew, migrations.RunPython.noop),
        migrations.AddIndex(
            "household",
            models.Index(
                fields=["sort_key", "id", "village"],
                condition=models.Q(("is_waiting", True)),
                name="household_waiting_by_name",
            ),
        ),
        migrations.RunPython(execute(SETUP), execute(TAKE_AWAY)),
    ]
