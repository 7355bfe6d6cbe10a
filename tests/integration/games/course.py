"""What tests of rounds do again and again: send an entry, let the hours pass, seal, draw."""

from datetime import timedelta
from uuid import uuid4

import time_machine
from django.utils import timezone

from portal.campaign.models import RoundQuestion
from portal.campaign.services.closing import seal_round, settle_households
from portal.campaign.services.entries import Sending, submit_entry
from portal.campaign.services.results import OutsideNumber, draw_round

NUMBER = OutsideNumber("042317", "Trang xổ số Quảng Ngãi, hai người cùng xem")
#: What a family writes into an entry.
STORY = "Bà ngoại bán rau <ở chợ>.\nCon quét mã, bà nghe loa báo tiền."


def answers(round_, right=3, prediction=None):
    """Content with so many right answers."""
    questions = list(RoundQuestion.objects.filter(round=round_)[:3])
    chosen = {str(q.pk): q.options[0][0] if n < right else q.options[1][0] for n, q in enumerate(questions)}
    return {"answers": chosen, "prediction": prediction}


def sending(round_, household=None, **given):
    given.setdefault("content", answers(round_))
    return Sending(
        token=given.pop("token", uuid4()),
        opened_at=given.pop("opened_at", timezone.now()),
        household_id=household.pk if household else None,
        root_id=household.root_id if household else None,
        **given,
    )


def send(round_, household=None, **given):
    now = given.pop("now", timezone.now())
    return submit_entry(round_=round_, sending=sending(round_, household, **given), now=now)


def over(round_):
    """A clock after the last hour of the round, before the number is known."""
    return time_machine.travel(round_.times.seals_from + timedelta(minutes=1), tick=True)


def number_known(round_):
    return time_machine.travel(round_.seed_known_at + timedelta(minutes=1), tick=True)


def drawn(round_, clerk):
    with over(round_):
        seal_round(round_=round_, by=clerk)
        settle_households(round_=round_, by=clerk)
    round_.refresh_from_db()
    with number_known(round_):
        draw = draw_round(round_=round_, outside=NUMBER, by=clerk)
    round_.refresh_from_db()
    return draw
