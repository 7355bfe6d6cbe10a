"""Sentences about a round that stand in several places."""

from portal.campaign.enums import Ranking
from portal.campaign.kinds import kind_of
from portal.campaign.models import Round


def ranking_words(round_: Round) -> str:
    """How winners are found: “Đúng nhiều câu hơn, rồi đoán gần hơn, rồi gửi sớm hơn; còn bằng nhau thì bốc thăm”."""
    if round_.ranking != Ranking.SCORE:
        return str(Ranking(round_.ranking).label)
    steps = [kind_of(round_).score_words]
    if round_.prediction_of:
        steps.append("đoán gần hơn")
    if round_.by_time:
        steps.append("gửi sớm hơn")
    return f"{', rồi '.join(steps)}; còn bằng nhau thì bốc thăm"
