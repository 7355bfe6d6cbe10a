"""Who may do what: three roles made by a migration, and strangers outside."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.admin.menu import admin_menu, help_menu
from wagtail.models import Page, Workflow

from portal.core.models import PortalImage, User
from portal.home.desk.roles import ADMINISTRATOR, EDITOR, REVIEWER
from portal.households.permissions import LEADER_GROUP, OFFICER_GROUP, TEAM_GROUP
from portal.stories.models import StoryPage
from tests.factories.core import PASSWORD, PortalImageFactory, UserFactory
from tests.factories.households import VillageFactory
from tests.factories.stories import StoryPageFactory

pytestmark = pytest.mark.django_db

ALL, PUBLISHERS, OFFICE = "editor reviewer administrator", "reviewer administrator", "administrator"
SCREENS = {
    "wagtailadmin_home": ALL,
    "wagtailadmin_explore_root": ALL,
    "wagtailadmin_account": ALL,
    "wagtailimages:index": ALL,
    "wagtaildocs:index": ALL,
    "recordings:index": ALL,
    "recordings:add": ALL,
    "alerts:index": PUBLISHERS,
    "alerts:add": PUBLISHERS,
    "villages:index": OFFICE,
    "villages:add": OFFICE,
    "holidays:index": OFFICE,
    "holidays:add": OFFICE,
    "wagtailusers_users:index": OFFICE,
    "wagtailusers_users:add": OFFICE,
    "wagtailusers_groups:index": OFFICE,
    "wagtailsites:index": OFFICE,
    "wagtailredirects:index": OFFICE,
    "wagtailadmin_collections:index": OFFICE,
    "wagtailadmin_workflows:index": OFFICE,
}


@pytest.mark.parametrize("persona", ALL.split())
@pytest.mark.parametrize("screen", SCREENS)
def test_screen_opens_for_its_roles_only(screen, persona, request):
    response = request.getfixturevalue(persona).get(reverse(screen))
    assert (response.status_code == 200) is (persona in SCREENS[screen])


@pytest.mark.parametrize("screen", SCREENS)
def test_screen_sends_a_stranger_to_the_sign_in(screen, stranger):
    response = stranger.get(reverse(screen))
    assert response.status_code == 302
    assert response.url.startswith(reverse("wagtailadmin_login"))


@pytest.mark.parametrize(("persona", "allowed"), [("editor", False), ("reviewer", False), ("administrator", True)])
def test_office_profile_is_the_administrators(persona, allowed, request):
    response = request.getfixturevalue(persona).get("/quan-tri/settings/core/siteprofile/", follow=True)
    assert ("Lưu" in response.content.decode() and "hotline" in response.content.decode()) is allowed


#: Roles of the register, from a migration of its own.
REGISTER_GROUPS = {TEAM_GROUP, OFFICER_GROUP, LEADER_GROUP}


def groups_of_the_column():
    return set(Group.objects.values_list("name", flat=True)) - REGISTER_GROUPS


def test_groups_are_ours_alone():
    assert groups_of_the_column() == {EDITOR, REVIEWER, ADMINISTRATOR}


def test_workflow_has_one_step_for_those_who_publish():
    workflow = Workflow.objects.get()
    step = workflow.workflow_tasks.get().task.specific
    assert (workflow.name, step.name) == ("Hai bước: soạn, duyệt", "Duyệt bài")
    assert set(step.groups.values_list("name", flat=True)) == {REVIEWER, ADMINISTRATOR}
    assert list(workflow.workflow_pages.values_list("page__depth", flat=True)) == [1]


def test_migration_goes_back_and_forth():
    migration = import_module("portal.home.migrations.0002_groups_and_workflow")
    somebody = UserFactory(groups=[EDITOR])
    migration.backward(apps, None)
    assert groups_of_the_column() == {"Editors", "Moderators"}
    assert Workflow.objects.get().name == "Moderators approval"
    assert somebody.groups.get().name == "Editors"
    migration.forward(apps, None)
    assert groups_of_the_column() == {EDITOR, REVIEWER, ADMINISTRATOR}
    assert somebody.groups.get().name == EDITOR
    assert Workflow.objects.get().workflow_tasks.get().task.specific.groups.count() == 2


def test_editor_cannot_publish(editor, stories, story_form):
    address = reverse("wagtailadmin_pages:add", args=["stories", "storypage", stories.pk])
    editor.post(address, {**story_form(), "action-publish": "1"})
    assert not StoryPage.objects.get().live


class TestDeletingAPage:
    @pytest.mark.parametrize(("persona", "allowed"), [("editor", False), ("reviewer", False), ("administrator", True)])
    def test_that_was_public(self, persona, allowed, request):
        page = StoryPageFactory(title="Nhà ông Hồ")
        desk = request.getfixturevalue(persona)
        response = desk.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), follow=True)
        assert Page.objects.filter(pk=page.pk).exists() is not allowed
        if persona == "reviewer":
            assert "đã từng đăng" in response.content.decode()

    def test_that_is_the_editors_own_draft(self, editor):
        page = StoryPageFactory(draft=True, owner=editor.user)
        editor.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
        assert not Page.objects.filter(pk=page.pk).exists()

    def test_in_bulk_is_refused_in_the_same_words(self, reviewer):
        page = StoryPageFactory()
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
        response = reviewer.post(f"{address}?id={page.pk}", follow=True)
        assert Page.objects.filter(pk=page.pk).exists()
        assert "đã từng đăng" in response.content.decode()


class TestDeletingAPicture:
    @pytest.mark.parametrize(("persona", "allowed"), [("editor", False), ("reviewer", False), ("administrator", True)])
    def test_of_somebody_else(self, persona, allowed, request):
        picture = PortalImageFactory(uploaded_by_user=UserFactory())
        request.getfixturevalue(persona).post(reverse("wagtailimages:delete", args=[picture.pk]))
        assert PortalImage.objects.filter(pk=picture.pk).exists() is not allowed

    def test_of_ones_own(self, editor):
        picture = PortalImageFactory(uploaded_by_user=editor.user)
        editor.post(reverse("wagtailimages:delete", args=[picture.pk]))
        assert not PortalImage.objects.filter(pk=picture.pk).exists()

    def test_in_bulk_spares_those_of_others(self, editor):
        picture = PortalImageFactory(uploaded_by_user=UserFactory())
        address = reverse("wagtail_bulk_action", args=["core", "portalimage", "delete"])
        editor.post(f"{address}?id={picture.pk}")
        assert PortalImage.objects.filter(pk=picture.pk).exists()

    def test_of_others_may_be_edited_all_the_same(self, editor):
        picture = PortalImageFactory(uploaded_by_user=UserFactory())
        assert editor.get(reverse("wagtailimages:edit", args=[picture.pk])).status_code == 200


class TestVillageInUse:
    def test_is_not_deleted_and_the_way_out_is_named(self, administrator):
        village = VillageFactory()
        StoryPageFactory(village=village)
        address = reverse("villages:delete", args=[village.pk])
        assert "thôn thay thế" in administrator.get(address).content.decode()
        response = administrator.post(address, follow=True)
        village.refresh_from_db()
        assert "không xóa được" in response.content.decode()

    def test_that_nothing_names_is_deleted(self, administrator):
        village = VillageFactory()
        administrator.post(reverse("villages:delete", args=[village.pk]))
        assert not type(village).objects.filter(pk=village.pk).exists()


class TestAccounts:
    FORM = {"username": "lan", "full_name": "Phạm Thị Lan", "email": "", "password1": PASSWORD, "password2": PASSWORD}

    def test_administrator_makes_an_account_with_one_name_and_no_email(self, administrator):
        group = Group.objects.get(name=EDITOR)
        response = administrator.post(reverse("wagtailusers_users:add"), {**self.FORM, "groups": [group.pk]})
        assert response.status_code == 302
        made = User.objects.get(username="lan")
        assert (made.get_full_name(), made.groups.get(), made.is_superuser) == ("Phạm Thị Lan", group, False)

    def test_administrator_cannot_make_a_superuser(self, administrator):
        administrator.post(reverse("wagtailusers_users:add"), {**self.FORM, "is_superuser": "on"})
        assert not User.objects.get(username="lan").is_superuser

    def test_administrator_cannot_take_over_a_superuser(self, administrator):
        root = UserFactory(is_admin=True, username="goc")
        address = reverse("wagtailusers_users:edit", args=[root.pk])
        administrator.post(address, {**self.FORM, "username": "goc", "is_active": "on"})
        root.refresh_from_db()
        assert root.full_name != "Phạm Thị Lan"

    def test_account_is_found_by_its_full_name(self, administrator):
        UserFactory(full_name="Đinh Thị Hoa")
        page = administrator.get(reverse("wagtailusers_users:index"), {"q": "Hoa"}).content.decode()
        assert "Đinh Thị Hoa" in page

    def test_own_name_is_one_box(self, editor):
        page = editor.get(reverse("wagtailadmin_account")).content.decode()
        assert "name_email-full_name" in page
        assert "first_name" not in page


@pytest.mark.parametrize(
    ("persona", "shown", "hidden"),
    [
        ("editor", {"explorer", "images", "documents"}, {"reports", "settings", "snippets"}),
        ("reviewer", {"reports", "dai-bao"}, {"settings", "thon"}),
        ("administrator", {"reports", "dai-bao", "thon", "settings"}, {"snippets"}),
    ],
)
def test_menu_shows_what_the_role_needs(persona, shown, hidden, request, rf):
    menu_request = rf.get("/")
    menu_request.user = request.getfixturevalue(persona).user
    names = {item.name for item in admin_menu.menu_items_for_request(menu_request)}
    assert shown <= names
    assert not hidden & names


def test_help_stays_on_the_site(administrator, rf):
    menu_request = rf.get("/")
    menu_request.user = administrator.user
    assert [item.url for item in help_menu.menu_items_for_request(menu_request)] == ["/quan-tri/huong-dan/", "#"]
