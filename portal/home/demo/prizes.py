"""The end of a sample round: prizes handed over and waiting, who gave them, one text of the commune and one fake."""

from datetime import date, timedelta

from portal.campaign.enums import HandoverCheck, MessageChannel
from portal.campaign.models import Award, Round, Spending, Sponsorship
from portal.campaign.services.entries import secret_of_entry
from portal.campaign.services.handover import HandedOver, hand_over, mark_missed
from portal.campaign.services.official_messages import Wording, issue_message, note_scam
from portal.campaign.services.sponsors import add_line
from portal.core.models import User
from portal.home.demo.content import Entry, load

VALID_FOR = timedelta(days=60)
#: How many of the round's prizes are left to hand over.
WAITING = 2


def add_prizes(round_: Round, today: date, officer: User) -> None:
    """Through the services that the desk uses."""
    told = load("prizes")
    _hand_over(round_, told["handed"], officer)
    for entry in told["gifts"]:
        plain = ("sponsor", "is_named", "form", "what", "value", "receipt_number")
        values = {name: entry[name] for name in plain}
        values |= {"game": round_.game, "round": round_, "received_on": today + timedelta(days=entry["days"])}
        add_line(model=Sponsorship, values=values, receipt=None, by=officer)
    for entry in told["spendings"]:
        values = {name: entry[name] for name in ("what", "value", "receipt_number")}
        values |= {"game": round_.game, "round": round_, "spent_on": today + timedelta(days=entry["days"])}
        add_line(model=Spending, values=values, receipt=None, by=officer)
    wording = Wording(told["message"]["text"], MessageChannel.ZALO, today + VALID_FOR, round_)
    issue_message(wording=wording, hotline="", by=officer)
    scam = told["scam"]
    seen_on = today + timedelta(days=scam["days"])
    note_scam(text=scam["text"], advice=scam["advice"], seen_on=seen_on, by=officer)


def _hand_over(round_: Round, told: Entry, officer: User) -> None:
    """Most against their stubs, one by a face that is known, one not collected; the last ones wait."""
    awards = list(Award.objects.filter(prize__round=round_).select_related("entry"))
    known, missed, *stubs = awards[: max(len(awards) - WAITING, 0)]
    by_face = HandedOver(told["receiver"], HandoverCheck.KNOWN, note=told["known"])
    hand_over(award=known, handed=by_face, by=officer)
    mark_missed(award=missed, reason=told["missed"], by=officer)
    for award in stubs:
        handed = HandedOver(told["receiver"], HandoverCheck.STUB, secret_of_entry(award.entry))
        hand_over(award=award, handed=handed, by=officer)
