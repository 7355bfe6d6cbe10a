"""Rounds of the sample's games: one played to the end by invented families, one running, one to come."""

import random
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from portal.campaign.entrants import who_of
from portal.campaign.enums import QuestionUse, SeedSource
from portal.campaign.kinds.knowledge import KNOWLEDGE
from portal.campaign.models import GamePage, Option, Question, Round
from portal.campaign.seeds import suggested_words
from portal.campaign.selectors.questions import questions_of
from portal.campaign.services.closing import seal_round, settle_households
from portal.campaign.services.entries import Sending, submit_entry
from portal.campaign.services.results import OutsideNumber, draw_round, publish_results
from portal.campaign.services.rounds import announce_round, choose_questions, create_round, set_prizes
from portal.core.models import User
from portal.home.demo.content import Entry, load
from portal.home.demo.prizes import add_prizes
from portal.households.enums import NameForm
from portal.households.models import Household
from portal.households.standing import HANOI

#: Every so many-th family plays, and each of them lets itself be named in turn; “” is by code only.
EVERY = 7
SHOWN_AS = (NameForm.FULL, "", NameForm.SHORT, NameForm.VILLAGE, NameForm.FULL)
RIGHT_ANSWERS = (10, 7, 8, 6, 9, 5, 8, 7, 9, 6, 4, 8)
#: Who left the secret number out; who wrote a name instead of a code; who sent a second entry.
UNPROVEN, UNKNOWN, TWICE = 7, 11, 13
ERASED_AFTER = timedelta(days=90)
DICE_THROWS = 8


def add_games(today: date, pages: Mapping[str, int], officer: User) -> None:
    """The question bank and all rounds, through the services that the desk uses."""
    chance = random.Random(2027)  # noqa: S311 (sample data, the same on every machine)
    bank = _add_questions(pages)
    for entry in load("games")["rounds"]:
        game = GamePage.objects.get(pk=pages[f"minigame/{entry['game']}"])
        round_ = _announced(game, entry, bank, today, officer)
        if "published" in entry:
            _play(round_, chance)
            _finish(round_, entry, chance, today, officer)
            add_prizes(round_, today, officer)


def _add_questions(pages: Mapping[str, int]) -> dict[int, list[Question]]:
    """The bank; returns the questions of each round by its number."""
    bank: dict[int, list[Question]] = {}
    options = []
    for entry in load("questions")["questions"]:
        number = entry.get("round", 0)
        question = Question.objects.create(
            text=entry["text"],
            explanation=entry["explanation"],
            difficulty=entry["difficulty"],
            need=entry["need"],
            guide_id=pages[f"huong-dan/{entry['guide']}"],
            use=QuestionUse.COUNTED if number else QuestionUse.PRACTICE,
        )
        options.append(Option(question=question, text=entry["right"], is_right=True))
        options += [Option(question=question, text=text) for text in entry["wrong"]]
        bank.setdefault(number, []).append(question)
    Option.objects.bulk_create(options)
    return bank


def _announced(
    game: GamePage, entry: Entry, bank: Mapping[int, Sequence[Question]], today: date, officer: User
) -> Round:
    """Set up as a clerk does, in the order of the desk's pages."""
    closes_at, known_at = _moment(entry["closes"], today), _moment(entry["number_known"], today)
    plain = ("title", "question_count", "prediction_of", "takes_photo", "ranking", "seed_source")
    values: dict[str, Any] = {name: entry[name] for name in plain if name in entry}
    if "days" in entry:
        values["days_from"], values["days_to"] = (today + timedelta(days=days) for days in entry["days"])
    values |= {
        "opens_at": _moment(entry["opens"], today),
        "closes_at": closes_at,
        "paper_until": _moment(entry["paper_until"], today),
        "seed_words": suggested_words(SeedSource(entry["seed_source"]), known_at),
        "seed_known_at": known_at,
        "erase_on": closes_at.date() + ERASED_AFTER,
    }
    round_ = create_round(game=game, values=values, by=officer)
    if "question_count" in entry:
        choose_questions(round_=round_, questions=bank[round_.number], by=officer)
    names = ("name", "gift", "quantity")
    prizes = [dict(zip(names, prize, strict=True)) for prize in entry["prizes"]]
    set_prizes(round_=round_, prizes=prizes, by=officer)
    return announce_round(round_=round_, by=officer, now=_moment(entry["announced"], today))


def _play(round_: Round, chance: random.Random) -> None:
    """A few dozen entries in the hours of the round; of a family's two, the later one counts."""
    rights = {question.pk: int(question.right or 0) for question in questions_of(round_)}
    families = Household.objects.listed().select_related("village").order_by("pk")
    for number, family in enumerate(list(families)[::EVERY]):
        for _ in range(2 if number % TWICE == 1 else 1):
            seconds = int((round_.closes_at - round_.opens_at).total_seconds())
            sent_at = round_.opens_at + timedelta(seconds=chance.randint(600, seconds - 60))
            submit_entry(round_=round_, sending=_sending(round_, family, number, rights, sent_at, chance), now=sent_at)


def _sending(
    round_: Round,
    family: Household,
    number: int,
    rights: Mapping[int, int],
    sent_at: datetime,
    chance: random.Random,
) -> Sending:
    who, key = _family(family, number)
    answers = {}
    for place, question in enumerate(KNOWLEDGE.questions_for(round_, key)):
        wrong = [option for option, _text in question.options if option != rights[question.pk]]
        is_right = place < RIGHT_ANSWERS[number % len(RIGHT_ANSWERS)]
        answers[str(question.pk)] = rights[question.pk] if is_right else chance.choice(wrong)
    return Sending(
        token=UUID(int=chance.getrandbits(128)),
        opened_at=sent_at - timedelta(minutes=chance.randint(4, 9)),
        content={"answers": answers, "prediction": chance.randint(20, 60)},
        shown_as=SHOWN_AS[number % len(SHOWN_AS)],
        **who,
    )


def _family(family: Household, number: int) -> tuple[dict[str, Any], str]:
    """What it wrote of itself, and what its questions are drawn for."""
    if number % UNKNOWN == UNKNOWN - 1:
        key = who_of(head_name=family.head_name, village_id=family.village_id)
        return {"head_name": family.head_name, "village_id": family.village_id}, key
    is_proven = number % UNPROVEN != UNPROVEN - 3
    return {"household_id": family.pk, "root_id": family.root_id, "is_confirmed": is_proven}, family.code


def _finish(round_: Round, entry: Entry, chance: random.Random, today: date, officer: User) -> None:
    """Sealed by the clock, settled, drawn before witnesses, published."""
    seal_round(round_=round_, by=None, now=_moment(entry["sealed"], today))
    settle_households(round_=round_, by=officer, now=_moment(entry["settled"], today))
    outside = OutsideNumber(
        number="".join(str(chance.randint(1, 6)) for _ in range(DICE_THROWS)),
        seen=entry["number_seen"],
        witnesses=entry["witnesses"],
    )
    draw_round(round_=round_, outside=outside, by=officer, now=_moment(entry["drawn"], today))
    publish_results(round_=round_, by=officer, now=_moment(entry["published"], today))


def _moment(words: Sequence[Any], today: date) -> datetime:
    """[-14, "20:00"]: so many days from today, at that hour of the commune."""
    days, hour = words
    return datetime.combine(today + timedelta(days=days), time.fromisoformat(hour), HANOI)
