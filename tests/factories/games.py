"""Games from announcement to prize. A round made here is announced and open unless a trait says otherwise."""

from datetime import timedelta
from uuid import uuid4

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from portal.campaign import models
from portal.campaign.enums import (
    ExclusionReason,
    GameKind,
    HandoverSaying,
    MessageChannel,
    QuestionUse,
    Relation,
    SeedSource,
    SponsorForm,
    Verdict,
)
from portal.campaign.messages import text_digest
from portal.campaign.models.draws import MESSAGE_PREFIX
from portal.campaign.models.entries import ENTRY_PREFIX
from portal.campaign.models.signups import SIGNUP_PREFIX
from portal.campaign.sealing import content_digest, list_digest
from portal.core.codes import drawn_code
from tests.factories.campaign import ActivityPageFactory
from tests.factories.core import BasePageFactory, UserFactory, found_or_made
from tests.factories.home import HomePageFactory
from tests.factories.households import HouseholdFactory


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


class GameIndexPageFactory(BasePageFactory):
    class Meta:
        model = models.GameIndexPage

    parent = found_or_made(HomePageFactory)
    title = "Minigame"
    slug = "minigame"


class GamePageFactory(BasePageFactory):
    """“Nhà tôi giỏi số”."""

    class Meta:
        model = models.GamePage

    class Params:
        cashless = factory.Trait(kind=GameKind.CASHLESS, title="Ngày không tiền mặt")

    parent = found_or_made(GameIndexPageFactory)
    title = factory.Sequence(lambda number: f"Nhà tôi giỏi số {number}")
    kind = GameKind.KNOWLEDGE
    lead = "Mười câu, cả nhà cùng trả lời."


class QuestionFactory(DjangoModelFactory):
    """A question whose first option is right."""

    class Meta:
        model = models.Question
        skip_postgeneration_save = True

    class Params:
        practice = factory.Trait(use=QuestionUse.PRACTICE)

    text = factory.Sequence(lambda number: f"Câu hỏi số {number} là gì?")
    explanation = "Vì như thế thì không mất tiền."
    use = QuestionUse.COUNTED

    @factory.post_generation
    def options(self, create: bool, texts: list[str] | None, **_kwargs: object) -> None:
        if create:
            for position, text in enumerate(texts or ["Cúp máy", "Bấm vào", "Đọc mã OTP"]):
                models.Option.objects.create(question=self, text=text, is_right=position == 0)


class OptionFactory(DjangoModelFactory):
    class Meta:
        model = models.Option

    question = factory.SubFactory(QuestionFactory)
    text = "Hỏi trưởng thôn"


class RoundFactory(DjangoModelFactory):
    """Open since an hour ago for three more hours; `draft` is not announced, `over` closed an hour ago."""

    class Meta:
        model = models.Round
        skip_postgeneration_save = True

    class Params:
        draft = factory.Trait(announced_at=None, announced_by=None)
        over = factory.Trait(
            opens_at=factory.LazyFunction(lambda: timezone.now() - hours(9)),
            closes_at=factory.LazyFunction(lambda: timezone.now() - hours(1)),
        )
        cashless = factory.Trait(
            game=factory.SubFactory(GamePageFactory, cashless=True),
            days_from=factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=6)),
            days_to=factory.LazyFunction(timezone.localdate),
            takes_photo=True,
        )

    game = factory.SubFactory(GamePageFactory)
    number = factory.Sequence(lambda number: number % 30_000 + 1)
    opens_at = factory.LazyFunction(lambda: timezone.now() - hours(1))
    closes_at = factory.LazyFunction(lambda: timezone.now() + hours(3))
    question_count = 3
    seed_source = SeedSource.LOTTERY
    seed_words = "Giải đặc biệt xổ số Quảng Ngãi của ngày hôm sau, đủ 6 chữ số"
    seed_known_at = factory.LazyAttribute(lambda round_: round_.closes_at + hours(24))
    erase_on = factory.LazyAttribute(lambda round_: timezone.localdate(round_.closes_at) + timedelta(days=90))
    announced_at = factory.LazyAttribute(lambda round_: round_.opens_at - hours(1))
    announced_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def questions(self, create: bool, count: int | None, **_kwargs: object) -> None:
        """Six announced questions for a game of knowledge, or as many as are asked for."""
        if create and self.game.kind == GameKind.KNOWLEDGE:
            for number in range(6 if count is None else count):
                RoundQuestionFactory(round=self, difficulty=number % 3 + 1)

    @factory.post_generation
    def prizes(self, create: bool, quantities: list[int] | None, **_kwargs: object) -> None:
        """One first and two second prizes, or these quantities."""
        if create:
            for position, quantity in enumerate([1, 2] if quantities is None else quantities, start=1):
                PrizeFactory(round=self, position=position, quantity=quantity)


