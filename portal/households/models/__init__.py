"""The register's models, one file per subject."""

from portal.households.models.activity import ActivityPhoto, ActivityReport
from portal.households.models.approval import SensitiveChange
from portal.households.models.capable import CapableStatement
from portal.households.models.consent import Consent, DataRequest
from portal.households.models.criteria import CriteriaSet, Criterion
from portal.households.models.decision import Certificate, Decision, DecisionEntry
from portal.households.models.duplicate import DistinctPair, ImportBatch, Merge
from portal.households.models.household import Counter, Household, HouseholdEvent, Residence, TeamMembership
from portal.households.models.measure import Measure, MeasureSet
from portal.households.models.period import (
    ClosedRow,
    PeriodClose,
    PeriodRevision,
    ReportReview,
    ReportVersion,
    VillageReport,
)
from portal.households.models.progress import ProgressCount, ProgressCourse, ProgressCutoff
from portal.households.models.proposal import Candidate, MinutesScan, Objection, Proposal
from portal.households.models.recheck import DoubtAnswer, RecheckCase, RecheckDraw
from portal.households.models.registration import HelpRequest, Registration
from portal.households.models.rules import Holiday, RegisterRules, TitleRule
from portal.households.models.village import Village
from portal.households.models.visit import Evidence, Finding, Visit

__all__ = [
    "ActivityPhoto",
    "ActivityReport",
    "Candidate",
    "CapableStatement",
    "Certificate",
    "ClosedRow",
    "Consent",
    "Counter",
    "CriteriaSet",
    "Criterion",
    "DataRequest",
    "Decision",
    "DecisionEntry",
    "DistinctPair",
    "DoubtAnswer",
    "Evidence",
    "Finding",
    "HelpRequest",
    "Holiday",
    "Household",
    "HouseholdEvent",
    "ImportBatch",
    "Measure",
    "MeasureSet",
    "Merge",
    "MinutesScan",
    "Objection",
    "PeriodClose",
    "PeriodRevision",
    "ProgressCount",
    "ProgressCourse",
    "ProgressCutoff",
    "Proposal",
    "RecheckCase",
    "RecheckDraw",
    "RegisterRules",
    "Registration",
    "ReportReview",
    "ReportVersion",
    "Residence",
    "SensitiveChange",
    "TeamMembership",
    "TitleRule",
    "Village",
    "VillageReport",
    "Visit",
]
