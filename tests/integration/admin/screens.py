"""Every screen below the staff's door, found in the URL configuration and reached with real things as arguments."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import Group
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import UUIDConverter
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, GroupApprovalTask, Page, Site, Workflow, get_page_models

from portal.core.http import ADMIN_PREFIX
from portal.home.desk.roles import REVIEWER
from portal.households.models import CriteriaSet
from portal.households.permissions import TEAM_GROUP
from tests.factories import approvals, core, home, households, stories

#: What answers a machine, throws on purpose, shows the public page, or is a part of another screen.
NO_SCREENS = re.compile(
    r"wagtailadmin_(api|error_test|sprite|javascript_catalog|logout|editing_sessions|password_reset)"
    r"|_results$|preview|view_draft|revisions_view|team:evidence"
)
PAGE_KEYS = ("page_id", "page_pk", "page_to_move_id")


@dataclass(frozen=True)
class Screen:
    """One address of the admin: its name and the arguments it wants."""

    name: str
    wants: tuple[str, ...]
    #: Of those, the ones that are UUIDs.
    uuids: tuple[str, ...] = ()

    @property
    def room(self) -> str:
        return self.name.partition(":")[0]


def screens() -> Iterator[Screen]:
    """All named addresses below the staff's door, each once."""
    seen = set()
    for name, route, pattern in _walk(get_resolver()):
        if f"/{route}".startswith(ADMIN_PREFIX) and pattern.name and not NO_SCREENS.search(name):
            converters = pattern.pattern.converters
            wants = tuple(converters) or tuple(pattern.pattern.regex.groupindex)
            screen = Screen(name, wants, tuple(k for k, kind in converters.items() if isinstance(kind, UUIDConverter)))
            if screen not in seen:
                seen.add(screen)
                yield screen


