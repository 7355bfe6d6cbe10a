"""Nothing is out before its yes; a no is read by the family, and keeps the entry out of the running."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from portal.campaign.enums import ExclusionReason, Verdict
from portal.campaign.models import Entry, Exclusion, Moderation
from portal.campaign.selectors.closing import exclusions_of, running_entries
from portal.campaign.selectors.moderation import family_notice, moderation_queue
from portal.campaign.services.closing import match_entry, seal_round, settle_households
from portal.campaign.services.entries import EntryRefused
from portal.campaign.services.moderation import ModerationRefused, approve_entries, moderate_entry, undo_moderation
from portal.core.models import AuditEntry
from portal.core.private_files import keep_private
from tests.factories.files import picture_bytes
from tests.factories.games import EntryFactory, EntryPhotoFactory, RoundFactory
from tests.factories.households import HouseholdFactory
from tests.integration.games.course import over, send
from tests.integration.gamework.pages import words_of

pytestmark = pytest.mark.django_db

STORY = "Nhà tôi quét mã mua gạo ở chợ phiên, trả tiền rất nhanh."
WHY = "Ảnh mờ quá, chưa thấy việc trả tiền. Nhà mình chụp lại."


@pytest.fixture
def round_():
    return RoundFactory(cashless=True)


def told(round_, story=STORY, household=None, **given):
    """An entry with a story."""
    content = {"days": {round_.days_from.isoformat(): ["ma-qr"]}, "story": story}
    return send(round_, household, content=content, **given)


def say(entry, verdict, by, reason=""):
    return moderate_entry(
        round_=entry.round, code=entry.code, version=entry.version, verdict=verdict, reason=reason, by=by
    )


def codes(round_):
    return [item.entry.code for item in moderation_queue(round_).items]


class TestQueue:
    def test_words_and_pictures_wait_and_days_alone_do_not(self, round_):
        story, picture, silent = told(round_), told(round_, ""), told(round_, "")
        EntryPhotoFactory(entry=picture)
        assert codes(round_) == [story.code, picture.code]
        assert silent.code not in codes(round_)

    def test_game_of_questions_has_only_held_entries_to_look_at(self):
        round_ = RoundFactory()
        send(round_)
        held = send(round_, is_held=True)
        assert codes(round_) == [held.code]

    def test_oldest_comes_first(self, round_):
        late = told(round_)
        early = told(round_, now=timezone.now() - timedelta(minutes=30))
        assert codes(round_) == [early.code, late.code]

    def test_what_was_said_leaves_and_a_changed_entry_comes_back(self, round_, officer):
        entry = told(round_)
        say(entry, Verdict.APPROVED, officer.user)
        assert codes(round_) == []
        told(round_, "Chuyện khác hẳn: con tôi trả tiền điện.", changes=entry)
        assert codes(round_) == [entry.code]

    def test_copied_story_same_picture_and_numbers_are_flagged(self, round_):
        first = told(round_)
        copy = told(round_, STORY.replace("gạo", "cá"))
        number = told(round_, "Ai muốn học thì gọi tôi 0356 123 456.")
        for entry in (first, number):
            EntryPhotoFactory(entry=entry, digest="7" * 64)
        items = {item.entry.code: item for item in moderation_queue(round_).items}
        assert items[copy.code].flags == ["lời kể gần giống bài khác"]
        assert items[copy.code].near == [first.code]
        assert items[number.code].flags == ["có dãy số giống số điện thoại", "cùng một ảnh với bài khác"]
        assert items[first.code].near == sorted([copy.code, number.code])


class TestVerdict:
    def test_no_and_mend_need_a_reason(self, round_, officer):
        for verdict in (Verdict.REPAIR, Verdict.REFUSED):
            with pytest.raises(ModerationRefused, match="lý do"):
                say(told(round_), verdict, officer.user, " ")
        assert not Moderation.objects.exists()

    def test_verdict_on_a_version_that_changed_meanwhile_is_refused(self, round_, officer):
        entry = told(round_)
        told(round_, "Đã sửa.", changes=entry)
        with pytest.raises(ModerationRefused, match="vừa sửa"):
            say(entry, Verdict.APPROVED, officer.user)

    def test_family_is_asked_to_mend_once(self, round_, officer):
        entry = told(round_)
        say(entry, Verdict.REPAIR, officer.user, WHY)
        notice = family_notice(entry.code)
        assert (notice.verdict, notice.reason, notice.until) == (Verdict.REPAIR, WHY, round_.closes_at)
        mended = told(round_, "Đã sửa.", changes=entry)
        assert family_notice(entry.code) is None
        assert moderation_queue(round_).items[0].asked == WHY
        with pytest.raises(ModerationRefused, match="một lần"):
            say(mended, Verdict.REPAIR, officer.user, WHY)
        say(mended, Verdict.REFUSED, officer.user, "Bài không kể về việc trả tiền.")

    def test_refused_entry_is_not_sent_again_and_says_why(self, round_, officer):
        entry = told(round_)
        say(entry, Verdict.REFUSED, officer.user, "Ảnh này giống hệt ảnh trong bài của nhà khác.")
        notice = family_notice(entry.code)
        assert (notice.verdict, notice.until) == (Verdict.REFUSED, None)
        assert "giống hệt" in notice.reason
        with pytest.raises(EntryRefused, match="giống hệt"):
            told(round_, "Lần nữa.", changes=entry)
        assert Entry.objects.count() == 1

    def test_undone_it_waits_again_and_may_be_sent_again(self, round_, officer, second_officer):
        entry = told(round_)
        said = say(entry, Verdict.REFUSED, officer.user, "Nhầm.")
        undo_moderation(said=said, by=second_officer.user)
        assert codes(round_) == [entry.code]
        assert family_notice(entry.code) is None
        told(round_, "Lần nữa.", changes=entry)
        with pytest.raises(ModerationRefused, match="xem lại sau đó"):
            undo_moderation(said=said, by=officer.user)
        assert Moderation.objects.count() == 2, "both sayings are kept"

    def test_many_are_approved_at_once_but_not_one_that_changed(self, round_, officer):
        first, second = told(round_), told(round_)
        told(round_, "Đã sửa.", changes=second)
        looked = [(first.code, 1), (second.code, 1)]
        assert approve_entries(round_=round_, looked=looked, by=officer.user) == (1, 1)
        assert codes(round_) == [second.code]

    def test_sent_back_and_not_mended_it_waits_for_yes_or_no_after_the_close(self, round_, officer):
        entry = told(round_)
        say(entry, Verdict.REPAIR, officer.user, WHY)
        assert codes(round_) == []
        with over(round_):
            assert codes(round_) == [entry.code]
            assert family_notice(entry.code).until is None
            with pytest.raises(ModerationRefused, match="đã đóng"):
                say(entry, Verdict.REPAIR, officer.user, WHY)
            say(entry, Verdict.APPROVED, officer.user)

    def test_code_of_no_entry_has_no_notice(self):
        assert family_notice("DT-0000-0000") is None


class TestRunning:
    """What moderators say before and after the sealing decides who can win."""

    def test_refused_entry_is_listed_and_out_with_the_reason(self, round_, officer):
        good, bad = told(round_, household=HouseholdFactory()), told(round_, household=HouseholdFactory())
        say(bad, Verdict.REFUSED, officer.user, "Không kể về việc trả tiền.")
        with over(round_):
            sealed = seal_round(round_=round_, by=None)
            settle_households(round_=round_, by=officer.user)
        assert bad.code in sealed.text
        assert exclusions_of(round_)[bad.code].reason == ExclusionReason.REFUSED
        assert [entry.code for entry in running_entries(round_)] == [good.code]

    def test_verdict_after_the_sealing_takes_out_and_undoing_lets_in(self, round_, officer):
        entry = told(round_, household=HouseholdFactory())
        with over(round_):
            seal_round(round_=round_, by=None)
            said = say(entry, Verdict.REFUSED, officer.user, "Không đúng thể lệ.")
            assert running_entries(round_) == []
            undo_moderation(said=said, by=officer.user)
            assert [row.code for row in running_entries(round_)] == [entry.code]
        assert Exclusion.objects.count() == 2

    def test_held_entry_is_listed_and_waits_outside_until_it_is_let_in(self, officer):
        round_, household = RoundFactory(), HouseholdFactory()
        held = send(round_, household, is_held=True)
        with over(round_):
            sealed = seal_round(round_=round_, by=None)
            assert held.code in sealed.text
            assert exclusions_of(round_)[held.code].reason == ExclusionReason.HELD
            say(held, Verdict.APPROVED, officer.user)
            assert [row.code for row in running_entries(round_)] == [held.code]

    def test_held_entry_that_was_let_in_before_the_close_is_simply_in(self, officer):
        round_ = RoundFactory()
        held = send(round_, HouseholdFactory(), is_held=True)
        say(held, Verdict.APPROVED, officer.user)
        with over(round_):
            seal_round(round_=round_, by=None)
        assert exclusions_of(round_) == {}

    def test_held_entry_of_a_stranger_does_not_put_the_familys_own_aside(self, officer):
        round_, household = RoundFactory(), HouseholdFactory()
        own = send(round_, household, now=timezone.now() - timedelta(minutes=9))
        send(round_, household, is_held=True)
        with over(round_):
            seal_round(round_=round_, by=None)
            settle_households(round_=round_, by=officer.user)
        assert [row.code for row in running_entries(round_)] == [own.code]

    def test_other_reason_to_stay_out_survives_a_moderators_yes(self, officer):
        round_ = RoundFactory()
        entry = send(round_, is_held=True)
        with over(round_):
            seal_round(round_=round_, by=None)
            say(entry, Verdict.APPROVED, officer.user)
            settle_households(round_=round_, by=officer.user)
            assert exclusions_of(round_)[entry.code].reason == ExclusionReason.NO_HOUSEHOLD
            match_entry(round_=round_, code=entry.code, household=HouseholdFactory(), by=officer.user)
            settle_households(round_=round_, by=officer.user)
        assert [row.code for row in running_entries(round_)] == [entry.code]


class TestPage:
    def page(self, round_):
        return reverse("gameprizes:moderation", args=[round_.pk])

    def verdict(self, entry):
        return reverse("gameprizes:moderate", args=[entry.round_id, entry.code])

    def test_number_of_waiting_entries_is_not_told_while_the_round_is_open(self, round_, officer):
        for _ in range(3):
            told(round_)
        page = reverse("gameprizes:index")
        assert '<span class="due">' not in officer.get(page).content.decode()
        with over(round_):
            assert '<span class="due">3</span>' in officer.get(page).content.decode()

    def test_age_of_the_oldest_is_shown(self, round_, officer):
        told(round_, now=timezone.now() - timedelta(minutes=50))
        assert "Bài chờ lâu nhất: 50 phút" in words_of(officer.get(self.page(round_))).replace("\u00a0", " ")

    def test_ready_sentence_and_ones_own(self, round_, officer):
        entry = told(round_)
        officer.post(self.verdict(entry), {"version": 1, "verdict": "sua-lai", "ready": WHY, "own": ""})
        assert Moderation.objects.get().reason == WHY
        other = told(round_)
        own = "Nhà mình viết rõ mua gì nhé."
        officer.post(self.verdict(other), {"version": 1, "verdict": "khong-nhan", "ready": "", "own": own})
        assert family_notice(other.code).reason == own

    def test_missing_reason_is_told_beside_the_entry(self, round_, officer):
        entry = told(round_)
        page = officer.post(self.verdict(entry), {"version": 1, "verdict": "khong-nhan", "ready": "", "own": ""})
        assert page.status_code == 422
        assert "gia đình đọc câu này" in words_of(page)

    def test_picture_is_shown_to_officers_alone_and_every_look_is_logged(self, round_, officer, team_member, stranger):
        name = keep_private(ContentFile(picture_bytes(), name="anh.png"), folder="minigame")
        photo = EntryPhotoFactory(entry=told(round_), name=name)
        place = reverse("gameprizes:photo", args=[photo.pk])
        assert officer.get(place).headers["Content-Type"] == "image/png"
        assert AuditEntry.objects.filter(action="entry.photo_view", subject=photo.entry.code).count() == 1
        assert team_member.get(place).status_code == 404
        assert stranger.get(place).status_code == 302

    def test_bulk_and_undo_by_form(self, round_, officer):
        entries = [told(round_), told(round_)]
        ticked = [f"{entry.code} 1" for entry in entries]
        officer.post(reverse("gameprizes:approve_many", args=[round_.pk]), {"bai": ticked})
        assert codes(round_) == []
        last = Moderation.objects.order_by("pk").last()
        assert "Vừa xem" in words_of(officer.get(self.page(round_)))
        officer.post(reverse("gameprizes:undo_moderation", args=[last.pk]))
        assert codes(round_) == [last.code]

    @pytest.mark.parametrize("ticked", [[], ["DT-7KRD-24MX"], ["DT-7KRD-24MX x"], ["x"]])
    def test_nothing_sensible_ticked_is_told(self, round_, officer, ticked):
        page = officer.post(reverse("gameprizes:approve_many", args=[round_.pk]), {"bai": ticked})
        assert "Chưa đánh dấu bài nào" in words_of(page)

    def test_costs_the_same_for_many_entries(self, round_, officer, django_assert_max_num_queries):
        for number in range(12):
            EntryPhotoFactory(entry=EntryFactory(round=round_, content={"days": {}, "story": f"Chuyện {number}"}))
        with django_assert_max_num_queries(45):
            officer.get(self.page(round_))
