"""What a title asks for in a year, and what a family still lacks of it."""

from django.db.models import Q

from portal.households.enums import Title
from portal.households.models import Household, TitleRule
from portal.households.selectors.honours import entries_in_force


def title_rule(title: Title, year: int) -> TitleRule:
    """The rule of that year, else the one for all years, else the usual one: the criteria are met."""
    rules = {rule.year: rule for rule in TitleRule.objects.filter(Q(year=year) | Q(year=None), title=title)}
    return rules.get(year) or rules.get(None) or TitleRule(title=title)


def title_rules(year: int) -> list[TitleRule]:
    """The rule of every title in that year, in the titles' own order."""
    return [title_rule(title, year) for title in Title]


def unmet_conditions(root: Household, rule: TitleRule, year: int) -> list[str]:
    """What keeps a family from this title, in words; what only people can judge is not judged here."""
    unmet = []
    if rule.needs_pass and root.is_passing is not True:
        unmet.append("chưa đủ điều kiện theo các lượt thăm" if root.last_visited_on else "chưa được thăm lần nào")
    if rule.years_held and years_in_a_row(root, year) < rule.years_held:
        unmet.append(f"chưa được công nhận “Gia đình số” {rule.years_held} năm liền")
    return unmet


def years_in_a_row(root: Household, year: int) -> int:
    """Years of “Gia đình số” in force without a gap, up to this year or the one before."""
    held = {
        entry.decision.year
        for entry in entries_in_force(title=Title.DIGITAL_FAMILY, root=root)
        if entry.decision.year <= year
    }
    last = year if year in held else year - 1
    count = 0
    while last - count in held:
        count += 1
    return count
