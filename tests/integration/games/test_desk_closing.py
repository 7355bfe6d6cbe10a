"""The end of a round at the desk: sealed, settled, drawn once, looked over, published; each refusal in its place."""

from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from portal.campaign.enums import ExclusionReason, SeedSource
from portal.campaign.models import Draw, Exclusion, Round, SealedList
from portal.campaign.services.closing import seal_round, settle_households
from portal.core.private_files import private_storage
from portal.households.enums import NameForm, Purpose
from portal.households.models import Consent
from tests.factories.games import RoundFactory
from tests.factories.households import HouseholdFactory
from tests.integration.games.course import drawn, number_known, over, send

pytestmark = pytest.mark.django_db
SEEN = {"number": "042317", "seen": "Tờ dò ở đại lý", "witnesses": ""}


def url(name, round_, *more):
    return reverse(f"gamedesk:{name}", args=[round_.pk, *more])


def fresh(round_):
    return Round.objects.get(pk=round_.pk)


@pytest.fixture
def sealed(clerk):
    """A sealed round: two entries of one family, one of another, one of nobody knows whom."""
    round_, family = RoundFactory(prizes=[1]), HouseholdFactory(head_name="Phạm Văn Đền")
    for household in (family, family, HouseholdFactory(), None):
        send(round_, household, is_confirmed=household is not None, shown_as=NameForm.FULL)
    with over(round_):
        seal_round(round_=round_, by=clerk)
    return fresh(round_)


def test_clerk_seals_by_hand_once_the_time_has_come(officer):
    round_ = RoundFactory()
    send(round_)
    answer = officer.post(url("seal", round_))
    assert answer.status_code == 422
    assert "chưa hết giờ" in answer.text
    with over(round_):
        assert "Chốt danh sách" in officer.get(url("round", round_)).text
        assert officer.post(url("seal", round_)).status_code == 302
        assert officer.post(url("seal", round_)).status_code == 302
    assert SealedList.objects.get().sealed_by == officer.user


def test_number_that_came_out_before_the_seal_leads_to_another_number(officer):
    round_ = RoundFactory()
    with number_known(round_):
        page = officer.get(url("round", round_))
    assert page.context["task"].url == reverse("gamedesk:part", args=[round_.pk, "so-boc-tham"])


def test_nothing_is_settled_before_the_seal(officer):
    assert officer.get(url("settle", RoundFactory())).status_code == 302


def test_settling_leaves_one_entry_of_each_household(officer, sealed):
    with over(sealed):
        page = officer.get(url("settle", sealed))
        assert (page.context["settling"].count, page.context["running_count"]) == (2, 4)
        officer.post(url("settle", sealed), {"xet": "1"})
        page = officer.get(url("settle", sealed))
    assert (page.context["settling"].count, page.context["running_count"]) == (0, 2)


def test_entry_is_taken_out_with_a_reason_and_taken_in_again(officer, sealed):
    code = sealed.sealed_list.lines.first().code
    typed = {
        "loai": "1",
        "code": code.lower().replace("-", " "),
        "reason": ExclusionReason.ORGANISER,
        "note": "cháu tôi",
    }
    with over(sealed):
        assert officer.post(url("settle", sealed), typed).status_code == 302
        assert code in officer.get(url("settle", sealed)).text
        assert officer.post(url("decide", sealed, code)).status_code == 302
    assert list(Exclusion.objects.filter(code=code).values_list("is_lifted", flat=True)) == [False, True]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"code": "DT-0000-0001"}, "gõ nhầm một chữ"),
        ({"code": "DT-1"}, "8 chữ và số"),
        ({"reason": "khong-ro-ho"}, "Xin chọn lại lý do"),
        ({"code": ""}, "Xin điền mã bài"),
    ],
)
def test_wrong_exclusion_is_explained_beside_its_box(officer, sealed, changed, sentence):
    code = sealed.sealed_list.lines.first().code
    typed = {"loai": "1", "code": code, "reason": ExclusionReason.FALSE, "note": "ghi chú"} | changed
    with over(sealed):
        answer = officer.post(url("settle", sealed), typed)
    assert answer.status_code == 422
    [box] = changed
    assert sentence in answer.context["form"].errors[box][0]
    assert answer.context["form"]["note"].value() == "ghi chú"
    assert not Exclusion.objects.exists()


def draw_over_http(officer, round_, typed=SEEN, **more):
    return officer.post(url("draw", round_), {**typed, "boc": "1", **more})


def test_draw_before_the_seal_before_its_hour_and_before_settling_is_refused(officer, clerk):
    round_ = RoundFactory(prizes=[1])
    send(round_, HouseholdFactory())
    send(round_)
    with number_known(round_):
        assert "Chưa chốt danh sách" in draw_over_http(officer, round_).text
    with over(round_):
        seal_round(round_=round_, by=clerk)
        assert "Chưa đến giờ" in draw_over_http(officer, round_).text
    with number_known(round_):
        assert "1 bài chưa xét" in draw_over_http(officer, round_).text
    assert not Draw.objects.exists()


def test_draw_shows_the_number_once_more_and_is_made_once(officer, sealed, clerk):
    settle_households(round_=sealed, by=clerk)
    with number_known(sealed):
        page = officer.post(url("draw", sealed), SEEN | {"number": " 042 317 "})
        assert "Đúng số này chưa?" in page.text
        assert page.context["number"] == "042317"
        back = officer.post(url("draw", sealed), SEEN | {"sua-lai": "1"})
        assert back.context["form"]["seen"].value() == "Tờ dò ở đại lý"
        assert not Draw.objects.exists()
        assert draw_over_http(officer, sealed).status_code == 302
        first = Draw.objects.get()
        again = draw_over_http(officer, sealed, SEEN | {"number": "999999"})
        assert again.status_code == 302
    assert Draw.objects.get() == first
    assert first.number == "042317"


