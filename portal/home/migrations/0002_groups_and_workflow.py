from django.db import migrations

EDITOR, REVIEWER, ADMINISTRATOR = "Biên tập viên", "Người duyệt bài", "Quản trị"
WORKFLOW, TASK = "Hai bước: soạn, duyệt", "Duyệt bài"

# What each role may do. Page rights hold from the root page down, media rights from the root collection down.
EDITOR_MODELS = {"wagtailadmin.admin": ["access"], "core.recording": ["add", "change", "view"]}
REVIEWER_MODELS = {**EDITOR_MODELS, "home.alertbanner": ["add", "change", "delete", "view"]}
ALL = ["add", "change", "delete", "view"]
ADMINISTRATOR_MODELS = {
    "wagtailadmin.admin": ["access"],
    "core.recording": ALL,
    "core.user": ALL,
    "core.siteprofile": ["change"],
    "home.alertbanner": ALL,
    "households.village": ALL,
    "auth.group": ALL,
    "wagtailcore.site": ALL,
    "wagtailcore.workflow": ALL,
    "wagtailcore.task": ALL,
    "wagtailredirects.redirect": ALL,
}
# Permissions are read aloud by name in the form of a group.
VERBS = {"add": "Thêm", "change": "Sửa", "delete": "Xóa", "view": "Xem"}
NOUNS = {
    "core.recording": "bản ghi âm",
    "core.user": "tài khoản",
    "core.siteprofile": "thông tin chuyên mục",
    "home.alertbanner": "dải báo",
    "households.village": "thôn",
    "auth.group": "nhóm",
    "wagtailcore.site": "website",
    "wagtailcore.workflow": "quy trình duyệt",
    "wagtailcore.task": "bước duyệt",
    "wagtailredirects.redirect": "chuyển hướng",
}
COLLECTIONS = [("wagtailcore.collection", action) for action in ("add", "change", "delete")]
GRANTS = {
    EDITOR: {
        "pages": ["add", "change"],
        "media": ["add", "change", "choose"],
        "models": EDITOR_MODELS,
        "collections": [],
    },
    REVIEWER: {
        "pages": ["add", "change", "publish", "lock", "unlock"],
        "media": ["add", "change", "choose"],
        "models": REVIEWER_MODELS,
        "collections": [],
    },
    ADMINISTRATOR: {
        "pages": ["add", "change", "publish", "lock", "unlock", "bulk_delete"],
        "media": ["add", "change", "choose", "delete"],
        "models": ADMINISTRATOR_MODELS,
        "collections": COLLECTIONS,
    },
}
# The CMS's own two groups, for the way back.
STOCK_MODELS = {
    "wagtailadmin.admin": ["access"],
    "wagtailimages.image": ["add", "change", "choose", "delete"],
    "wagtaildocs.document": ["add", "change", "choose", "delete"],
}
STOCK = {
    "Editors": {
        "pages": ["add", "change"],
        "media": ["add", "change", "choose"],
        "models": STOCK_MODELS,
        "collections": [],
    },
    "Moderators": {
        "pages": ["add", "change", "lock", "publish", "unlock"],
        "media": ["add", "change", "choose"],
        "models": STOCK_MODELS,
        "collections": [],
    },
}
NAMES = {"Editors": EDITOR, "Moderators": REVIEWER}
MEDIA_MODELS = ["wagtailimages.image", "wagtaildocs.document"]


def permission(apps, label, action):
    """The row that Django itself would make after all migrations; some are needed before that."""
    app_label, model = label.split(".")
    content_type, _made = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app_label, model=model
    )
    permissions = apps.get_model("auth", "Permission").objects
    found, _made = permissions.get_or_create(
        content_type=content_type, codename=f"{action}_{model}", defaults={"name": f"Can {action} {model}"}
    )
    if label in NOUNS:
        found.name = f"{VERBS[action]} {NOUNS[label]}"
        found.save()
    return found


