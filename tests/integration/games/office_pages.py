"""Every staff page of the games with something on it: rounds in each state, piles of paper, queues, judges."""

from datetime import timedelta
from typing import Any

import time_machine
from django.test import Client
from django.urls import reverse

from portal.campaign.enums import Part, Ranking, Verdict
from portal.campaign.models import Round
from portal.campaign.selectors.judging import cards_of
from portal.campaign.services.closing import seal_round, settle_households
from portal.campaign.services.moderation import moderate_entry
from portal.campaign.services.sheets import print_household_sheets
from portal.households.permissions import OFFICER_GROUP, TEAM_GROUP
from tests.desks import Desk, desk_of
from tests.factories.games import EntryPhotoFactory, JudgeFactory, QuestionFactory, RoundFactory
from tests.factories.households import HouseholdFactory, VillageFactory
from tests.integration.games.course import over, send
from tests.integration.register.pages import Album

STORY = "Bà ngoại quét mã mua gạo ở chợ phiên, trả tiền rất nhanh."


def game_office_pages() -> Album:
    """Each page once, and again with its errors or in its other states."""
    album = Album()
    village = VillageFactory(number=1, name="Thôn 1 (mẫu)")
    officer = desk_of(OFFICER_GROUP, full_name="Nguyễn Thị Sổ")
    team = desk_of(TEAM_GROUP, full_name="Phạm Thị Phúc", village=village)
    families = [HouseholdFactory(village=village, head_name=name) for name in ("Phạm Văn Đền", "Đinh Thị Gái")]
    _set_up(album, officer)
    _course(album, officer, families)
    _paper(album, team, families)
    _work(album, officer, team, families)
    return album


def _keep(album: Album, role: str, desk: Client, view: str, *args: Any, note: str = "") -> None:
    album.keep(role, desk.get(reverse(view, args=args)), note)


def _set_up(album: Album, officer: Desk) -> None:
    """A round that is only written down, with nothing filled in and with everything wrong."""
    _keep(album, "officer", officer, "gamedesk:index", note="no game yet")
    draft = RoundFactory(draft=True)
    for number in range(9):
        QuestionFactory(difficulty=number % 3 + 1)
    judged = RoundFactory(draft=True, cashless=True, ranking=Ranking.JUDGED)
    new = reverse("gamedesk:new_round", args=[draft.game_id])
    album.keep("officer", officer.get(new))
    album.keep("officer", officer.post(new, {"opens_at": "mai tám giờ"}), "errors")
    for part in Part:
        round_ = judged if part == Part.JUDGES else draft
        page = reverse("gamedesk:part", args=[round_.pk, part])
        album.keep("officer", officer.get(page), part)
        wrong = {"giai-TOTAL_FORMS": 1, "giai-INITIAL_FORMS": 0, "giai-0-name": "Nhất", "so-cau": "0", "judges": "x"}
        answer = officer.post(page, wrong)
        if answer.status_code == 422:
            album.keep("officer", answer, f"{part}, errors")
    _keep(album, "officer", officer, "gamedesk:round", draft.pk, note="draft")
    _keep(album, "officer", officer, "gamedesk:preview", draft.pk)
    _keep(album, "officer", officer, "gamedesk:announce", draft.pk)


def _course(album: Album, officer: Desk, families: list[Any]) -> None:
    """Open, over, sealed, drawn, published."""
    round_ = RoundFactory(prizes=[1, 1])
    for family in (*families, families[0], None):
        send(round_, family, is_confirmed=family is not None, shown_as="day-du")
    _keep(album, "officer", officer, "gamedesk:index")
    _keep(album, "officer", officer, "gamedesk:round", round_.pk, note="open")
    with over(round_):
        _keep(album, "officer", officer, "gamedesk:round", round_.pk, note="over")
        _keep(album, "officer", officer, "gamedesk:seal", round_.pk)
        seal_round(round_=round_, by=officer.user)
        page = reverse("gamedesk:settle", args=[round_.pk])
        album.keep("officer", officer.get(page))
        album.keep("officer", officer.post(page, {"loai": "1", "code": "DT-1"}), "errors")
        settle_households(round_=round_, by=officer.user)
        _keep(album, "officer", officer, "gamedesk:settle", round_.pk, note="settled")
    _drawing(album, officer, Round.objects.get(pk=round_.pk))


