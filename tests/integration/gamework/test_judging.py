"""Judges know entries by number alone, in an order of their own; points stay sealed until all are in."""

import re

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from portal.campaign.enums import ExclusionReason, Ranking, Relation, Verdict
from portal.campaign.models import Award, JudgeScore
from portal.campaign.selectors.judging import are_all_in, cards_of, progress_of, score_lines
from portal.campaign.selectors.results import ranked_entries
from portal.campaign.services.closing import exclude_entry, seal_round, settle_households
from portal.campaign.services.judging import CriteriaFixed, ScoreRefused, score_entry, write_criteria
from portal.campaign.services.moderation import moderate_entry
from portal.campaign.services.results import DrawRefused, draw_round
from portal.core.models import AuditEntry
from portal.core.private_files import keep_private
from portal.households.permissions import TEAM_GROUP
from tests.desks import desk_of
from tests.factories.files import picture_bytes
from tests.factories.games import EntryPhotoFactory, JudgeFactory, RoundFactory
from tests.factories.households import HouseholdFactory
from tests.integration.games.course import NUMBER, number_known, over, send
from tests.integration.gamework.pages import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_():
    return RoundFactory(cashless=True, ranking=Ranking.JUDGED, judged_by="Việc có thật: 60 điểm.\nKể rõ: 40 điểm.")


@pytest.fixture
def judge(db):
    """A member of a team who judges as well."""
    return desk_of(TEAM_GROUP, full_name="Đinh Thị Khảo")


@pytest.fixture
def second_judge(db):
    return desk_of(full_name="Phạm Văn Chấm")


@pytest.fixture
def judges(round_, judge, second_judge):
    return [JudgeFactory(round=round_, user=browser.user) for browser in (judge, second_judge)]


@pytest.fixture
def entries(round_, judges):
    """Five families with a story each."""
    sent = []
    for number in range(5):
        household = HouseholdFactory(head_name=f"Phạm Văn Kín {number}", village__name=f"Thôn Kín {number}")
        content = {"days": {round_.days_from.isoformat(): ["ma-qr"]}, "story": f"Chuyện riêng của nhà số {number}."}
        sent.append(send(round_, household, content=content))
    return sent


@pytest.fixture
def sealed(round_, entries, officer):
    """Seen by a moderator, sealed, one entry a household; the clock stands after the last hour."""
    for entry in entries:
        moderate_entry(round_=round_, code=entry.code, version=1, verdict=Verdict.APPROVED, by=officer.user)
    with over(round_):
        seal_round(round_=round_, by=officer.user)
        settle_households(round_=round_, by=officer.user)
        round_.refresh_from_db()
        for one in round_.judges.all():
            one.round.refresh_from_db()
        yield round_


def fresh(judge):
    return type(judge).objects.select_related("round__game", "user").get(pk=judge.pk)


def score_all(judge, points=70):
    for card in cards_of(fresh(judge)):
        score_entry(judge=fresh(judge), code=card.entry.code, points=points)


class TestBlind:
    def test_pages_of_a_judge_name_no_family_no_village_and_no_code(self, sealed, entries, judge):
        place = reverse("gameprizes:judge_table", args=[sealed.pk])
        pages = [judge.get(place)]
        pages += [judge.get(reverse("gameprizes:judge_entry", args=[sealed.pk, n])) for n in range(1, 6)]
        assert all(page.status_code == 200 for page in pages)
        text = " ".join(page.content.decode() for page in pages)
        assert "Chuyện riêng của nhà số 3" in text
        assert "Kín" not in text
        assert not [entry.code for entry in entries if entry.code in text]
        assert not re.search(r"BT-\d", text)

    def test_each_judge_has_an_order_of_their_own_that_stays(self, sealed, judges):
        orders = [[card.entry.code for card in cards_of(fresh(judge))] for judge in judges]
        assert sorted(orders[0]) == sorted(orders[1])
        assert orders[0] == [card.entry.code for card in cards_of(fresh(judges[0]))]
        # Two orders of five may be alike by chance; those of many judges are not.
        more = [cards_of(fresh(JudgeFactory(round=sealed))) for _ in range(6)]
        assert len({tuple(card.entry.code for card in cards) for cards in more}) > 1

    def test_numbers_stay_with_their_entries_when_one_drops_out(self, sealed, judges, officer):
        before = {card.entry.code: card.number for card in cards_of(fresh(judges[0]))}
        out = next(iter(before))
        exclude_entry(round_=sealed, code=out, reason=ExclusionReason.FALSE, by=officer.user)
        after = {card.entry.code: card.number for card in cards_of(fresh(judges[0]))}
        assert after == {code: number for code, number in before.items() if code != out}


