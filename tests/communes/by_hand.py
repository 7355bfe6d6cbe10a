"""The same figures as the rules make, counted from the deeds alone and by other ways: slow, plain, day by day."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tests.communes.life import FIVE, HANOI, TITLE, VILLAGES, Life

STRENGTH = ["", "ke", "giay", "thay"]


@dataclass
class Home:
    """What became of a household by the end of a day, all deeds known."""

    village: int | None
    answers: dict[str, tuple[str, str]]
    dates: dict[str, date]
    visited_on: date | None
    declared: set[str]
    has_signed_up: bool
    capable: tuple[str, str] | None
    is_recognised: bool


def homes_at(life: Life, day: date) -> list[Home]:
    """Every household on the register at the end of that day."""
    return [
        _home(life, pk, day) for pk in life.homes if life.homes[pk]["survivor"] is None and _is_listed(life, pk, day)
    ]


def _is_listed(life: Life, pk: int, day: date) -> bool:
    listed = False
    for deed in life.deeds:
        data = deed.data
        if deed.what == "list" and data["home"] == pk:
            listed = data["since"] <= day
        elif deed.what == "sign up" and data["home"] == pk:
            listed = deed.entered_on <= day
        elif deed.what == "split" and data["new"] == pk:
            listed = data["day"] <= day
        elif deed.what == "strike" and data["home"] == pk and data["day"] <= day:
            listed = False
    return listed


def _lives_in(life: Life, pk: int, day: date) -> int:
    village = -1
    for deed in life.deeds:
        data = deed.data
        if deed.what in {"list", "sign up"} and data["home"] == pk:
            village = data["village"]
        elif deed.what == "split" and data["new"] == pk:
            # The new house stands where the old one stood when the clerk wrote it down.
            village = _registered_in(life, data["home"], deed)
        elif deed.what == "move" and data["home"] == pk and data["day"] <= day:
            village = data["village"]
    return answering(life, village, day)


def _registered_in(life: Life, pk: int, until: Any) -> int:
    village = -1
    for deed in life.deeds:
        if deed is until:
            break
        data = deed.data
        if (deed.what in {"list", "sign up", "move"}) and data["home"] == pk:
            village = data["village"]
        elif deed.what == "split" and data["new"] == pk:
            village = _registered_in(life, data["home"], deed)
    return village


def answering(life: Life, village: int, day: date) -> int:
    """The village that answers for this one that day."""
    closings = {deed.data["village"]: deed.data for deed in life.of("close village")}
    while village in closings and closings[village]["day"] < day:
        village = closings[village]["successor"]
    return village


def _visits(life: Life, members: set[int], day: date) -> list[dict[str, Any]]:
    made = [deed.data for deed in life.of("visit") if deed.data["home"] in members]
    made = [visit for visit in made if visit["moment"].astimezone(HANOI).date() <= day]
    struck = {visit["corrects"] for visit in made}
    return sorted(
        (visit for visit in made if visit["id"] not in struck), key=lambda visit: (visit["moment"], visit["id"].hex)
    )


def _home(life: Life, pk: int, day: date) -> Home:
    members = life.cluster(pk)
    visits = _visits(life, members, day)
    answers: dict[str, tuple[str, str]] = {}
    dates: dict[str, date] = {}
    for key in {key for visit in visits for key in visit["found"]}:
        said = [visit for visit in visits if key in visit["found"]]
        clear = [visit for visit in said if visit["found"][key][0] != "chua-ro"]
        last = (clear or said)[-1]
        answers[key], dates[key] = last["found"][key], last["moment"].astimezone(HANOI).date()
    forms = [deed for deed in life.of("sign up") if deed.data["home"] in members and deed.entered_on <= day]
    declared = {key for deed in forms for key, answer in deed.data["answers"].items() if answer == "co"}
    return Home(
        village=_lives_in(life, pk, day),
        answers=answers,
        dates=dates,
        visited_on=visits[-1]["moment"].astimezone(HANOI).date() if visits else None,
        declared=declared,
        has_signed_up=bool(forms),
        capable=_capable(life, members, day),
        is_recognised=_recognised(life, members, day),
    )


def _capable(life: Life, members: set[int], day: date) -> tuple[str, str] | None:
    said = []
    for number, deed in enumerate(life.deeds):
        data = deed.data
        if deed.what in {"list", "sign up"} and data["home"] in members and data["who"] != "chua-ro":
            said.append((data.get("since", deed.entered_on), number, data["who"], "ke"))
        elif deed.what == "capable" and data["home"] in members:
            said.append((data["day"], number, data["who"], data["basis"] or ""))
    said = sorted(word for word in said if word[0] <= day)
    return said[-1][2:] if said else None


def _recognised(life: Life, members: set[int], day: date) -> bool:
    rows = [(d.data["day"], n, d.data["year"], True) for n, d in enumerate(life.deeds) if d.what == "decide"
            and members.intersection(d.data["homes"])]  # fmt: skip
    rows += [(d.data["day"], n, d.data["year"], False) for n, d in enumerate(life.deeds) if d.what == "revoke"
             and d.data["home"] in members]  # fmt: skip
    holds = {year: is_given for signed, _number, year, is_given in sorted(rows) if signed <= day}
    return any(holds.values())


def heap_of(home: Home, measure: Any, life: Life, day: date) -> str:
    """The heap of one household for `(kind, groups or title)`."""
    kind, groups = measure
    if kind == "ket-qua":
        return _by_answers(home, groups)
    if kind == "nguoi-biet":
        return _by_capable(home)
    if kind == "lan-tham":
        if home.visited_on is None:
            return "chua-danh-gia"
        since = day - home.visited_on
        return "tham-moi" if since <= timedelta(90) else "tham-lau" if since <= timedelta(180) else "tham-cu"
    if kind == "du-dieu-kien":
        return _by_rule(home, life, day)
    answer = {
        "dang-ky": "dat" if home.has_signed_up else "chua-dat",
        "danh-gia": "dat" if home.visited_on else "chua-danh-gia",
        f"cong-nhan {TITLE}": "dat" if home.is_recognised else "chua-dat",
        "trong-so": "dat",
    }
    return answer[f"{kind} {groups}" if kind == "cong-nhan" else kind]


def _one(home: Home, keys: tuple[str, ...]) -> tuple[str, str]:
    """What is known of one group of keys: yes with the basis of its newest yes, no, perhaps, or nothing."""
    said = [home.answers[key][0] for key in keys if key in home.answers]
    if "dat" in said:
        return "dat", _basis_of_newest_yes(home, keys)
    if not said:
        return "", ""
    return ("chua-dat" if said == ["chua-dat"] * len(keys) else "chua-ro"), ""


def _basis_of_newest_yes(home: Home, keys: tuple[str, ...]) -> str:
    yes = [key for key in keys if home.answers.get(key, ("",))[0] == "dat"]
    newest = max(home.dates[key] for key in yes)
    return next(home.answers[key][1] for key in yes if home.dates[key] == newest)


def _by_answers(home: Home, groups: tuple[tuple[str, ...], ...]) -> str:
    known = [_one(home, keys) for keys in groups]
    words = [word for word, _basis in known]
    if all(word == "dat" for word in words):
        return "dat-" + min((basis for _word, basis in known), key=STRENGTH.index)
    if "chua-dat" in words:
        return "chua-dat"
    if any(words):
        return "chua-ro"
    return "tu-khai" if all(home.declared & set(keys) for keys in groups) else "chua-danh-gia"


def _by_capable(home: Home) -> str:
    if home.capable is None:
        return "chua-danh-gia"
    who, basis = home.capable
    if who in {"chua-co", "chua-ro"}:
        return "chua-dat" if who == "chua-co" else "chua-danh-gia"
    return f"dat-{basis}" if basis else "dat"


def _by_rule(home: Home, life: Life, day: date) -> str:
    versions = [(date(2025, 9, 1), -1, list(FIVE), None)]
    versions += [(d.data["since"], n, d.data["rule"], d.data["minimum"]) for n, d in enumerate(life.deeds) if
                 d.what == "criteria"]  # fmt: skip
    _since, _number, rule, minimum = max((one for one in versions if one[0] <= day), key=lambda one: one[:2])
    if home.visited_on is None:
        return "chua-danh-gia"
    known = {key: (_one(home, keys), mandatory) for key, keys, mandatory in rule}
    needed = len(rule) if minimum is None else minimum

    def enough(words: tuple[str, ...]) -> bool:
        met = [key for key, ((word, _basis), _mandatory) in known.items() if word in words]
        return len(met) >= needed and all(key in met for key, (_one, mandatory) in known.items() if mandatory)

    if enough(("dat",)):
        return "dat-" + min((basis for (word, basis), _ in known.values() if word == "dat"), key=STRENGTH.index)
    return "chua-ro" if enough(("dat", "chua-ro", "")) else "chua-dat"


def count_by_hand(
    life: Life, measure: Any, day: date, village: int | None, since: date | None = None
) -> dict[str, int]:
    """{heap: households}; for `hoat-dong`, {heap: villages} with an activity since that day."""
    if measure[0] == "hoat-dong":
        closings = {deed.data["village"]: deed.data["day"] for deed in life.of("close village")}
        standing = [pk for pk in VILLAGES if pk not in closings or day <= closings[pk]]
        held = {
            answering(life, deed.data["village"], day)
            for deed in life.of("activity")
            if deed.data["day"] <= day and (since is None or since <= deed.data["day"])
        }
        chosen = [pk for pk in standing if village in {None, pk}]
        return dict(Counter("dat" if pk in held else "chua-dat" for pk in chosen))
    homes = [home for home in homes_at(life, day) if village in {None, home.village}]
    return dict(Counter(heap_of(home, measure, life, day) for home in homes))
