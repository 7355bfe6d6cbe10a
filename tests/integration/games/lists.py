"""Sealed lists as they are published, made up from a seed: the same in every test that compares two ways to draw."""

import random

from portal.campaign.sealing import list_text
from portal.core.codes import DRAWN_ALPHABET

LONGEST = 40


def generated_lists(count: int, seed: int = 4) -> list[tuple[str, str]]:
    """[(text, number), …]; the first list is empty, the second has one line."""
    chance = random.Random(seed)
    return [_generated(chance, place if place < 2 else chance.randint(2, LONGEST)) for place in range(count)]


def _generated(chance: random.Random, length: int) -> tuple[str, str]:
    def drawn(size: int) -> str:
        return "".join(chance.choice(DRAWN_ALPHABET) for _ in range(size))

    codes = {f"DT-{drawn(4)}-{drawn(4)}" for _ in range(length)}
    text = list_text((code, f"{chance.getrandbits(256):064x}") for code in codes)
    lottery, dice = f"{chance.randrange(10**6):06d}", "".join(str(chance.randint(1, 6)) for _ in range(8))
    return text, chance.choice([lottery, dice, f"{chance.getrandbits(256):064x}"])
