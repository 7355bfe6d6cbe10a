"""The draw done again with the scripts that everybody gets, and the evenness of its order."""

import json
import random
import subprocess
import sys

import pytest
from django.conf import settings

from portal.campaign.draw import draw_order, first_difference, rerun
from portal.campaign.sealing import codes_of, list_digest
from tests.integration.games.lists import generated_lists

RECIPES = settings.BASE_DIR / "static" / "recipe"
#: Runs the script as it is served, once for each list, in one process.
MANY_TIMES = """
import contextlib, io, json, runpy, sys
script, folder, count = sys.argv[1:]
said = []
for place in range(int(count)):
    number = open(f"{folder}/{place}.so").read()
    sys.argv = [script, f"{folder}/{place}.txt", number]
    with contextlib.redirect_stdout(io.StringIO()) as out:
        runpy.run_path(script)
    said.append(out.getvalue())
json.dump(said, sys.stdout)
"""


def read(output):
    """What a script printed: (digest, order)."""
    first, *rest = output.splitlines()
    return first.removeprefix("Dấu danh sách: "), [line.split()[1] for line in rest]


def test_python_script_agrees_on_a_thousand_lists(tmp_path):
    lists = generated_lists(1000)
    for place, (text, number) in enumerate(lists):
        (tmp_path / f"{place}.txt").write_text(text, encoding="utf-8", newline="")
        (tmp_path / f"{place}.so").write_text(number)
    command = [sys.executable, "-c", MANY_TIMES, str(RECIPES / "boc-tham.py"), str(tmp_path), str(len(lists))]
    said = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    for (text, number), output in zip(lists, said, strict=True):
        again = rerun(text, number)
        assert read(output) == (again.digest, again.order)


@pytest.mark.parametrize("script", ["boc-tham.py", "boc-tham.sh"])
def test_script_run_as_the_page_says_prints_the_published_order(tmp_path, script):
    for text, number in generated_lists(3):
        (tmp_path / "danh-sach.txt").write_text(text, encoding="utf-8", newline="")
        program = sys.executable if script.endswith(".py") else "sh"
        command = [program, str(RECIPES / script), "danh-sach.txt", number]
        output = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True).stdout
        again = rerun(text, number)
        assert read(output) == (again.digest, again.order)


def test_script_is_short_enough_to_be_copied_by_hand():
    for script in RECIPES.iterdir():
        assert len(script.read_text(encoding="utf-8").splitlines()) <= 15


def test_one_changed_entry_breaks_the_digest():
    for text, _number in generated_lists(200):
        lines = text.splitlines(keepends=True)
        if not lines:
            continue
        mark = lines[-1].split()[1]
        changed = text.replace(mark, ("1" if mark[0] == "0" else "0") + mark[1:])
        assert list_digest(changed) != list_digest(text)
        assert list_digest(text.removesuffix(lines[-1])) != list_digest(text)


def test_first_difference_is_the_first():
    assert first_difference(["a", "b"], ["a", "b"]) is None
    found = first_difference(["a", "b", "c"], ["a", "c", "b"])
    assert (found.place, found.ours, found.theirs) == (2, "b", "c")
    found = first_difference(["a"], ["a", "b"])
    assert (found.place, found.ours, found.theirs) == (2, "", "b")


def test_places_are_even_over_many_numbers():
    """Chi-square: every code comes first as often as every other, and stands last as often, too."""
    chance = random.Random(2026)
    codes = [f"DT-{place:04d}-0000" for place in range(20)]
    draws = 20_000
    for place in (0, -1):
        counts = dict.fromkeys(codes, 0)
        for _ in range(draws):
            digest, number = f"{chance.getrandbits(256):064x}", f"{chance.randrange(10**6):06d}"
            counts[draw_order(digest, number, codes)[place]] += 1
        expected = draws / len(codes)
        statistic = sum((count - expected) ** 2 / expected for count in counts.values())
        # 19 degrees of freedom: 43.82 is passed by chance once in a thousand.
        assert statistic < 43.82


def test_codes_are_read_back_from_the_published_text():
    for text, _number in generated_lists(20):
        assert codes_of(text) == [line.split(" ")[0] for line in text.splitlines()]
