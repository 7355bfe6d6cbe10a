"""Registers the register's screens with Wagtail."""

from django.forms.models import model_to_dict
from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet

from portal.core.audit import record
from portal.households.access import staff_of
from portal.households.models import RegisterRules
from portal.households.viewsets import HolidayViewSet, VillageViewSet


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[ViewSet]:
    return [VillageViewSet("villages"), HolidayViewSet("holidays")]


@hooks.register("before_edit_setting")
def remember_rules(request: HttpRequest, instance: object) -> None:
    """Keep what stood before, for the log."""
    if isinstance(instance, RegisterRules):
        request.rules_before = model_to_dict(instance)  # type: ignore[attr-defined]


@hooks.register("after_edit_setting")
def log_rules(request: HttpRequest, instance: object) -> None:
    """A changed number of days is a line in the chained log: who, from what, to what."""
    if isinstance(instance, RegisterRules):
        before = request.rules_before  # type: ignore[attr-defined]
        changed = {
            name: [before[name], value] for name, value in model_to_dict(instance).items() if before[name] != value
        }
        if changed:
            record("rules.change", by=staff_of(request), data=changed)