class RoundQuestionFactory(DjangoModelFactory):
    """A question of the round as it was announced."""

    class Meta:
        model = models.RoundQuestion

    round = factory.SubFactory(RoundFactory, questions=0)
    question = factory.SubFactory(QuestionFactory)
    text = factory.SelfAttribute("question.text")
    options = factory.LazyAttribute(lambda row: [[option.pk, option.text] for option in row.question.options.all()])
    right = factory.LazyAttribute(lambda row: row.options[0][0])


class RulesChangeFactory(DjangoModelFactory):
    """The closing hour was put off."""

    class Meta:
        model = models.RulesChange

    round = factory.SubFactory(RoundFactory)
    version = 2
    reason = "Mất điện cả xã một ngày"
    what = factory.LazyFunction(lambda: [["đóng lúc", "01/12/2026 20:00", "02/12/2026 20:00"]])
    changed_by = factory.SubFactory(UserFactory)


class PrizeFactory(DjangoModelFactory):
    class Meta:
        model = models.Prize

    round = factory.SubFactory(RoundFactory, prizes=[])
    position = 1
    name = factory.LazyAttribute(lambda prize: f"Giải {prize.position}")
    gift = "Một bình giữ nhiệt"


class SponsorshipFactory(DjangoModelFactory):
    class Meta:
        model = models.Sponsorship

    sponsor = "Cửa hàng mẫu"
    form = SponsorForm.GOODS
    what = "10 bình giữ nhiệt"
    received_on = factory.LazyFunction(timezone.localdate)
    recorded_by = factory.SubFactory(UserFactory)


class SpendingFactory(DjangoModelFactory):
    class Meta:
        model = models.Spending

    what = "In phiếu thi giấy"
    value = 200_000
    spent_on = factory.LazyFunction(timezone.localdate)
    recorded_by = factory.SubFactory(UserFactory)


class EntryFactory(DjangoModelFactory):
    """An entry without household that answered nothing."""

    class Meta:
        model = models.Entry

    token = factory.LazyFunction(uuid4)
    first_token = factory.SelfAttribute("token")
    code = factory.LazyFunction(lambda: drawn_code(ENTRY_PREFIX))
    round = factory.SubFactory(RoundFactory)
    content = factory.LazyFunction(lambda: {"answers": {}, "prediction": None})
    opened_at = factory.LazyFunction(timezone.now)
    received_at = factory.LazyFunction(timezone.now)
    digest = factory.LazyAttribute(lambda entry: content_digest(entry.first_token, entry.code, entry.content))


class EntryPhotoFactory(DjangoModelFactory):
    class Meta:
        model = models.EntryPhoto

    entry = factory.SubFactory(EntryFactory)
    name = factory.Sequence(lambda number: f"minigame/{number:032x}.jpg")
    digest = "0" * 64


class EntrySheetFactory(DjangoModelFactory):
    class Meta:
        model = models.EntrySheet

    token = factory.LazyFunction(uuid4)
    code = factory.LazyFunction(lambda: drawn_code(ENTRY_PREFIX))
    round = factory.SubFactory(RoundFactory)
    printed_by = factory.SubFactory(UserFactory)


class EntryMatchFactory(DjangoModelFactory):
    class Meta:
        model = models.EntryMatch

    code = factory.LazyFunction(lambda: drawn_code(ENTRY_PREFIX))
    round = factory.SubFactory(RoundFactory)
    matched_by = factory.SubFactory(UserFactory)


