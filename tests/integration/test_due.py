"""What a server's timers and an upgrade call."""

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from wagtail.models import Page, Site

from portal.core.heartbeat import SCHEDULER, silent_for
from portal.home import serving

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("which", ["minute", "night"])
def test_jobs_that_are_due_run_and_end_well(which):
    call_command("run_due", which)


def test_every_minute_leaves_a_sign_of_life():
    call_command("run_due", "minute")
    assert silent_for(SCHEDULER).total_seconds() < 30


@pytest.mark.parametrize(("which", "jobs"), [("minute", "EVERY_MINUTE"), ("night", "EVERY_NIGHT")])
def test_job_that_fails_is_told_to_whoever_started_it_and_stops_no_other(monkeypatch, caplog, which, jobs):
    called = []
    monkeypatch.setattr(serving, jobs, ("no_such_command", "second"))
    real = serving.call_command
    monkeypatch.setattr(
        serving,
        "call_command",
        lambda name, **options: called.append(name) if name == "second" else real(name, **options),
    )
    with pytest.raises(CommandError, match="Có việc chưa xong"):
        call_command("run_due", which)
    assert called == ["second"]
    assert "no_such_command failed" in caplog.text


def test_bringing_up_to_date_twice_makes_the_column_once():
    call_command("bring_up_to_date")
    first = list(Page.objects.order_by("pk").values_list("pk", "latest_revision_created_at"))
    call_command("bring_up_to_date")
    assert list(Page.objects.order_by("pk").values_list("pk", "latest_revision_created_at")) == first
    assert Site.objects.get(is_default_site=True).hostname in settings.BASE_URL
