"""Every page of progress with something on it: the board, its figures, activities, reports, a closed quarter."""

from datetime import timedelta

import time_machine
from django.urls import reverse

from portal.core.periods import Period
from portal.households.models import Village
from portal.households.permissions import LEADER_GROUP, OFFICER_GROUP, TEAM_GROUP
from portal.households.progress.second_looks import ALIKE_IN_A_ROW
from portal.households.selectors.doubts import open_doubts
from portal.households.services.periods import close_period
from portal.households.services.village_reports import accept_report, submit_report, write_report
from tests.desks import Desk, desk_of
from tests.factories.households import VillageFactory
from tests.integration.register.pages import Album
from tests.integration.register.periods import NOW, QUARTER, a_home, an_activity, settle, visit

#: The quarter before is closed, so that both states are seen.
CLOSED = Period(QUARTER.year, QUARTER.quarter - 1)


def progress_pages() -> Album:
    """Each page once, and again with its errors or in its other states; the clock stands just after a quarter."""
    with time_machine.travel(NOW, tick=False):
        album = Album()
        villages = [VillageFactory(number=n, name=f"Thôn {n} (mẫu)") for n in (1, 2)]
        team = desk_of(TEAM_GROUP, full_name="Phạm Thị Phúc", village=villages[0])
        officer = desk_of(OFFICER_GROUP, full_name="Nguyễn Thị Sổ")
        leader = desk_of(LEADER_GROUP, full_name="Phạm Quý Lãnh")
        settle(villages, officer.user)
        close_period(period=CLOSED, note="Thôn báo qua điện thoại", by=officer.user)
        _board(album, leader)
        _activities(album, team, villages[0])
        _reports(album, team, officer, villages[0])
        _periods(album, officer, leader)
        _looks(album, team, officer, villages[0])
    return album


def _board(album: Album, leader: Desk) -> None:
    board = reverse("progress:board")
    album.keep("leader", leader.get(board))
    album.keep("leader", leader.get(f"{board}?ngay={CLOSED.last_day():%d/%m/%Y}"), "another day")
    album.keep("leader", leader.get(f"{board}?ngay=31/02/2026"), "errors")
    album.keep("leader", leader.get(reverse("progress:figure", args=["tra-tien"])))
    album.keep("leader", leader.get(reverse("progress:definitions")))


def _activities(album: Album, team: Desk, village: Village) -> None:
    activity = an_activity(village, team.user, NOW.date() - timedelta(days=1))
    album.keep("team", team.get(reverse("progress:activities")))
    album.keep("team", team.get(reverse("progress:note_activity")))
    album.keep("team", team.post(reverse("progress:note_activity"), {"people_count": "mười"}), "errors")
    for name in ("activity", "correct_activity"):
        album.keep("team", team.get(reverse(f"progress:{name}", args=[activity.pk])))
    for name in ("void_activity", "add_photo"):
        album.keep("team", team.post(reverse(f"progress:{name}", args=[activity.pk]), follow=True), f"after {name}")


def _reports(album: Album, team: Desk, officer: Desk, village: Village) -> None:
    page = reverse("progress:report", args=[QUARTER.code, village.pk])
    album.keep("team", team.get(reverse("progress:reports")))
    album.keep("team", team.get(page))
    words = {"difficulties": "Hai cụm nhà không có sóng.", "proposals": "Xin một trạm phát sóng."}
    report = write_report(village=village, period=QUARTER, by_hand=[], by=team.user, **words)
    submit_report(report=report, by=team.user)
    album.keep("team", team.get(page), "sent")
    album.keep("officer", officer.get(page), "sent")
    album.keep("officer", officer.post(f"{page}xem-xet/", {"viec": "tra-lai", "note": ""}, follow=True), "errors")
    accept_report(report=report, by=officer.user)
    album.keep("officer", officer.get(page), "taken")


def _periods(album: Album, officer: Desk, leader: Desk) -> None:
    album.keep("officer", officer.get(reverse("progress:periods")))
    for period, note in ((CLOSED, "closed"), (QUARTER, "open")):
        page = reverse("progress:period", args=[period.code])
        for role, desk in (("officer", officer), ("leader", leader)):
            album.keep(role, desk.get(page), note)
    album.keep("officer", officer.post(reverse("progress:close", args=[QUARTER.code]), {"note": ""}), "errors")
    album.keep("officer", officer.post(reverse("progress:revise", args=[CLOSED.code]), {}), "errors")


def _looks(album: Album, team: Desk, officer: Desk, village: Village) -> None:
    """Visits that stand out, the sample, and what each village does next."""
    yesterday = NOW.date() - timedelta(days=1)
    for _ in range(ALIKE_IN_A_ROW):
        visit(a_home(village), team.user, yesterday, met=("2",), unmet=("3",))
    doubt = open_doubts(NOW)[0]
    page = reverse("progress:recheck", args=[CLOSED.code])
    album.keep("officer", officer.get(page), "not drawn")
    album.keep("officer", officer.post(page, {"percent": "0"}), "errors")
    album.keep("officer", officer.post(page, {"percent": "5"}, follow=True))
    album.keep("officer", officer.get(reverse("progress:doubts")))
    answer = reverse("progress:doubt", args=[doubt.first.pk, doubt.kind.value])
    album.keep("officer", officer.get(answer))
    album.keep("officer", officer.post(answer, {"note": ""}), "errors")
    album.keep("officer", officer.get(reverse("progress:next_steps")))
    album.keep("team", team.get(reverse("team:today")), "next step")