def _drawing(album: Album, officer: Desk, round_: Round) -> None:
    with time_machine.travel(round_.seed_known_at + timedelta(minutes=1), tick=True):
        page = reverse("gamedesk:draw", args=[round_.pk])
        album.keep("officer", officer.get(page))
        album.keep("officer", officer.post(page, {"number": "12"}), "errors")
        seen = {"number": "042317", "seen": "Tờ dò ở đại lý", "witnesses": ""}
        album.keep("officer", officer.post(page, seen), "confirmation")
        officer.post(page, seen | {"boc": "1"})
        for name in ("results", "publish"):
            _keep(album, "officer", officer, f"gamedesk:{name}", round_.pk)
        officer.post(reverse("gamedesk:publish", args=[round_.pk]))
        _keep(album, "officer", officer, "gamedesk:round", round_.pk, note="published")


def _paper(album: Album, team: Desk, families: list[Any]) -> None:
    """Sheets of both kinds of game, printed and typed in."""
    for note, round_ in (("questions", RoundFactory(prediction_of="so-bai")), ("days", RoundFactory(cashless=True))):
        sheet, _other = print_household_sheets(round_=round_, households=families, by=team.user)
        page = reverse("gamepaper:type_sheet", args=[sheet.code])
        album.keep("team", team.get(page), note)
        album.keep("team", team.post(page, {"handed_at": "hôm qua"}), f"{note}, errors")
        _keep(album, "team", team, "gamepaper:print", round_.pk, note=note)
    _keep(album, "team", team, "gamepaper:index")
    _keep(album, "team", team, "gamepaper:type")
    album.keep("team", team.get(reverse("gamepaper:type") + "?ma=DT-1"), "errors")


def _work(album: Album, officer: Desk, judge: Desk, families: list[Any]) -> None:
    """Stories to look at, entries of nobody, and judges at their table."""
    round_ = RoundFactory(cashless=True, ranking=Ranking.JUDGED, judged_by="Việc có thật: 60 điểm.\nKể rõ: 40 điểm.")
    seat = JudgeFactory(round=round_, user=judge.user)
    content = {"days": {round_.days_from.isoformat(): ["ma-qr"]}, "story": STORY}
    entries = [send(round_, family, content=content) for family in families]
    nameless = send(round_, content=content, head_name=families[0].head_name, village_id=families[0].village_id)
    EntryPhotoFactory(entry=entries[0])
    _keep(album, "officer", officer, "gameprizes:index")
    _keep(album, "officer", officer, "gameprizes:moderation", round_.pk)
    page = reverse("gameprizes:moderate", args=[round_.pk, entries[0].code])
    unexplained = {"verdict": Verdict.REFUSED, "reason": "", "version": "1"}
    album.keep("officer", officer.post(page, unexplained, follow=True), "errors")
    for entry in (*entries, nameless):
        moderate_entry(round_=round_, code=entry.code, version=1, verdict=Verdict.APPROVED, by=officer.user)
    _keep(album, "officer", officer, "gameprizes:moderation", round_.pk, note="all said")
    _keep(album, "officer", officer, "gameprizes:matching", round_.pk, note="before the close")
    with over(round_):
        _keep(album, "officer", officer, "gameprizes:matching", round_.pk)
        seal_round(round_=round_, by=officer.user)
        settle_households(round_=round_, by=officer.user)
        _keep(album, "officer", officer, "gameprizes:judging", round_.pk)
        _keep(album, "judge", judge, "gameprizes:judge_desk")
        _keep(album, "judge", judge, "gameprizes:judge_table", round_.pk)
        # Which number an entry has is drawn by the round's own secret.
        page = reverse("gameprizes:judge_entry", args=[round_.pk, cards_of(seat)[0].number])
        album.keep("judge", judge.get(page))
        album.keep("judge", judge.post(page, {"points": "a"}), "errors")
