"""One number over what the register says, whatever order it was told in: for proofs, not for pages."""

import json
from collections.abc import Iterator
from datetime import UTC
from hashlib import sha256
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Q

from portal.households.models import CapableStatement, Certificate, Consent, Household, Visit


def register_digest(alias: str = DEFAULT_DB_ALIAS) -> str:
    """SHA-256 over households, visits, findings, standings, consents and certificates.

    Names rows by their codes and client ids, never by keys of the database, and leaves out when and in what order
    they were written: two registers that say the same have the same digest. A batch that was taken back says nothing.
    `alias` names the database to read.
    """
    return sha256(json.dumps(sorted(_lines(alias)), ensure_ascii=False).encode()).hexdigest()


def _lines(alias: str) -> Iterator[list[Any]]:
    for household in (
        Household.objects.using(alias)
        .filter(Q(batch=None) | Q(batch__undone_at=None))
        .select_related("root", "survivor")
    ):
        yield [
            "household",
            household.code,
            household.survivor.code if household.survivor else "",
            household.root.code if household.root else "",
            household.head_name,
            household.nickname,
            household.neighbour_hint,
            str(household.head_birth_year),
            str(household.member_count),
            household.phone,
            household.village_id,
            str(household.listed_from),
            str(household.listed_to or ""),
            str(household.met_count),
            str(household.is_passing),
            str(household.last_visited_on),
        ]
    for visit in Visit.objects.using(alias).select_related("household").prefetch_related("findings"):
        findings = sorted([finding.key, finding.result, finding.basis] for finding in visit.findings.all())
        moment = visit.visited_at.astimezone(UTC).isoformat()
        corrects = str(visit.corrects or "")
        yield ["visit", str(visit.client_id), visit.household.code, moment, corrects, visit.note, str(findings)]
    for statement in CapableStatement.objects.using(alias).select_related("household"):
        told = [statement.who, statement.basis]
        yield ["capable", statement.household.code, str(statement.said_on), *told]
    for consent in Consent.objects.using(alias).select_related("household"):
        moment = consent.said_at.astimezone(UTC).isoformat()
        said = [consent.purpose, str(consent.is_granted), consent.name_form, consent.subject, consent.means]
        yield ["consent", consent.household.code, moment, *said]
    for paper in Certificate.objects.using(alias).select_related("household"):
        yield ["certificate", paper.household.code, paper.title, str(paper.year), paper.state, paper.name_on_paper]
