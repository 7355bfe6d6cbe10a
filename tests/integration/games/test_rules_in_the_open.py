"""Rules after the announcement: changed only in the open, only while it harms nobody, every change kept."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from portal.campaign.enums import Ranking, SeedSource
from portal.campaign.models import Judge, RulesChange
from portal.campaign.selectors.setup import troubles_of
from portal.campaign.services.closing import SealingRefused, seal_round
from portal.campaign.services.rounds import (
    RoundNotReady,
    RulesAreFixed,
    announce_round,
    change_round,
    set_judges,
)
from tests.factories.core import UserFactory
from tests.factories.games import JudgeScoreFactory, QuestionFactory, RoundFactory, RoundQuestionFactory
from tests.integration.games.course import over

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return UserFactory()


def later(round_, **moved):
    """The closing hour put off by so much, and the number with it."""
    by = timedelta(**moved)
    return {"closes_at": round_.closes_at + by, "seed_known_at": round_.seed_known_at + by}


def test_draft_is_changed_without_a_reason_and_leaves_no_version(clerk):
    round_ = RoundFactory(draft=True)
    changed = change_round(round_=round_, values=later(round_, hours=2), by=clerk)
    assert changed.rules_version == 1
    assert not RulesChange.objects.exists()


def test_change_of_an_open_round_is_kept_with_what_why_and_when(clerk):
    round_ = RoundFactory(closes_at=timezone.now().replace(second=0, microsecond=0) + timedelta(hours=3))
    before = timezone.localtime(round_.closes_at)
    changed = change_round(round_=round_, values=later(round_, hours=2), by=clerk, reason=" Mất điện cả xã ")
    row = RulesChange.objects.get()
    assert (row.version, changed.rules_version, row.reason, row.changed_by) == (2, 2, "Mất điện cả xã", clerk)
    said = {what: (old, new) for what, old, new in row.what}
    after = before + timedelta(hours=2)
    assert said["đóng lúc"] == (f"{before:%d/%m/%Y %H:%M}", f"{after:%d/%m/%Y %H:%M}")


def test_title_is_no_rule(clerk):
    round_ = RoundFactory()
    assert change_round(round_=round_, values={"title": "Vòng ra quân"}, by=clerk).rules_version == 1


@pytest.mark.parametrize("reason", ["", "   "])
def test_change_without_reason_is_refused(clerk, reason):
    round_ = RoundFactory()
    with pytest.raises(RulesAreFixed, match="lý do"):
        change_round(round_=round_, values=later(round_, hours=2), by=clerk, reason=reason)


def test_what_players_rely_on_is_fixed_while_they_play(clerk):
    round_ = RoundFactory()
    for values in ({"question_count": 2}, {"ranking": Ranking.DRAW}, {"opens_at": round_.opens_at - timedelta(days=1)}):
        with pytest.raises(RulesAreFixed, match="đang mở"):
            change_round(round_=round_, values=values, by=clerk, reason="đổi ý")
    round_.refresh_from_db()
    assert round_.rules_version == 1


def test_round_is_not_put_off_past_its_number(clerk):
    round_ = RoundFactory()
    with pytest.raises(RoundNotReady, match="Số bốc thăm"):
        change_round(
            round_=round_, values={"closes_at": round_.seed_known_at - timedelta(minutes=1)}, by=clerk, reason="bão"
        )


def test_number_cannot_be_named_after_the_close(clerk):
    round_ = RoundFactory()
    values = {"seed_words": "Một số khác", "seed_known_at": round_.seed_known_at + timedelta(days=1)}
    with over(round_), pytest.raises(RulesAreFixed, match="đóng"):
        change_round(round_=round_, values=values, by=clerk, reason="thích số khác")


def test_number_that_came_out_before_the_seal_must_be_replaced_in_the_open(clerk):
    """The server stood still over the whole night: the list is not sealed, the number is known to everybody."""
    round_ = RoundFactory()
    with time_machine.travel(round_.seed_known_at + timedelta(minutes=1), tick=False):
        with pytest.raises(SealingRefused, match="Số bốc thăm đã có"):
            seal_round(round_=round_, by=clerk)
        with pytest.raises(RulesAreFixed, match="chưa ai biết"):
            change_round(
                round_=round_, values={"seed_known_at": timezone.now()}, by=clerk, reason="máy chủ mất điện qua đêm"
            )
        with pytest.raises(RulesAreFixed, match="số bốc thăm khác"):
            change_round(round_=round_, values=later(round_, days=2), by=clerk, reason="máy chủ mất điện qua đêm")
        values = {
            "seed_source": SeedSource.DICE,
            "seed_words": "Gieo 8 lần ở nhà văn hóa",
            "seed_known_at": timezone.now() + timedelta(hours=1),
        }
        change_round(round_=round_, values=values, by=clerk, reason="Máy chủ mất điện qua đêm")
        assert seal_round(round_=round_, by=clerk).sealed_by == clerk
    assert RulesChange.objects.get().reason == "Máy chủ mất điện qua đêm"


def test_announcing_takes_the_questions_over_word_for_word(clerk):
    round_ = RoundFactory(draft=True, questions=0, question_count=1)
    question = QuestionFactory(text="Ai hỏi mã OTP là ai?", options=["Kẻ lừa", "Ngân hàng"])
    row = RoundQuestionFactory(round=round_, question=question, text="", options=[], right=None)
    announce_round(round_=round_, by=clerk)
    question.text = "Câu đã sửa"
    question.save()
    row.refresh_from_db()
    assert row.text == "Ai hỏi mã OTP là ai?"
    assert dict(row.options)[row.right] == "Kẻ lừa"


def test_question_that_is_practised_or_has_no_right_answer_keeps_a_round_back(clerk):
    round_ = RoundFactory(draft=True)
    practised = RoundQuestionFactory(round=round_, question__practice=True).question
    broken = RoundQuestionFactory(round=round_).question
    broken.options.update(is_right=False)
    with pytest.raises(RoundNotReady) as refusal:
        announce_round(round_=round_, by=clerk)
    assert [str(practised) in refusal.value.troubles[0], str(broken) in refusal.value.troubles[1]] == [True, True]


def test_number_leaves_time_for_paper_and_sealing(clerk):
    round_ = RoundFactory(draft=True)
    round_.paper_until = round_.seed_known_at - timedelta(minutes=1)
    assert any("chốt danh sách" in sentence for sentence in troubles_of(round_))
    round_.paper_until = round_.seed_known_at - timedelta(minutes=6)
    assert troubles_of(round_) == []


def test_judge_who_has_given_points_stays(clerk):
    round_ = RoundFactory(ranking=Ranking.JUDGED)
    one, two, three = UserFactory(), UserFactory(), UserFactory()
    set_judges(round_=round_, users=[one, two], by=clerk)
    JudgeScoreFactory(judge=Judge.objects.get(user=one))
    set_judges(round_=round_, users=[one, three], by=clerk)
    assert set(round_.judges.values_list("user", flat=True)) == {one.pk, three.pk}
    with pytest.raises(RulesAreFixed, match="đã chấm"):
        set_judges(round_=round_, users=[two, three], by=clerk)