class TestWhoEnters:
    def test_judge_of_another_round_does_not_see_this_one(self, sealed):
        other = desk_of(full_name="Giám khảo vòng khác")
        JudgeFactory(user=other.user)
        assert other.get(reverse("gameprizes:judge_desk")).status_code == 200
        for name, arguments in (("judge_table", [sealed.pk]), ("judge_entry", [sealed.pk, 1])):
            place = reverse(f"gameprizes:{name}", args=arguments)
            assert other.get(place).status_code == 404
            assert other.post(place, {"points": "90"}).status_code in {404, 405}
        assert not JudgeScore.objects.exists()

    def test_office_sees_counts_and_no_points(self, sealed, judges, officer):
        score_entry(judge=fresh(judges[0]), code=cards_of(fresh(judges[0]))[0].entry.code, points=83)
        page = officer.get(reverse("gameprizes:judging", args=[sealed.pk]))
        assert "1 trong 5 bài" in words_of(page)
        assert "83" not in words_of(page)
        # A number of its own, for the digits of a digest may hold any.
        assert not re.search(
            r"(?<![0-9a-f])83(?![0-9a-f])", str(list(AuditEntry.objects.values_list("data", flat=True)))
        )

    def test_picture_is_for_judges_of_the_round_and_logged(self, sealed, judge, officer):
        name = keep_private(ContentFile(picture_bytes(), name="anh.png"), folder="minigame")
        card = cards_of(fresh(sealed.judges.get(user=judge.user)))[0]
        photo = EntryPhotoFactory(entry=card.entry, name=name)
        place = reverse("gameprizes:judge_photo", args=[sealed.pk, card.number, photo.pk])
        assert judge.get(place).headers["Content-Type"] == "image/png"
        assert AuditEntry.objects.filter(action="entry.photo_view", by=judge.user).exists()
        assert officer.get(place).status_code == 404
        elsewhere = reverse("gameprizes:judge_photo", args=[sealed.pk, card.number % 5 + 1, photo.pk])
        assert judge.get(elsewhere).status_code == 404


