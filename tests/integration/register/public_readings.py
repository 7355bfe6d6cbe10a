"""What can be read out of the public outputs of a quarter, by a reader with patience and a calculator."""

import csv
import re
from html import unescape
from io import StringIO

from tests.attacker import Range, Readings
from tests.communes.quarters import NAMES, WITHIN

KEYS = {name: key for key, name in NAMES.items()}
WHOLE = "Cả xã"


def of_table(text: str) -> Readings:
    """Out of the CSV."""
    readings = Readings({}, {}, {}, WITHIN)
    for line in csv.DictReader(StringIO(text.removeprefix("\ufeff"))):
        key = KEYS[line["Số đo"]]
        if not line["Từ"]:
            continue
        between = (int(line["Từ"]), int(line["Đến"]))
        if line["Nơi"] == WHOLE:
            readings.commune[key] = between
        else:
            readings.wholes[line["Nơi"]] = int(line["Tổng số"])
            readings.rows[line["Nơi"], key] = between
    return readings


def of_page(html: str) -> Readings:
    """Out of the page; of a village also what it still needs, which is the same range seen from the target."""
    readings = Readings({}, {}, {}, WITHIN)
    commune, _, villages = html.partition('id="cac-thon"')
    for name, said in re.findall(r'<h3>([^<]+)</h3>.*?<p class="told__count">([^<]+)</p>', commune, re.DOTALL):
        if between := _range(said):
            readings.commune[KEYS[unescape(name)]] = between
    cloth = r'<h3>([^<]+)</h3>.*?<p class="small">(\d+) hộ.*?<dl[^>]*>(.*?)</dl>'
    for name, whole, parts in re.findall(cloth, villages, re.DOTALL):
        readings.wholes[name] = int(whole)
        for measure, said in re.findall(r"<dt>([^<]+)</dt>\s*<dd>([^<]+)</dd>", parts):
            told = re.match(r"(\d+)–(\d+) hộ", said)
            readings.rows[name, KEYS[measure]] = (int(told[1]), int(told[2])) if told else (0, int(whole))
    return readings


def of_feed(xml: str, name: str) -> dict[str, Range]:
    """What the feed tells of the commune in the quarter of that name."""
    entry = next(one for one in re.findall(r"<entry>(.*?)</entry>", xml, re.DOTALL) if name in unescape(one))
    told = {}
    for measure, key in KEYS.items():
        said = re.search(re.escape(measure) + r": ([^(;,]+)", unescape(entry))
        if said and (between := _range(said[1])):
            told[key] = between
    return told


def _range(said: str) -> Range | None:
    """From `từ 12 đến 20 trong 60 hộ` or `1.204 trong 2.480 hộ`."""
    plain = said.replace(".", "")
    if found := re.match(r"\s*từ (\d+) đến (\d+) trong", plain):
        return int(found[1]), int(found[2])
    found = re.match(r"\s*(\d+) trong", plain)
    return (int(found[1]), int(found[1])) if found else None


def together(*many: Readings) -> Readings:
    """All at once: of two ranges for the same cell, what both allow."""
    whole = Readings({}, {}, {}, WITHIN)
    for readings in many:
        whole.wholes |= readings.wholes
        for mine, theirs in ((whole.rows, readings.rows), (whole.commune, readings.commune)):
            for cell, (low, high) in theirs.items():
                known = mine.get(cell, (low, high))
                mine[cell] = (max(known[0], low), min(known[1], high))
    return whole
