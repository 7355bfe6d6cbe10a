"""Looking twice and the next step: asked kindly, drawn for all to repeat, and shown to whom it concerns."""

from datetime import date, timedelta
from hashlib import sha256

import pytest
import time_machine

from portal.core.models import AuditEntry
from portal.households.enums import Basis, DoubtKind
from portal.households.models import DoubtAnswer, Evidence, PeriodClose, RecheckCase, Visit
from portal.households.services.periods import close_period
from tests.desks import desk_of
from tests.factories.households import VillageFactory
from tests.integration.register.periods import NOW, QUARTER, a_home, visit
from tests.integration.register.test_team_batches import item, post

pytestmark = pytest.mark.django_db
RECHECK = f"/quan-tri/tien-do/ky/{QUARTER.code}/tham-lai/"
YESTERDAY = NOW.date() - timedelta(days=1)
DOUBTS, TODAY = "/quan-tri/tien-do/soat-lai/", "/quan-tri/to/"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=True):
        yield


def text_of(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def closed(village, team_member, officer):
    """Three families that the member visited within the quarter, one of another village, and the quarter closed."""
    homes = [a_home(village) for _ in range(3)]
    for home in homes:
        visit(home, team_member.user, date(2026, 7, 3), met=("2", "3"), unmet=("5",))
    elsewhere = VillageFactory()
    visit(a_home(elsewhere), officer.user, date(2026, 7, 5), met=("3",))
    close_period(period=QUARTER, by=officer.user, note="Thôn chưa gửi.")
    return homes


def draw(officer, percent="5"):
    return officer.post(RECHECK, {"percent": percent}, follow=True)


def second_member(village):
    return desk_of("Tổ công nghệ số", full_name="Đinh Thị Sen", village=village)


def test_sample_is_drawn_once_from_every_village_and_can_be_drawn_again_by_hand(closed, officer, village):
    assert "Rút hộ thăm lại" in text_of(officer.get(RECHECK))
    page = text_of(draw(officer))
    digest = PeriodClose.objects.get().digest
    codes = [home.code for home in closed]
    first = min(codes, key=lambda code: sha256(f"{digest}:{code}".encode()).hexdigest())
    assert RecheckCase.objects.get(village=village).household.code == first
    assert RecheckCase.objects.count() == 2
    assert first in page
    assert digest in page
    assert "Đã thăm lại 0/2 hộ" in page
    assert "đã rút rồi" in text_of(draw(officer))
    assert RecheckCase.objects.count() == 2
    assert AuditEntry.objects.filter(action="recheck.draw").count() == 1


def test_bad_percentage_gets_a_sentence_and_draws_nothing(closed, officer):
    for typed in ("", "0", "21", "năm"):
        assert "ask__error" in draw(officer, typed).content.decode()
    assert not RecheckCase.objects.exists()


def test_another_member_of_the_village_is_asked_and_the_first_is_not(closed, officer, village, team_member):
    draw(officer, "20")
    case = RecheckCase.objects.get(village=village)
    other = second_member(village)
    assert "Thăm lại để đối chiếu" in text_of(other.get(TODAY))
    assert case.household.code in text_of(other.get(TODAY))
    assert "Thăm lại để đối chiếu" not in text_of(team_member.get(TODAY))
    # The first member's own visit settles nothing.
    with time_machine.travel(NOW + timedelta(days=2), tick=True):
        visit(case.household, team_member.user, NOW.date(), met=("2",))
        assert "Thăm lại để đối chiếu" in text_of(other.get(TODAY))
        visit(case.household, other.user, NOW.date() + timedelta(days=1), met=("2", "5"), unmet=("3",))
        assert "Thăm lại để đối chiếu" not in text_of(other.get(TODAY))
        page = text_of(officer.get(RECHECK))
    assert "Đã thăm lại 1/2 hộ, 2 trong 3 kết quả ghi khác (66,7%)" in page
    assert "3, 5" in page


def test_rate_stands_beside_the_figures(closed, officer, leader, village):
    draw(officer, "20")
    case = RecheckCase.objects.get(village=village)
    with time_machine.travel(NOW + timedelta(days=2), tick=True):
        visit(case.household, second_member(village).user, NOW.date() + timedelta(days=1), met=("2",))
        words = "hăm lại 1/2 hộ, 0 trong 1 kết quả ghi khác (0,0%)"
        assert words in text_of(leader.get("/quan-tri/tien-do/"))
        assert words in text_of(leader.get(f"/quan-tri/tien-do/ky/{QUARTER.following().code}/"))
        written = leader.get(f"/quan-tri/tien-do/ky/{QUARTER.following().code}/bao-cao/")
        assert words in text_of(written)
        # The closed quarter says what it said.
        assert words not in text_of(leader.get(f"/quan-tri/tien-do/ky/{QUARTER.code}/"))


def test_who_may_draw_and_who_may_look(closed, officer, leader, team_member, colleague, stranger, editor):
    assert leader.get(RECHECK).status_code == 200
    assert "Rút hộ thăm lại" not in text_of(leader.get(RECHECK))
    assert leader.post(RECHECK, {"percent": "5"}).status_code == 404
    for nobody in (team_member, colleague, editor):
        assert nobody.get(RECHECK).status_code == 404
        assert nobody.get(DOUBTS).status_code == 404
    assert stranger.get(RECHECK).status_code == 302
    assert not RecheckCase.objects.exists()


def test_visits_that_stand_out_are_listed_kindly_until_somebody_asked(village, team_member, officer, leader):
    homes = [a_home(village) for _ in range(7)]
    made = [visit(home, team_member.user, YESTERDAY, met=("2", "3")) for home in homes]
    page = text_of(leader.get(DOUBTS))
    assert str(DoubtKind.ALIKE.label) in page
    assert "Đã hỏi, ghi lại" not in page
    assert all(home.code in page for home in homes)
    first = Visit.objects.filter(client_id__in=made).order_by("visited_at", "pk").first()
    address = f"{DOUBTS}{first.pk}/{DoubtKind.ALIKE}/"
    assert leader.get(address).status_code == 404
    assert "ask__error" in officer.post(address, {"note": " "}).content.decode()
    officer.post(address, {"note": "Cả xóm mới học chung một buổi"})
    assert DoubtAnswer.objects.get().note == "Cả xóm mới học chung một buổi"
    assert str(DoubtKind.ALIKE.label) not in text_of(leader.get(DOUBTS))
    assert "đã hỏi rồi" in text_of(officer.get(address, follow=True))


def test_same_picture_at_two_families_is_seen(village, team_member, officer):
    first, second = (visit(a_home(village), team_member.user, YESTERDAY, met=("2",)) for _ in range(2))
    for client_id, digest in ((first, "a" * 64), (second, "a" * 64)):
        at = Visit.objects.get(client_id=client_id)
        Evidence.objects.create(visit=at, name=f"lam-chung/{client_id}.jpg", digest=digest)
    assert str(DoubtKind.SAME_PICTURE.label) in text_of(officer.get(DOUBTS))


def test_team_sees_what_to_teach_and_whom_to_visit_first(village, team_member, colleague, officer):
    miss, fine = a_home(village), a_home(village)
    visit(miss, team_member.user, date(2026, 7, 3), met=("2",), unmet=("3",))
    visit(fine, team_member.user, date(2026, 7, 4), met=("2", "3"))
    page = text_of(team_member.get(TODAY))
    box = page[page.index("Nên làm tuần này") : page.index("</section>", page.index("Nên làm tuần này"))]
    assert "trả tiền không dùng tiền mặt" in box
    assert "/huong-dan/#tra-tien" in box
    assert miss.code in box
    assert fine.code not in box
    assert "Nên làm tuần này" not in text_of(colleague.get(TODAY))
    steps = text_of(officer.get("/quan-tri/tien-do/viec-nen-lam/"))
    assert f"{village}: trả tiền không dùng tiền mặt" in steps
    assert miss.code not in steps
    # Once it is met, there is nothing left to teach.
    visit(miss, team_member.user, YESTERDAY, met=("3",), basis=Basis.SEEN)
    assert "Nên làm tuần này" not in text_of(team_member.get(TODAY))


def test_a_quick_visit_is_asked_about(village, team_member, officer):
    home = a_home(village)
    answer = post(team_member, [item(home, seconds_spent=40, visited_at=(NOW - timedelta(days=1)).isoformat())])
    assert answer.json()["answers"][0]["outcome"] == "da-nhan", answer.content
    page = text_of(officer.get(DOUBTS))
    assert str(DoubtKind.QUICK.label) in page
    assert home.code in page
