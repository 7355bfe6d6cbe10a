"""A prize goes from hand to hand against its stub; whatever is noted of it stays on record."""

import pytest
import time_machine
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal.campaign.enums import HandoverCheck, HandoverSaying
from portal.campaign.models import Award, Handover
from portal.campaign.selectors.course import next_task
from portal.campaign.services.entries import secret_of_entry
from portal.campaign.services.results import publish_results
from portal.core.models import AuditEntry
from tests.factories.files import picture_bytes
from tests.factories.games import RoundFactory
from tests.factories.households import HouseholdFactory
from tests.integration.games.course import drawn, number_known, send
from tests.integration.gamework.pages import tree_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_tries_before():
    caches["counts"].clear()


@pytest.fixture
def round_(village, other_village, officer):
    """Three prizes: two for families of thôn A, one for a family of thôn B."""
    made = RoundFactory(prizes=[3])
    for home, name in ((village, "Phạm Văn Đền"), (village, "Phạm Văn Suối"), (other_village, "Đinh Thị Xa")):
        send(made, HouseholdFactory(head_name=name, village=home), is_confirmed=True)
    drawn(made, officer.user)
    with number_known(made):
        publish_results(round_=made, by=officer.user)
    made.refresh_from_db()
    with time_machine.travel(made.results_at, tick=True):
        yield made


@pytest.fixture
def award(round_, village):
    return Award.objects.filter(entry__household__village=village).order_by("pk").first()


def address(award, name="prize"):
    return reverse(f"gameprizes:{name}", args=[award.prize.round_id, award.pk])


def stub(award, **given):
    secret = secret_of_entry(award.entry)
    return {"check": HandoverCheck.STUB, "secret": f"{secret[:3]} {secret[3:]}", "receiver": "Phạm Thị Nhận", **given}


def test_a_team_meets_its_own_villages_winners_and_the_office_all(round_, award, team_member, colleague, officer):
    page = reverse("gameprizes:handover", args=[round_.pk])
    codes = {row.entry.code: row.entry.household.village.name for row in Award.objects.all()}
    for browser, home in ((team_member, "Thôn A (mẫu)"), (colleague, "Thôn B (mẫu)"), (officer, None)):
        words = words_of(browser.get(page))
        assert {code for code in codes if code in words} == {c for c, place in codes.items() if home in {None, place}}
    for ask in (colleague.get, colleague.post):
        assert ask(address(award)).status_code == 404
    assert colleague.post(address(award, "missed"), {"missed_reason": "Không đến"}).status_code == 404
    assert team_member.get(address(award)).status_code == 200


def test_handed_over_against_the_stub_with_a_signed_receipt(round_, award, team_member, colleague, officer):
    paper = SimpleUploadedFile("bien nhan.png", picture_bytes(), content_type="image/png")
    answer = team_member.post(address(award), stub(award, receipt=paper), follow=True)
    assert "Đã ghi trao" in words_of(answer)
    award.refresh_from_db()
    assert (award.handed_by, award.receiver, award.handed_check) == (team_member.user, "Phạm Thị Nhận", "cuong")
    said = Handover.objects.get(award=award)
    scan = reverse("gameprizes:receipt", args=[round_.pk, award.pk, said.pk])
    assert team_member.get(scan)["Content-Type"] == "image/png"
    assert officer.get(scan).status_code == 200
    assert colleague.get(scan).status_code == 404
    logged = AuditEntry.objects.filter(subject=award.entry.code)
    assert set(logged.values_list("action", flat=True)) >= {"award.hand", "award.receipt_view"}
    assert not any("Phạm Thị Nhận" in str(row.data) + row.reason for row in logged)
    twice = team_member.post(address(award), stub(award, receiver="Người Khác"))
    assert twice.status_code == 422
    assert "Giải này đã ghi là trao rồi" in words_of(twice)
    assert Handover.objects.count() == 1