@pytest.mark.parametrize(
    ("source", "typed", "sentence"),
    [
        (SeedSource.LOTTERY, "12", "5 hoặc 6 chữ số"),
        (SeedSource.DRAND, "042317", "64 chữ số"),
        (SeedSource.DICE, "12345678", "mặt xúc xắc"),
    ],
)
def test_number_of_another_kind_is_refused_beside_its_box(officer, sealed, source, typed, sentence):
    Round.objects.filter(pk=sealed.pk).update(seed_source=source)
    with number_known(sealed):
        answer = officer.post(url("draw", sealed), SEEN | {"number": typed})
    assert answer.status_code == 422
    assert sentence in answer.context["form"].errors["number"][0]
    assert answer.context["form"]["number"].value() == typed


def test_dice_ask_for_witnesses(officer, sealed):
    Round.objects.filter(pk=sealed.pk).update(seed_source=SeedSource.DICE)
    with number_known(sealed):
        answer = officer.post(url("draw", sealed), SEEN | {"number": "31562446"})
    assert "chứng kiến" in answer.context["form"].errors["witnesses"][0]


def photo():
    drawn_picture = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Máy của tôi"
    Image.new("RGB", (2400, 1200), "white").save(drawn_picture, "JPEG", exif=exif)
    return SimpleUploadedFile("to-do.jpg", drawn_picture.getvalue(), "image/jpeg")


def test_slip_is_kept_in_private_without_metadata(officer, team_member, stranger, sealed, clerk):
    settle_households(round_=sealed, by=clerk)
    with number_known(sealed):
        assert draw_over_http(officer, sealed, evidence=photo()).status_code == 302
    name = Draw.objects.get().evidence
    with private_storage.open(name) as kept:
        picture = Image.open(kept)
        assert (max(picture.size), len(picture.getexif())) == (2000, 0)
    assert officer.get(url("evidence", sealed)).headers["Content-Type"] == "image/jpeg"
    assert team_member.get(url("evidence", sealed)).status_code == 404
    assert stranger.get(url("evidence", sealed)).status_code == 302


@pytest.mark.parametrize("content", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"MZ\x90", b"\xff\xd8\xff cut off"])
def test_what_is_no_picture_and_no_pdf_is_refused_and_nothing_is_drawn(officer, sealed, clerk, content):
    settle_households(round_=sealed, by=clerk)
    with number_known(sealed):
        answer = draw_over_http(officer, sealed, evidence=SimpleUploadedFile("anh.jpg", content, "image/jpeg"))
    assert answer.status_code == 422
    assert "không phải ảnh hay PDF" in answer.context["evidence"].errors["evidence"][0]
    assert 'value="042317"' in answer.text
    assert not Draw.objects.exists()


def test_pdf_of_the_minutes_is_kept(officer, sealed, clerk):
    settle_households(round_=sealed, by=clerk)
    with number_known(sealed):
        draw_over_http(officer, sealed, evidence=SimpleUploadedFile("bien-ban.pdf", b"%PDF-1.7 ...", "application/pdf"))
    assert Draw.objects.get().evidence.endswith(".pdf")


def test_publication_shows_each_name_first_and_leaves_out_what_is_ticked(officer, sealed, clerk):
    drawn(sealed, clerk)
    page = officer.get(url("publish", sealed))
    [wish] = page.context["wishes"]
    assert wish.name
    assert wish.name in page.text
    answer = officer.post(url("publish", sealed), {"chi-ma": wish.award.entry.code})
    assert answer.status_code == 302
    assert not Consent.objects.filter(purpose=Purpose.WINNER).exists()
    assert fresh(sealed).results_by == officer.user
    assert officer.post(url("publish", sealed)).status_code == 302


def test_results_are_not_published_before_the_draw(officer, sealed):
    answer = officer.post(url("publish", sealed))
    assert answer.status_code == 422
    assert "Chưa bốc thăm" in answer.text


def test_ranks_are_for_officers_alone(officer, leader, team_member, stranger, sealed, clerk):
    assert officer.get(url("results", sealed)).status_code == 404
    drawn(sealed, clerk)
    page = officer.get(url("results", sealed))
    assert [place.rank for place, _prize in page.context["rows"]] == [1, 2]
    assert leader.get(url("results", sealed)).status_code == team_member.get(url("results", sealed)).status_code == 404
    assert stranger.get(url("results", sealed)).status_code == 302


def test_course_says_where_the_round_stands(officer, clerk):
    round_ = RoundFactory(prizes=[1])
    send(round_, HouseholdFactory())

    def standing():
        stages = officer.get(url("round", round_)).context["stages"]
        return next((stage.step.title for stage in stages if stage.state == "now"), "")

    assert standing() == "Nhận bài"
    with over(round_):
        assert standing() == "Chốt danh sách"
        seal_round(round_=round_, by=clerk)
        assert standing() == "Bốc thăm"
    with number_known(round_):
        draw_over_http(officer, round_)
        assert standing() == "Công bố kết quả"
        officer.post(url("publish", round_))
        assert standing() == "Trao giải"


def test_dead_clock_is_shouted(officer):
    page = officer.get(reverse("gamedesk:index"))
    assert "Máy giữ giờ đang im" not in page.text
    with time_machine.travel("2030-01-01T00:00:00+00:00"):
        officer.force_login(officer.user)
        assert "Máy giữ giờ đang im" in officer.get(reverse("gamedesk:index")).text