class TestPoints:
    def test_sheet_goes_on_to_the_next_entry_and_keeps_what_was_said(self, sealed, judge):
        place = reverse("gameprizes:judge_entry", args=[sealed.pk, 1])
        assert judge.post(place, {"points": "85", "note": "Kể rõ."}).url.endswith("/2/")
        assert "85" in judge.get(place).content.decode()
        judge.post(place, {"points": "80"})
        assert [row.points for row in JudgeScore.objects.order_by("pk")] == [85, 80], "a correction is a further row"

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ({}, "Xin cho điểm"),
            ({"points": "101"}, "nhiều nhất là 100"),
            ({"points": "-1"}, "từ 0 trở lên"),
            ({"points": "tám"}, "chỉ nhận chữ số"),
            ({"points": "5", "note": "gọi 482913"}, "mã OTP"),
        ],
    )
    def test_odd_points_are_refused_in_words_and_kept_in_the_box(self, sealed, judge, typed, sentence):
        page = judge.post(reverse("gameprizes:judge_entry", args=[sealed.pk, 1]), typed)
        assert sentence in words_of(page)
        assert not JudgeScore.objects.exists()

    def test_who_knows_the_family_steps_aside_and_cannot_give_points(self, sealed, judge):
        judge.post(reverse("gameprizes:judge_entry", args=[sealed.pk, 1]), {"knows": "on", "points": "100"})
        row = JudgeScore.objects.get()
        assert (row.relation, row.points) == (Relation.KNOWN, None)

    def test_points_are_opened_when_all_are_in_and_fixed_from_then_on(self, sealed, judges, judge, officer):
        score_all(judges[0], 70)
        assert score_lines(sealed) == []
        assert "Điểm mở khi các giám khảo khác chấm xong" in words_of(
            judge.get(reverse("gameprizes:judge_table", args=[sealed.pk]))
        )
        score_all(judges[1], 81)
        assert are_all_in(sealed)
        assert {line.mean for line in score_lines(sealed)} == {75.5}
        for browser, name in ((judge, "judge_table"), (officer, "judging")):
            assert "75,5" in words_of(browser.get(reverse(f"gameprizes:{name}", args=[sealed.pk])))
        with pytest.raises(ScoreRefused, match="không sửa được nữa"):
            score_entry(judge=fresh(judges[0]), code=score_lines(sealed)[0].code, points=100)

    def test_entry_that_both_know_needs_a_third_judge(self, sealed, judges):
        code = cards_of(fresh(judges[0]))[0].entry.code
        score_all(judges[0])
        score_all(judges[1])
        third = JudgeFactory(round=sealed)
        assert not are_all_in(sealed)
        assert [one.said for one in progress_of(sealed)] == [5, 5, 0]
        score_entry(judge=fresh(judges[0]), code=code, points=None)
        with number_known(sealed), pytest.raises(DrawRefused, match="chưa chấm xong"):
            draw_round(round_=sealed, outside=NUMBER, by=third.user)

    def test_equal_points_are_settled_by_the_draw(self, sealed, judges, officer):
        for judge in judges:
            score_all(judge, 60)
        with number_known(sealed):
            draw = draw_round(round_=sealed, outside=NUMBER, by=officer.user)
            sealed.refresh_from_db()
        assert [place.entry.code for place in ranked_entries(sealed)] == draw.order
        assert Award.objects.order_by("rank").first().entry.code == draw.order[0]


class TestTime:
    def test_nobody_judges_before_the_sealing_nor_before_moderators_are_through(self, round_, entries, judges, judge):
        place = reverse("gameprizes:judge_entry", args=[round_.pk, 1])
        assert judge.get(place).status_code == 404
        assert "Chưa chốt danh sách" in words_of(judge.get(reverse("gameprizes:judge_desk")))
        with over(round_):
            seal_round(round_=round_, by=None)
            assert judge.get(place).status_code == 404
            assert "cán bộ chưa xem" in words_of(judge.get(reverse("gameprizes:judge_desk")))

    def test_no_draw_while_somebody_has_not_looked(self, round_, entries, officer):
        with over(round_):
            seal_round(round_=round_, by=None)
            settle_households(round_=round_, by=officer.user)
        with number_known(round_), pytest.raises(DrawRefused, match="chưa ai xem"):
            draw_round(round_=round_, outside=NUMBER, by=officer.user)

    def test_criteria_are_written_until_the_first_point(self, sealed, judges, officer):
        place = reverse("gameprizes:judging", args=[sealed.pk])
        officer.post(place, {"text": "Kể rõ: 100 điểm."})
        sealed.refresh_from_db()
        assert sealed.judged_by == "Kể rõ: 100 điểm."
        score_entry(judge=fresh(judges[0]), code=cards_of(fresh(judges[0]))[0].entry.code, points=50)
        with pytest.raises(CriteriaFixed):
            write_criteria(round_=sealed, text="Khác", by=officer.user)

    def test_round_without_judges_has_no_such_page(self, officer):
        assert officer.get(reverse("gameprizes:judging", args=[RoundFactory().pk])).status_code == 404
