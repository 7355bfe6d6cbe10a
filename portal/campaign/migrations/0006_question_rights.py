from django.db import migrations

VERBS = {"add": "Thêm", "change": "Sửa", "delete": "Xóa", "view": "Xem"}
KEEPERS = ("Cán bộ sổ hộ", "Biên tập viên", "Người duyệt bài")
ADMINISTRATOR = "Quản trị"
OFFICER = "Cán bộ sổ hộ"


def question_permission(apps, action):
    content_type, _made = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="campaign", model="question"
    )
    found, _made = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=f"{action}_question", defaults={"name": ""}
    )
    found.name = f"{VERBS[action]} câu hỏi"
    found.save()
    return found


def picture_permission(apps, action):
    content_type, _made = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="wagtailimages", model="image"
    )
    found, _made = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=f"{action}_image", defaults={"name": f"Can {action} image"}
    )
    return found


def make(apps, _schema_editor):
    groups = apps.get_model("auth", "Group").objects
    for name in KEEPERS:
        group, _made = groups.get_or_create(name=name)
        group.permissions.add(*(question_permission(apps, action) for action in ("add", "change", "view")))
    administrators, _made = groups.get_or_create(name=ADMINISTRATOR)
    administrators.permissions.add(*(question_permission(apps, action) for action in VERBS))
    # A question may have a picture: officers choose one of the library, or bring their own.
    top = apps.get_model("wagtailcore", "Collection").objects.get(depth=1)
    on_collection = apps.get_model("wagtailcore", "GroupCollectionPermission").objects
    for action in ("add", "choose"):
        on_collection.get_or_create(
            group=groups.get(name=OFFICER), collection=top, permission=picture_permission(apps, action)
        )


def unmake(apps, _schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=[*KEEPERS, ADMINISTRATOR]):
        group.permissions.remove(*(question_permission(apps, action) for action in VERBS))
    apps.get_model("wagtailcore", "GroupCollectionPermission").objects.filter(group__name=OFFICER).delete()


class Migration(migrations.Migration):
    """The question bank belongs to officers, editors and reviewers alike."""

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("campaign", "0005_paper_prizes_and_messages"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("home", "0002_groups_and_workflow"),
        ("households", "0003_roles_and_criteria"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailimages", "0027_image_description"),
    ]

    operations = [migrations.RunPython(make, unmake)]
