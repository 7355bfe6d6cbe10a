"""Every address of the register says who may enter and keeps all others out; a new one without a rule fails here."""

from uuid import uuid4

import pytest
from django.urls import URLPattern, reverse

from portal.campaign import urls_desk, urls_erasing, urls_signup_desk, urls_signups
from portal.campaign import urls_public as urls_games
from portal.home import urls_entry_stories
from portal.households import urls_exchange, urls_office, urls_progress, urls_public, urls_team, urls_titles
from tests.factories.campaign import ActivityPageFactory
from tests.factories.games import EntryPhotoFactory, ErasureFactory, RoundFactory
from tests.factories.households import (
    CertificateFactory,
    CriteriaSetFactory,
    CriterionFactory,
    DataRequestFactory,
    DecisionFactory,
    HelpRequestFactory,
    HouseholdFactory,
    ImportBatchFactory,
    MergeFactory,
    MinutesScanFactory,
    ObjectionFactory,
    ProposalFactory,
    SensitiveChangeFactory,
    TeamMembershipFactory,
)
from tests.factories.progress import ActivityPhotoFactory, ActivityReportFactory

pytestmark = pytest.mark.django_db

#: The role matrix: which guard lets which role in. A superuser is nobody here unless a guard names him.
MATRIX = {
    "public": {"anonymous", "officer", "leader", "team_member", "editor"},
    "is_team_member": {"team_member"},
    "is_officer": {"officer"},
    "_team_or_officer": {"team_member", "officer"},
    "_leader_or_officer": {"leader", "officer"},
    "_any_register_role": {"team_member", "officer", "leader"},
    "can_read_log": {"leader"},
}
STAFF = ("officer", "leader", "team_member", "editor")
URLCONFS = (
    *(urls_public, urls_team, urls_office, urls_titles, urls_exchange, urls_progress),
    *(urls_games, urls_desk, urls_erasing, urls_entry_stories, urls_signups, urls_signup_desk),
)
ROUTES = [(urlconf.app_name, pattern) for urlconf in URLCONFS for pattern in urlconf.urlpatterns]


def guard_of(pattern: URLPattern) -> str:
    return getattr(pattern.callback, "access", "")


@pytest.mark.parametrize(("room", "pattern"), ROUTES, ids=lambda value: getattr(value, "name", value))
def test_every_route_has_a_rule(room, pattern):
    assert guard_of(pattern) in MATRIX, f"{room}:{pattern.name} says nobody who may enter"


GUARDED = [(room, pattern) for room, pattern in ROUTES if guard_of(pattern) != "public"]
OFFICE_PAGES = [
    (room, pattern)
    for room, pattern in GUARDED
    if not pattern.pattern.converters and "officer" in MATRIX[guard_of(pattern)]
]


@pytest.mark.parametrize(("room", "pattern"), OFFICE_PAGES, ids=lambda value: getattr(value, "name", value))
def test_officer_enters_and_nothing_may_be_kept_on_the_way(room, pattern, officer):
    # Stands before the walk, whose rows have addresses and make no sense on a page.
    answer = officer.get(reverse(f"{room}:{pattern.name}"))
    assert answer.status_code in {200, 405}
    assert answer.headers["Cache-Control"] == "private, no-store"


def rows_by_route():
    """Real things, so that a 404 is the guard's word and not a missing row's; by route, else by room."""
    round_ = RoundFactory()
    return {
        "office:undo_merge": MergeFactory(),
        "office:decide": SensitiveChangeFactory(),
        "office:leave_team": TeamMembershipFactory(),
        "office:close_help": HelpRequestFactory(),
        "office:answer_data": DataRequestFactory(),
        "office:answer_objection": ObjectionFactory(),
        "titles:print_certificate": CertificateFactory(),
        "titles:revocation": SensitiveChangeFactory(),
        "titles:minutes_scan": MinutesScanFactory(),
        "titles": DecisionFactory(),
        "team:minutes_scan": MinutesScanFactory(),
        "exchange:batch": ImportBatchFactory(),
        "progress:activity_photo": ActivityPhotoFactory(),
        "progress": ActivityReportFactory(),
        "gamedesk:game": round_.game,
        "gamedesk": round_,
        "signupdesk": ActivityPageFactory(seats=3),
        "gameerasing": ErasureFactory().round,
        "entrystories:photo": EntryPhotoFactory(),
        "entrystories": round_,
    }


@pytest.fixture(scope="module")
def arguments(written_once):
    """What the address of a route is made with."""
    household, other = HouseholdFactory(), HouseholdFactory()
    criterion = CriterionFactory(criteria_set=CriteriaSetFactory())
    rows = rows_by_route()
    given = {"code": household.code, "other": other.code, "key": criterion.key, "title": "gia-dinh-so", "year": 2026}

    def number(room, pattern, name):
        if "criteri" in pattern.name:
            return criterion.criteria_set.pk
        row = rows.get(f"{room}:{pattern.name}") or rows.get(f"{room}:{name}")
        if row is None and "danh-sach" in str(pattern.pattern) and room == "titles":
            row = ProposalFactory()
        return (row or rows.get(room) or ProposalFactory()).pk

    def found(room, pattern):
        values = {}
        for name, converter in pattern.pattern.converters.items():
            kind = type(converter).__name__
            if kind == "UUIDConverter":
                values[name] = uuid4()
            elif name in given:
                values[name] = given[name]
            else:
                values[name] = number(room, pattern, name) if kind == "IntConverter" else "chuyen-thon"
        return values

    return found


@pytest.mark.parametrize(("room", "pattern"), GUARDED, ids=lambda value: getattr(value, "name", value))
def test_route_answers_only_those_whom_its_rule_names(room, pattern, arguments, request, client):
    address = reverse(f"{room}:{pattern.name}", kwargs=arguments(room, pattern))
    for ask in (client.get, client.post):
        stranger = ask(address)
        assert stranger.status_code == 302
        assert stranger.headers["Location"].startswith("/quan-tri/login/")
    for role in set(STAFF) - MATRIX[guard_of(pattern)]:
        browser = request.getfixturevalue(role)
        for ask in (browser.get, browser.post):
            assert ask(address).status_code == 404, (role, address)
