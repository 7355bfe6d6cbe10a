"""Fills the empty site of the scale test, as `python -m tests.scale.prepare`; prints what the visitors need as JSON."""

import json
import sys
from datetime import timedelta
from typing import Any
from uuid import uuid4

import django


def people(village: Any, other: Any) -> dict[str, str]:
    """{role: user name}; all have the same password."""
    from portal.households.permissions import TEAM_GROUP
    from tests.factories.core import UserFactory
    from tests.factories.households import TeamMembershipFactory

    users = {
        "editor": UserFactory(groups=["Biên tập viên"]),
        "reviewer": UserFactory(groups=["Người duyệt bài"]),
        "team": UserFactory(groups=[TEAM_GROUP]),
        "colleague": UserFactory(groups=[TEAM_GROUP]),
    }
    TeamMembershipFactory(user=users["team"], village=village)
    TeamMembershipFactory(user=users["colleague"], village=other)
    return {role: user.username for role, user in users.items()}


def entry_form(village: Any) -> dict[str, Any]:
    """A finished entry of a family at its review page, as the browser would send it."""
    from django.utils import timezone

    from portal.campaign.drafts import Draft, Family
    from portal.campaign.entering import finished
    from portal.campaign.kinds import kind_of
    from portal.campaign.models import GameIndexPage
    from portal.campaign.screens import Walk
    from tests.factories.games import GamePageFactory, RoundFactory

    game = GamePageFactory(parent=GameIndexPage.objects.get(), slug="do-bai")
    round_ = RoundFactory(game=game, number=1, questions=24, question_count=10)
    family = Family(head_name="Nguyễn Thị Dự Thi", village_id=village.pk, is_sound=True)
    form = kind_of(round_).form(round_, family.who)
    boxes = {f"q{question.pk}": [str(question.options[0][0])] for question in form.questions}
    opened = timezone.now() - timedelta(minutes=5)
    draft = Draft(uuid4(), opened, "xem-lai", family, boxes, shown_as="viet-gon")
    draft = finished(Walk(round_, draft)) or draft
    fields = {"draft": draft.signed_for(round_), "nonce": "", "website": "", "di": "gui"}
    return {"path": "/minigame/do-bai/vong-1/du-thi/", "fields": fields}


def stories() -> dict[str, Any]:
    """A draft that has never been public, and a story that will be taken down."""
    from portal.stories.models import StoryIndexPage
    from tests.factories.stories import StoryPageFactory

    index = StoryIndexPage.objects.get()
    draft = StoryPageFactory(parent=index, title="Bến Giang bán măng qua điện thoại", live=False)
    draft.save_revision()
    public = StoryPageFactory(parent=index, title="Nhà bà Thới học nhắn tin")
    return {"story": draft.pk, "taken_down": {"pk": public.pk, "path": public.url, "title": public.title}}


def main() -> dict[str, Any]:
    from django.conf import settings
    from django.utils import timezone

    from portal.home.column import ensure_column, set_site_address
    from portal.home.serving import migrate_if_needed
    from portal.households.services.secret_numbers import renew_secret
    from tests.factories.core import UserFactory
    from tests.factories.households import (
        ConsentFactory,
        DecisionEntryFactory,
        HouseholdFactory,
        ProposalFactory,
        VillageFactory,
    )

    migrate_if_needed()
    ensure_column()
    set_site_address(settings.BASE_URL)
    village, other = VillageFactory(number=98), VillageFactory(number=99)
    named = HouseholdFactory(village=village, head_name="Phạm Thị Thạch Anh")
    ConsentFactory(household=named, said_at=timezone.now() - timedelta(days=9))
    DecisionEntryFactory(household=named)
    guessed = HouseholdFactory(village=village)
    secret = renew_secret(household=guessed, token=uuid4(), reason="mới", by=UserFactory())
    return {
        "people": people(village, other),
        **stories(),
        "named": named.code,
        "guessed": {"code": guessed.code, "secret": secret},
        "proposal": ProposalFactory(village=village).pk,
        "entry": entry_form(village),
    }


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(main()))