def test_a_wrong_secret_hands_nothing_over_and_is_limited(award, team_member):
    wrong = f"{(int(secret_of_entry(award.entry)) + 1) % 1_000_000:06d}"
    answer = team_member.post(address(award), stub(award, secret=wrong))
    assert answer.status_code == 422
    assert "Còn 4 lần thử" in words_of(answer)
    assert 'value="Phạm Thị Nhận"' in answer.content.decode()
    for _ in range(4):
        answer = team_member.post(address(award), stub(award, secret=wrong))
    assert "Nhập sai nhiều lần" in words_of(answer)
    assert "Nhập sai nhiều lần" in words_of(team_member.post(address(award), stub(award)))
    assert not Handover.objects.exists()


def test_without_a_stub_somebody_says_who_knows_the_family(award, team_member):
    known = {"check": HandoverCheck.KNOWN, "receiver": "Phạm Văn Đền"}
    answer = team_member.post(address(award), known)
    assert "ai biết mặt gia đình" in words_of(answer)
    team_member.post(address(award), {**known, "note": "Trưởng thôn biết mặt"})
    award.refresh_from_db()
    assert (award.handed_check, award.note) == ("nhan-mat", "Trưởng thôn biết mặt")


def test_a_prize_nobody_came_for_stays_and_is_handed_over_later(round_, award, team_member):
    assert "Xin điền lý do chưa trao được" in words_of(
        team_member.post(address(award, "missed"), {"missed_reason": ""})
    )
    team_member.post(address(award, "missed"), {"missed_reason": "Đi làm xa, đã nhắn hai lần"})
    page = words_of(team_member.get(reverse("gameprizes:handover", args=[round_.pk])))
    assert "Chưa đến nhận: Đi làm xa, đã nhắn hai lần" in page
    team_member.post(address(award), stub(award))
    award.refresh_from_db()
    assert award.handed_at
    assert not award.missed_at
    assert [row.saying for row in Handover.objects.all()] == [HandoverSaying.MISSED, HandoverSaying.HANDED]


def test_a_wrong_handover_is_taken_back_by_the_office_and_stays_legible(award, team_member, officer):
    team_member.post(address(award), stub(award))
    assert team_member.post(address(award, "correct"), {"wrong_reason": "Nhầm nhà"}).status_code == 404
    assert "Xin điền lý do ghi nhầm" in words_of(officer.post(address(award, "correct"), {"wrong_reason": ""}))
    page = words_of(officer.post(address(award, "correct"), {"wrong_reason": "Trao nhầm nhà bên"}, follow=True))
    award.refresh_from_db()
    assert award.handed_at is None
    assert "Đã trao tận tay" in page
    assert "Phạm Thị Nhận nhận" in page
    assert "Trao nhầm nhà bên" in page
    team_member.post(address(award), stub(award, receiver="Phạm Văn Đền"))
    assert Handover.objects.filter(award=award).count() == 3


def test_the_desk_says_how_many_wait_until_none_does(round_, officer, team_member):
    assert next_task(round_).sentence == "Còn 3 giải chưa trao tận tay."
    assert next_task(round_).url == reverse("gameprizes:handover", args=[round_.pk])
    assert "3" in words_of(officer.get(reverse("gameprizes:index")))
    assert "2 giải" in words_of(team_member.get(reverse("gamepaper:index")))
    for row in Award.objects.all():
        officer.post(address(row), stub(row))
    assert next_task(round_).sentence == "Đã xong mọi việc của vòng này."
    assert "Giải chờ trao" not in words_of(team_member.get(reverse("gamepaper:index")))


def test_nothing_is_handed_over_before_the_results_are_out(officer):
    open_round = RoundFactory()
    page = officer.get(reverse("gameprizes:handover", args=[open_round.pk]))
    assert "chưa công bố kết quả" in words_of(page)


def test_receipts_to_sign_are_a_pdf_of_what_waits(round_, award, team_member, officer):
    sheet = reverse("gameprizes:handover_paper", args=[round_.pk])
    assert officer.get(sheet).content.startswith(b"%PDF-")
    for row in Award.objects.filter(entry__household__village=award.entry.household.village):
        team_member.post(address(row), stub(row))
    assert team_member.get(sheet).status_code == 302


def test_pages_are_valid(round_, award, team_member, officer):
    for browser in (team_member, officer):
        tree_of(browser.get(reverse("gameprizes:handover", args=[round_.pk])))
        tree_of(browser.get(address(award)))
    officer.post(address(award), stub(award))
    tree_of(officer.get(address(award)))
