"""What was given and what was spent: nothing is deleted, and a name is shown only while its owner agrees."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from portal.campaign.models import Spending, Sponsorship
from portal.core.models import AuditEntry
from tests.factories.files import picture_bytes
from tests.factories.games import GamePageFactory, RoundFactory, SpendingFactory, SponsorshipFactory
from tests.integration.gamework.pages import boxes_of, tree_of, words_of

pytestmark = pytest.mark.django_db

PUBLIC = "/minigame/nha-tai-tro/"
LEDGER = reverse("gameprizes:ledger")


def day():
    return f"{timezone.localdate():%d/%m/%Y}"


def add(officer, kind, **given):
    return officer.post(reverse("gameprizes:add_line", args=[kind]), given)


def test_a_gift_with_its_paper_is_written_down(officer, team_member):
    round_ = RoundFactory()
    tree_of(officer.get(reverse("gameprizes:add_line", args=["nhan"])))
    paper = SimpleUploadedFile("bien nhan.png", picture_bytes(), content_type="image/png")
    given = {"sponsor": "Đại lý Mẫu", "form": "tien", "what": "Tiền mua quà", "received_on": day(), "round": round_.pk}
    answer = add(officer, "nhan", **given)
    assert answer.status_code == 422
    assert "Tặng tiền thì xin ghi bao nhiêu đồng" in words_of(answer)
    assert boxes_of(answer)["sponsor"] == "Đại lý Mẫu"
    add(officer, "nhan", **given, value="1.500.000", receipt=paper)
    gift = Sponsorship.objects.get()
    assert (gift.value, gift.game_id, gift.round, gift.is_named) == (1_500_000, round_.game_id, round_, False)
    place = reverse("gameprizes:line_receipt", args=["nhan", gift.pk])
    assert officer.get(place)["Content-Type"] == "image/png"
    assert team_member.get(place).status_code == 404
    page = officer.get(LEDGER)
    tree_of(page)
    assert "Đã nhận 1.500.000 đồng, đã chi 0 đồng" in words_of(page).replace("\u00a0", " ")
    logged = AuditEntry.objects.get(action="sponsor.add")
    assert "Đại lý" not in str(logged.data)


def test_a_round_of_another_game_is_refused(officer):
    answer = add(
        officer,
        "chi",
        what="In phiếu",
        value="200000",
        spent_on=day(),
        game=GamePageFactory().pk,
        round=RoundFactory().pk,
    )
    assert answer.status_code == 422
    assert "Vòng này thuộc" in words_of(answer)
    assert not Spending.objects.exists()


def test_the_public_reads_sums_and_only_agreed_names(officer, client, django_capture_on_commit_callbacks):
    game = GamePageFactory(title="Nhà tôi giỏi số")
    SponsorshipFactory(game=game, sponsor="Cửa hàng Đồng Ý", is_named=True, value=900_000)
    silent = SponsorshipFactory(game=game, sponsor="Người Lặng Lẽ", value=100_000)
    SpendingFactory(game=game, value=250_000)
    page = client.get(PUBLIC)
    tree_of(page)
    words = words_of(page).replace("\u00a0", " ")
    assert "Cửa hàng Đồng Ý" in words
    assert "Một nhà hảo tâm" in words
    assert "Người Lặng Lẽ" not in words
    assert "Trị giá đã nhận: 1.000.000 đồng" in words
    assert "Đã chi: 250.000 đồng" in words
    with django_capture_on_commit_callbacks(execute=True):
        officer.post(reverse("gameprizes:name_sponsor", args=[silent.pk]), {"dang": "1"})
    assert "Người Lặng Lẽ" in words_of(client.get(PUBLIC))
    with django_capture_on_commit_callbacks(execute=True):
        officer.post(reverse("gameprizes:name_sponsor", args=[silent.pk]))
    assert "Người Lặng Lẽ" not in words_of(client.get(PUBLIC))


def test_a_wrong_line_is_struck_out_with_a_reason_and_stays_legible(officer, client):
    gift = SponsorshipFactory(sponsor="Ghi Nhầm", is_named=True, value=700_000)
    strike = reverse("gameprizes:strike_line", args=["nhan", gift.pk])
    tree_of(officer.get(strike))
    assert "Xin điền lý do gạch bỏ" in words_of(officer.post(strike, {"reason": ""}))
    page = words_of(officer.post(strike, {"reason": "Ghi hai lần"}, follow=True))
    assert "Ghi Nhầm" in page
    assert "Ghi hai lần" in page
    assert "Đã nhận 0 đồng" in page.replace("\u00a0", " ")
    assert "Ghi Nhầm" not in words_of(client.get(PUBLIC))
    officer.post(strike, {"reason": "Lần nữa"})
    assert Sponsorship.objects.get().cancel_reason == "Ghi hai lần"


def test_the_workbook_holds_every_line_and_runs_nothing(officer):
    SponsorshipFactory(sponsor="=1+1", value=300_000)
    SpendingFactory(value=120_000)
    answer = officer.post(reverse("gameprizes:workbook"))
    book = load_workbook(io.BytesIO(answer.content))
    given, spent = (list(sheet.values) for sheet in book)
    assert given[0][:2] == ("Nhận ngày", "Ai tặng")
    assert given[1][1] == "'=1+1"
    assert given[1][5] == 300_000
    assert given[1][0].date() == timezone.localdate()
    assert spent[1][1:3] == ("In phiếu thi giấy", 120_000)
    assert officer.get(reverse("gameprizes:workbook")).status_code == 405