def grant(apps, name, rights):
    """Give the group exactly these rights."""
    group, _made = apps.get_model("auth", "Group").objects.get_or_create(name=name)
    group.permissions.set(
        [permission(apps, label, action) for label, actions in rights["models"].items() for action in actions]
    )
    on_page = apps.get_model("wagtailcore", "GroupPagePermission").objects
    root = apps.get_model("wagtailcore", "Page").objects.get(depth=1)
    on_page.filter(group=group).delete()
    for action in rights["pages"]:
        on_page.create(group=group, page=root, permission=permission(apps, "wagtailcore.page", action))
    on_collection = apps.get_model("wagtailcore", "GroupCollectionPermission").objects
    top = apps.get_model("wagtailcore", "Collection").objects.get(depth=1)
    on_collection.filter(group=group).delete()
    pairs = [(label, action) for label in MEDIA_MODELS for action in rights["media"]]
    for label, action in [*pairs, *rights["collections"]]:
        on_collection.create(group=group, collection=top, permission=permission(apps, label, action))


def rename_groups(apps, names):
    groups = apps.get_model("auth", "Group").objects
    for old, new in names.items():
        groups.filter(name=old).update(name=new)


def rename_roots(apps, page_title, collection_name):
    """The top of the page tree and of the media library, as choosers show them."""
    roots = apps.get_model("wagtailcore", "Page").objects.filter(depth=1)
    roots.update(title=page_title, draft_title=page_title)
    apps.get_model("wagtailcore", "Collection").objects.filter(depth=1).update(name=collection_name)


def content_type_of(apps, model):
    return apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label="wagtailcore", model=model)[0]


def put_workflow(apps, old, name, task_name, group_names):
    """One workflow on the root page with one task for these groups; the CMS's own one becomes it."""
    groups = apps.get_model("auth", "Group").objects.filter(name__in=group_names)
    tasks, workflows = apps.get_model("wagtailcore", "GroupApprovalTask"), apps.get_model("wagtailcore", "Workflow")
    workflow = workflows.objects.filter(name=old).first() or workflows(name=old)
    workflow.name, workflow.active = name, True
    workflow.save()
    steps = apps.get_model("wagtailcore", "WorkflowTask").objects
    step = steps.filter(workflow=workflow).first()
    task = tasks.objects.filter(task_ptr=step.task_id).first() if step else None
    task = task or tasks(content_type=content_type_of(apps, "groupapprovaltask"))
    task.name, task.active = task_name, True
    task.save()
    task.groups.set(groups)
    if step is None:
        steps.create(workflow=workflow, task_id=task.task_ptr_id, sort_order=0)
    root = apps.get_model("wagtailcore", "Page").objects.get(depth=1)
    apps.get_model("wagtailcore", "WorkflowPage").objects.update_or_create(page=root, defaults={"workflow": workflow})


def forward(apps, schema_editor):
    rename_groups(apps, NAMES)
    rename_roots(apps, "Trang gốc", "Thư mục gốc")
    for name, rights in GRANTS.items():
        grant(apps, name, rights)
    put_workflow(apps, "Moderators approval", WORKFLOW, TASK, [REVIEWER, ADMINISTRATOR])


def backward(apps, schema_editor):
    rename_groups(apps, {new: old for old, new in NAMES.items()})
    rename_roots(apps, "Root", "Root")
    apps.get_model("auth", "Group").objects.filter(name=ADMINISTRATOR).delete()
    for name, rights in STOCK.items():
        grant(apps, name, rights)
    put_workflow(apps, WORKFLOW, "Moderators approval", "Moderators approval", ["Moderators"])


class Migration(migrations.Migration):
    """Three roles in place of the CMS's two, and a workflow of two steps for the whole site."""

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("core", "0002_files_and_profile"),
        ("home", "0001_initial"),
        ("households", "0001_initial"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
    ]

    operations = [migrations.RunPython(forward, backward)]