class ModerationFactory(DjangoModelFactory):
    class Meta:
        model = models.Moderation

    code = factory.LazyFunction(lambda: drawn_code(ENTRY_PREFIX))
    round = factory.SubFactory(RoundFactory)
    version = 1
    verdict = Verdict.APPROVED
    said_by = factory.SubFactory(UserFactory)


class JudgeFactory(DjangoModelFactory):
    class Meta:
        model = models.Judge

    round = factory.SubFactory(RoundFactory)
    user = factory.SubFactory(UserFactory)


class JudgeScoreFactory(DjangoModelFactory):
    class Meta:
        model = models.JudgeScore

    judge = factory.SubFactory(JudgeFactory)
    code = factory.LazyFunction(lambda: drawn_code(ENTRY_PREFIX))
    relation = Relation.NONE
    points = 50


class SealedListFactory(DjangoModelFactory):
    class Meta:
        model = models.SealedList

    round = factory.SubFactory(RoundFactory, over=True)
    text = ""
    digest = factory.LazyAttribute(lambda sealed: list_digest(sealed.text))


class SealedEntryFactory(DjangoModelFactory):
    class Meta:
        model = models.SealedEntry

    sealed_list = factory.SubFactory(SealedListFactory)
    entry = factory.SubFactory(EntryFactory)
    code = factory.SelfAttribute("entry.code")


class ExclusionFactory(DjangoModelFactory):
    class Meta:
        model = models.Exclusion

    code = factory.LazyFunction(lambda: drawn_code(ENTRY_PREFIX))
    round = factory.SubFactory(RoundFactory)
    reason = ExclusionReason.NO_HOUSEHOLD


class DrawFactory(DjangoModelFactory):
    class Meta:
        model = models.Draw

    round = factory.SubFactory(RoundFactory, over=True)
    list_digest = "0" * 64
    number = "123456"
    number_seen = "Trang xổ số, hai người cùng xem"
    drawn_by = factory.SubFactory(UserFactory)


class AwardFactory(DjangoModelFactory):
    class Meta:
        model = models.Award

    prize = factory.SubFactory(PrizeFactory)
    entry = factory.SubFactory(EntryFactory)
    rank = 1


class HandoverFactory(DjangoModelFactory):
    """Not collected yet."""

    class Meta:
        model = models.Handover

    award = factory.SubFactory(AwardFactory)
    saying = HandoverSaying.MISSED
    note = "Đã nhắn hai lần"
    said_by = factory.SubFactory(UserFactory)


class OfficialMessageFactory(DjangoModelFactory):
    class Meta:
        model = models.OfficialMessage

    code = factory.LazyFunction(lambda: drawn_code(MESSAGE_PREFIX))
    channel = MessageChannel.ZALO
    text = "Xã báo kết quả vòng 1."
    digest = factory.LazyAttribute(lambda message: text_digest(message.text))
    valid_until = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=30))
    issued_by = factory.SubFactory(UserFactory)


class KnownScamFactory(DjangoModelFactory):
    class Meta:
        model = models.KnownScam

    text = "Chúc mừng bạn đã trúng thưởng, chuyển khoản ngay để nhận giải"
    advice = "Không chuyển tiền. Báo trưởng thôn."
    seen_on = factory.LazyFunction(timezone.localdate)


class ErasureFactory(DjangoModelFactory):
    class Meta:
        model = models.Erasure

    round = factory.SubFactory(RoundFactory, over=True)


class StoryDraftFactory(DjangoModelFactory):
    class Meta:
        model = models.StoryDraft

    code = factory.LazyFunction(lambda: drawn_code(ENTRY_PREFIX))
    round = factory.SubFactory(RoundFactory, over=True)
    household = factory.SubFactory(HouseholdFactory)
    made_by = factory.SubFactory(UserFactory)


class SignupFactory(DjangoModelFactory):
    class Meta:
        model = models.Signup

    token = factory.LazyFunction(uuid4)
    code = factory.LazyFunction(lambda: drawn_code(SIGNUP_PREFIX))
    activity = factory.SubFactory(ActivityPageFactory)
    name = "Phạm Thị Mẫu"
