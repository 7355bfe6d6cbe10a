"""Every address of the team's desk, walked by every role: foreign things answer 404."""

import pytest
from django.urls import reverse

from portal.households import urls_team
from portal.households.enums import Channel
from tests.factories.files import picture_bytes
from tests.factories.households import (
    CandidateFactory,
    EvidenceFactory,
    HelpRequestFactory,
    HouseholdFactory,
    MinutesScanFactory,
    ObjectionFactory,
    ProposalFactory,
    RegistrationFactory,
    VisitFactory,
)

pytestmark = pytest.mark.django_db

GENERAL = {
    "today",
    "households",
    "proposals",
    "register",
    "register_from_paper",
    "sheets",
    "meeting_list",
    "visit_pile",
}
POST_ONLY = {
    "take_help", "close_help", "visit_batch", "add_candidate", "remove_candidate", "object", "answer_objection",
    "submit_proposal", "add_passing", "add_minutes_scans", "drop_minutes_scan",
}  # fmt: skip
LEADS_BACK = {"add_passing", "remove_candidate", "answer_objection", "submit_proposal", "drop_minutes_scan"}
#: Officers look at evidence as well; everything else on this desk is the team's.
FOR_OFFICERS = {"evidence"}


@pytest.fixture
def things(village):
    from django.core.files.base import ContentFile

    from portal.core.private_files import keep_private

    family = HouseholdFactory(village=village)
    name = keep_private(ContentFile(picture_bytes(), name="anh.png"), folder="lam-chung")
    photo = EvidenceFactory(visit=VisitFactory(household=family, met=["1"]), name=name)
    proposal = ProposalFactory(village=village)
    asked = HelpRequestFactory(village=village, household=family)
    scan = MinutesScanFactory(proposal=proposal, name=name)
    return {
        "household": [family.code],
        "card": [family.code],
        "consents": [family.code],
        "minutes_scan": [scan.pk],
        "add_minutes_scans": [proposal.pk],
        "drop_minutes_scan": [proposal.pk, scan.pk],
        "visit": [family.code],
        "evidence": [photo.pk],
        "help_request": [asked.pk],
        "take_help": [asked.pk],
        "close_help": [asked.pk],
        "receipt": [RegistrationFactory(household=family, channel=Channel.TEAM).token],
        "proposal": [proposal.pk],
        "add_candidate": [proposal.pk],
        "add_passing": [proposal.pk],
        "remove_candidate": [proposal.pk, CandidateFactory(proposal=proposal, household=family).pk],
        "object": [proposal.pk],
        "answer_objection": [proposal.pk, ObjectionFactory(proposal=proposal).pk],
        "submit_proposal": [proposal.pk],
        "proposal_list": [proposal.pk],
        "posting": [proposal.pk],
    }


NAMES = [pattern.name for pattern in urls_team.urlpatterns]


def asked_for(browser, name, things):
    address = reverse(f"team:{name}", args=things.get(name, []))
    return browser.post(address) if name in POST_ONLY else browser.get(address)


@pytest.mark.parametrize("name", NAMES)
def test_own_team_enters(name, things, team_member):
    expected = {"take_help": 302, "visit_batch": 400} | dict.fromkeys(LEADS_BACK, 302)
    assert asked_for(team_member, name, things).status_code == expected.get(name, 200)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in {*GENERAL, "visit_batch"}])
def test_colleague_of_another_village_finds_nothing(name, things, colleague):
    assert asked_for(colleague, name, things).status_code == 404


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("persona", ["officer", "leader", "editor"])
def test_other_roles_have_no_business_here(name, persona, things, request):
    allowed = persona == "officer" and name in FOR_OFFICERS
    response = asked_for(request.getfixturevalue(persona), name, things)
    assert response.status_code == (200 if allowed else 404)


@pytest.mark.parametrize("name", NAMES)
def test_stranger_is_sent_to_the_sign_in(name, things, stranger):
    response = asked_for(stranger, name, things)
    assert response.status_code == 302
    assert response.url.startswith(reverse("wagtailadmin_login"))


@pytest.mark.parametrize("name", NAMES)
def test_view_says_who_may_enter(name):
    [pattern] = [pattern for pattern in urls_team.urlpatterns if pattern.name == name]
    assert pattern.callback.access in {"is_team_member", "_team_or_officer"}