def _walk(resolver: URLResolver, route: str = "", rooms: tuple[str, ...] = ()) -> Iterator[tuple[str, str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inside = (*rooms, pattern.namespace) if pattern.namespace else rooms
            yield from _walk(pattern, route + str(pattern.pattern), inside)
        else:
            yield ":".join((*rooms, pattern.name or "")), route + str(pattern.pattern), pattern


class Office:
    """One of each thing, so that lists and forms have something to show and addresses lead somewhere."""

    def __init__(self) -> None:
        Page.objects.filter(title__contains="Welcome").update(title="Trang đầu", draft_title="Trang đầu")
        self.page = stories.StoryPageFactory(title="Nhà ông Hồ")
        self.waiting = stories.StoryPageFactory(title="Bài chờ duyệt", draft=True)
        self.image, self.document = core.PortalImageFactory(), core.PortalDocumentFactory()
        self.author = core.UserFactory(full_name="Phạm Thị Viết")
        self.household = households.HouseholdFactory()
        self.keys = {**self._keys_of_pages(), **self._keys_of_things()}
        self.rows = {**self._rows_of_the_column(), **self._rows_of_the_register()}

    def _keys_of_pages(self) -> dict[str, Any]:
        first = self.page.save_revision()
        self.page.title = "Nhà ông Hồ Văn"
        second = self.page.save_revision()
        self.waiting.save_revision()
        state = self.waiting.get_workflow().start(self.waiting, self.author)
        parent = self.page.get_parent()
        return {
            "revision_id": first.pk,
            "revision_id_a": first.pk,
            "revision_id_b": second.pk,
            "parent_page_id": parent.pk,
            "destination_id": parent.pk,
            "task_id": state.current_task_state.task.pk,
            "task_state_id": state.current_task_state.pk,
            "workflow_state_id": state.pk,
            "workflow_pk": state.workflow.pk,
            "action_name": "approve",
        }

    def _keys_of_things(self) -> dict[str, Any]:
        return {
            "collection_id": Collection.get_first_root_node().pk,
            "image_id": self.image.pk,
            "document_id": self.document.pk,
            "doc_id": self.document.pk,
            "redirect_id": Redirect.objects.create(old_path="/cu", redirect_link="/moi/").pk,
            "code": self.household.code,
            "other": households.HouseholdFactory().code,
            "key": "1",
            "year": 2026,
            "title": "gia-dinh-so",
            "change": "chuyen-thon",
            "kind": "dieu-chinh",
            "channel": "zalo",
            "size": "a4",
        }

    def _rows_of_the_column(self) -> dict[str, Any]:
        """What `pk` means in a room, or on one screen of it."""
        recording, task = core.RecordingFactory(), GroupApprovalTask.objects.get()
        return {
            "wagtailadmin_pages": self.page,
            "wagtailadmin_collections": Collection.get_first_root_node().add_child(name="Ảnh hội thi"),
            "wagtailadmin_workflows": Workflow.objects.get(),
            "wagtailadmin_workflows:edit_task": task,
            "wagtailadmin_workflows:disable_task": task,
            "wagtailsites": Site.objects.get(),
            "wagtailusers_users": self.author,
            "door": self.author,
            "wagtailusers_groups": Group.objects.get(name=REVIEWER),
            "wagtailimages_chooser": self.image,
            "wagtaildocs_chooser": self.document,
            "recordings": recording,
            "recording_chooser": recording,
            "alerts": home.AlertBannerFactory(),
            "channels": self.page,
            "approvals": approvals.ApproverFactory(),
            "approvals:ask": self.waiting,
            "approvals:revoke": approvals.ApprovalLinkFactory(page=self.page),
            "channels:take_down": home.HungPosterFactory(page=self.page),
        }

    def _rows_of_the_register(self) -> dict[str, Any]:
        village = self.household.village
        return {
            "villages": village,
            "office": CriteriaSet.objects.first(),
            "office:undo_merge": households.MergeFactory(),
            "office:close_help": households.HelpRequestFactory(household=self.household),
            "office:answer_data": households.DataRequestFactory(),
            "team": households.ProposalFactory(village=village),
            "team:help_request": households.HelpRequestFactory(village=village),
            "titles": households.DecisionFactory(),
            "titles:proposal": households.ProposalFactory(),
            "exchange": households.ImportBatchFactory(),
        }

    def arguments(self, screen: Screen) -> Iterator[dict[str, Any]]:
        """What to ask the screen with: once, or once for every kind of thing it is about."""
        if screen.name == "wagtail_bulk_action":
            yield from self._bulk_actions()
        elif screen.room == "wagtailadmin_pages" and any(name.endswith("model_name") for name in screen.wants):
            yield from self._kinds_of_page()
        elif screen.room == "wagtailsettings":
            yield {"app_name": "core", "model_name": "siteprofile", "pk": Site.objects.get().pk}
        elif "model_name" in screen.wants:
            yield {"app_label": "wagtailcore", "app_name": "taggit", "model_name": "groupapprovaltask"}
        else:
            row = self.rows.get(screen.name, self.rows.get(screen.room))
            page = self.waiting if "workflow" in screen.name and screen.room == "wagtailadmin_pages" else self.page
            yield {**self.keys, **dict.fromkeys(PAGE_KEYS, page.pk), "pk": getattr(row, "pk", 1)}
        if screen.name == "wagtailadmin_pages:edit":
            yield from ({"page_id": page.pk} for page in (self.waiting, *Page.objects.filter(depth__in=[2, 3])))

    def _bulk_actions(self) -> Iterator[dict[str, Any]]:
        for label, model, actions, row in (
            ("wagtailcore", "page", "delete move publish unpublish", self.page),
            ("core", "portalimage", "delete add_tags add_to_collection", self.image),
            ("core", "portaldocument", "delete add_tags add_to_collection", self.document),
            ("core", "user", "delete assign_role set_active_state", self.rows["wagtailusers_users"]),
        ):
            for action in actions.split():
                yield {"app_label": label, "model_name": model, "action": action, "?": f"?id={row.pk}"}

    def _kinds_of_page(self) -> Iterator[dict[str, Any]]:
        for model in get_page_models():
            label, name = model._meta.label_lower.split(".")
            for parent in model.allowed_parent_page_models():
                if above := parent.objects.order_by("path").first():
                    named = {"content_type_app_name": label, "content_type_model_name": name}
                    yield {**named, "app_label": label, "model_name": name, "parent_page_id": above.pk}

    def desk_of(self, role: str) -> Client:
        """The browser of somebody with this role, on the village's team if it is the team's."""
        browser = Client()
        user = core.UserFactory(groups=[role])
        if role == TEAM_GROUP:
            households.TeamMembershipFactory(user=user, village=self.household.village)
        browser.force_login(user)
        return browser

    def addresses(self) -> Iterator[tuple[str, str]]:
        """(name of the screen, address) of everything there is."""
        for screen in screens():
            for found in self.arguments(screen):
                wanted = {name: uuid4() if name in screen.uuids else found.get(name, 1) for name in screen.wants}
                yield screen.name, reverse(screen.name, kwargs=wanted) + found.get("?", "")


def words_of(response: HttpResponse) -> str:
    """The HTML of an answer, or of the dialog that it carries; nothing where it is neither."""
    kind = response.headers.get("Content-Type", "")
    if response.streaming or not kind.startswith(("text/html", "application/json")):
        return ""
    if "json" in kind:
        answer = response.json()
        return str(answer.get("html", "")) if isinstance(answer, dict) else ""
    return response.content.decode()
