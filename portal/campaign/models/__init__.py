"""Activities and minigames of the movement."""

from portal.campaign.models.activities import ActivityIndexPage, ActivityPage
from portal.campaign.models.draws import (
    Award,
    Draw,
    Erasure,
    Exclusion,
    Handover,
    KnownScam,
    OfficialMessage,
    SealedEntry,
    SealedList,
)
from portal.campaign.models.entries import Entry, EntryMatch, EntryPhoto, EntrySheet
from portal.campaign.models.games import GameIndexPage, GamePage
from portal.campaign.models.judging import Judge, JudgeScore, Moderation
from portal.campaign.models.questions import Option, Question, RoundQuestion
from portal.campaign.models.rounds import Prize, Round, RulesChange
from portal.campaign.models.signups import Signup
from portal.campaign.models.sponsors import Spending, Sponsorship
from portal.campaign.models.story_drafts import StoryDraft

__all__ = [
    "ActivityIndexPage",
    "ActivityPage",
    "Award",
    "Draw",
    "Entry",
    "EntryMatch",
    "EntryPhoto",
    "EntrySheet",
    "Erasure",
    "Exclusion",
    "GameIndexPage",
    "GamePage",
    "Handover",
    "Judge",
    "JudgeScore",
    "KnownScam",
    "Moderation",
    "OfficialMessage",
    "Option",
    "Prize",
    "Question",
    "Round",
    "RoundQuestion",
    "RulesChange",
    "SealedEntry",
    "SealedList",
    "Signup",
    "Spending",
    "Sponsorship",
    "StoryDraft",
]
