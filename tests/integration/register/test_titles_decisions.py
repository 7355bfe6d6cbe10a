"""Decisions: frozen lists, further decisions, two people for a revocation, and what families may see of it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from portal.core.appendonly import FactChanged
from portal.core.models import AuditEntry
from portal.households.enums import CertificateState, DecisionKind, NameForm, ProposalState, Title
from portal.households.models import Certificate, Decision, DecisionEntry
from portal.households.selectors.certificates import check_certificate
from portal.households.selectors.honours import entries_in_force, honour_roll, honour_years
from portal.households.services.approvals import ApprovalRefused, decide_change
from portal.households.services.decisions import (
    DecisionRefused,
    Line,
    correct_decision,
    digest_of,
    digest_still_fits,
    recognise_households,
    recognition_lines,
    revoke_recognitions,
)
from portal.households.services.merging import merge_households, undo_merge
from portal.households.services.revocations import ask_to_revoke
from tests.factories.households import CandidateFactory, ConsentFactory, ProposalFactory, VillageFactory
from tests.integration.register.titles import a_paper, accepted_list, an_officer, decided

pytestmark = pytest.mark.django_db


def a_line(entry: DecisionEntry, reason: str = "Ghi nhầm", **changes: str) -> Line:
    said = {"name_on_paper": entry.name_on_paper, "village_on_paper": entry.village_on_paper, **changes}
    return Line(entry.household, reason=reason, **said)


def names_shown(year: int = 2026, title: Title | None = None) -> list[str]:
    return [honour.name for honour in honour_roll(year=year, title=title)]


def test_list_is_frozen_by_village_and_given_name():
    second, first = VillageFactory(number=2), VillageFactory(number=1)
    lists = [accepted_list("Phạm Văn Ớt", village=second), accepted_list("Phạm Vỹ", "Phạm Văn Ánh", village=first)]
    officer = an_officer()
    decision = recognise_households(paper=a_paper(), proposals=lists, by=officer)
    assert list(decision.entries.values_list("position", "name_on_paper")) == [
        (1, "Phạm Văn Ánh"),
        (2, "Phạm Vỹ"),
        (3, "Phạm Văn Ớt"),
    ]
    assert digest_still_fits(decision)
    assert {item.state for item in decision.proposals.all()} == {ProposalState.DECIDED}
    assert Certificate.objects.filter(state=CertificateState.VALID).count() == 3


def test_a_changed_line_no_longer_fits_the_digest():
    decision = decided("Phạm Văn Đền")
    entry = decision.entries.get()
    with pytest.raises(FactChanged):
        DecisionEntry.objects.filter(pk=entry.pk).update(name_on_paper="Phạm Văn Khác")
    with pytest.raises(FactChanged):
        entry.save()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE households_decisionentry SET name_on_paper = 'Phạm Văn Khác'")
    assert not digest_still_fits(decision)


def test_only_accepted_lists_of_the_same_honour_are_decided():
    with pytest.raises(DecisionRefused, match="đã nhận"):
        recognition_lines(paper=a_paper(), proposals=[ProposalFactory()])
    with pytest.raises(DecisionRefused, match="cùng danh hiệu"):
        recognition_lines(paper=a_paper(), proposals=[accepted_list("Phạm A", title=Title.MODEL)])
    with pytest.raises(DecisionRefused, match="chưa có hộ nào"):
        recognise_households(paper=a_paper(), proposals=[accepted_list()], by=an_officer())
    assert not Decision.objects.exists()


def test_a_number_is_entered_once_in_its_year_of_signing():
    decided("Phạm Văn Đền")
    with pytest.raises(DecisionRefused, match="05/QĐ-UBND năm 2026 đã nhập"):
        decided("Phạm Văn Hai")
    with pytest.raises(DecisionRefused, match="đã nhập"):
        decided("Phạm Văn Ba", year=2025)
    assert Decision.objects.count() == 1


def test_list_that_changed_since_it_was_shown_is_not_frozen():
    proposal = accepted_list("Phạm Văn Đền")
    shown = digest_of(recognition_lines(paper=a_paper(), proposals=[proposal]))
    household = proposal.candidates.get().household
    household.head_name = "Phạm Thị Thạch"
    household.save()
    with pytest.raises(DecisionRefused, match="vừa đổi"):
        recognise_households(paper=a_paper(), proposals=[proposal], by=an_officer(), expected_digest=shown)


def test_two_candidates_that_were_merged_are_one_line():
    proposal = accepted_list("Phạm Văn Đền", "Phạm Văn Đèn")
    kept, gone = [candidate.household for candidate in proposal.candidates.order_by("pk")]
    merge_households(survivor=kept, absorbed=gone, by=an_officer())
    decision = decided(proposal=proposal)
    assert [entry.household for entry in decision.entries.all()] == [kept]
    assert Certificate.objects.count() == 1


def test_nobody_is_recognised_twice_for_one_honour_and_year():
    first = decided("Phạm Văn Đền")
    again = ProposalFactory(village=first.proposals.get().village, state=ProposalState.ACCEPTED)
    CandidateFactory(proposal=again, household=first.entries.get().household)
    with pytest.raises(DecisionRefused, match=first.entries.get().household.code):
        decided(number="06/QĐ-UBND", proposal=again)


def test_correction_replaces_the_paper_and_the_name_on_the_roll():
    officer = an_officer()
    decision = decided("Phạm Văn Đen", by=officer)
    entry = decision.entries.get()
    ConsentFactory(household=entry.household)
    correct_decision(
        paper=a_paper("06/QĐ-UBND"), amends=decision, lines=[a_line(entry, name_on_paper="Phạm Văn Đền")], by=officer
    )
    old, new = Certificate.objects.order_by("pk")
    assert (old.state, old.replaced_by, new.state) == (CertificateState.REPLACED, new, CertificateState.VALID)
    assert check_certificate(old.code).state == CertificateState.REPLACED
    assert check_certificate(new.code.lower().replace("-", " ")).decision_number == "06/QĐ-UBND"
    assert names_shown() == ["Phạm Văn Đền"]
    assert digest_still_fits(decision)


def test_revocation_ends_the_paper_and_the_honour_and_cannot_be_corrected_back():
    officer = an_officer()
    decision = decided("Phạm Văn Đền", "Phạm Văn Hai", by=officer)
    entry = decision.entries.get(name_on_paper="Phạm Văn Đền")
    for line in decision.entries.all():
        ConsentFactory(household=line.household)
    revoke_recognitions(paper=a_paper("07/QĐ-UBND"), amends=decision, lines=[a_line(entry)], by=officer)
    assert check_certificate(entry.certificates.get().code).state == CertificateState.REVOKED
    assert names_shown() == ["Phạm Văn Hai"]
    for act, number in ((correct_decision, "08/QĐ-UBND"), (revoke_recognitions, "09/QĐ-UBND")):
        with pytest.raises(DecisionRefused, match=entry.household.code):
            act(paper=a_paper(number), amends=decision, lines=[a_line(entry)], by=officer)


def test_further_decisions_need_a_reason_and_the_same_honour():
    officer = an_officer()
    decision = decided("Phạm Văn Đền", by=officer)
    entry = decision.entries.get()
    with pytest.raises(DecisionRefused, match="lý do"):
        correct_decision(paper=a_paper("06/QĐ-UBND"), amends=decision, lines=[a_line(entry, reason=" ")], by=officer)
    with pytest.raises(DecisionRefused, match="cùng danh hiệu"):
        correct_decision(
            paper=a_paper("06/QĐ-UBND", title=Title.MODEL), amends=decision, lines=[a_line(entry)], by=officer
        )
    stranger = decided("Phạm Người Khác", number="10/QĐ-UBND").entries.get()
    with pytest.raises(DecisionRefused, match=stranger.household.code):
        revoke_recognitions(paper=a_paper("06/QĐ-UBND"), amends=decision, lines=[a_line(stranger)], by=officer)


def test_revoking_waits_for_a_second_person():
    clerk, second = an_officer(), an_officer()
    decision = decided("Phạm Văn Đền", by=clerk)
    entry = decision.entries.get()
    change = ask_to_revoke(paper=a_paper("07/QĐ-UBND"), amends=decision, lines=[a_line(entry)], by=clerk)
    assert entry.certificates.get().state == CertificateState.VALID
    with pytest.raises(ApprovalRefused, match="không tự duyệt"):
        decide_change(change=change, is_approved=True, by=clerk)
    with pytest.raises(DecisionRefused, match="đang có một đề nghị"):
        ask_to_revoke(paper=a_paper("08/QĐ-UBND"), amends=decision, lines=[a_line(entry)], by=clerk)
    decide_change(change=change, is_approved=True, by=second)
    revocation = Decision.objects.get(kind=DecisionKind.REVOKE)
    assert (revocation.kind, revocation.number, revocation.entered_by) == (DecisionKind.REVOKE, "07/QĐ-UBND", clerk)
    assert entry.certificates.get().state == CertificateState.REVOKED
    with pytest.raises(ApprovalRefused, match="đã có người duyệt"):
        decide_change(change=change, is_approved=False, by=second)
    logged = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"decision.ask_revoke", "approval.approve", "decision.enter", "certificate.revoke"} <= logged


def test_a_refused_revocation_changes_nothing_and_can_be_asked_again():
    clerk, second = an_officer(), an_officer()
    decision = decided("Phạm Văn Đền", by=clerk)
    entry = decision.entries.get()
    change = ask_to_revoke(paper=a_paper("07/QĐ-UBND"), amends=decision, lines=[a_line(entry)], by=clerk)
    decide_change(change=change, is_approved=False, by=second)
    assert entry.certificates.get().state == CertificateState.VALID
    ask_to_revoke(paper=a_paper("07/QĐ-UBND"), amends=decision, lines=[a_line(entry)], by=clerk)


def test_three_honours_stand_side_by_side_each_in_its_year():
    household = decided("Phạm Văn Đền").entries.get().household
    ConsentFactory(household=household)
    for number, title, year in (("06/QĐ-UBND", Title.OUTSTANDING, 2026), ("03/QĐ-UBND", Title.DIGITAL_FAMILY, 2027)):
        proposal = accepted_list(village=household.village, title=title, year=year)
        CandidateFactory(proposal=proposal, household=household)
        decided(number=number, proposal=proposal, title=title, year=year, signed_on=date(year, 12, 20))
    assert honour_years() == [2027, 2026]
    assert {honour.title for honour in honour_roll(year=2026)} == {Title.DIGITAL_FAMILY, Title.OUTSTANDING}
    assert [honour.year for honour in honour_roll(year=2027)] == [2027]
    assert names_shown(title=Title.MODEL) == []
    assert list(Certificate.objects.order_by("year", "serial").values_list("year", "serial")) == [
        (2026, 1),
        (2026, 2),
        (2027, 1),
    ]


def test_roll_shows_live_consents_only_in_the_chosen_form_by_given_name():
    decision = decided("Phạm Văn Ớt", "Phạm Văn Ánh", "Phạm Thị Đào", "Phạm Quang", "Phạm Thị Bé")
    entries = {entry.name_on_paper: entry.household for entry in decision.entries.all()}
    ConsentFactory(household=entries["Phạm Văn Ớt"])
    ConsentFactory(household=entries["Phạm Văn Ánh"], name_form=NameForm.SHORT)
    ConsentFactory(household=entries["Phạm Thị Đào"], name_form=NameForm.VILLAGE)
    ConsentFactory(household=entries["Phạm Quang"])
    ConsentFactory(
        household=entries["Phạm Quang"],
        is_granted=False,
        name_form="",
        said_at=timezone.now() + timedelta(minutes=1),
    )
    assert names_shown() == ["Phạm V. Á.", "Phạm Văn Ớt", "Một gia đình"]


def test_merged_families_are_one_on_the_roll_and_two_again_after_undoing():
    officer = an_officer()
    decision = decided("Phạm Văn Đền", "Phạm Văn Đèn", by=officer)
    first, second = [entry.household for entry in decision.entries.order_by("pk")]
    ConsentFactory(household=first)
    ConsentFactory(household=second)
    merge = merge_households(survivor=first, absorbed=second, by=officer)
    assert len(names_shown()) == len(entries_in_force(year=2026)) == 1
    undo_merge(merge=merge, by=officer)
    assert len(names_shown()) == 2


def test_correcting_a_merged_family_leaves_one_valid_paper():
    officer = an_officer()
    decision = decided("Phạm Văn Đền", "Phạm Văn Đèn", by=officer)
    kept, gone = decision.entries.order_by("pk")
    merge_households(survivor=kept.household, absorbed=gone.household, by=officer)
    correct_decision(
        paper=a_paper("06/QĐ-UBND"), amends=decision, lines=[a_line(Decision.objects.get().entries.get(pk=kept.pk))],
        by=officer,
    )  # fmt: skip
    assert Certificate.objects.filter(state=CertificateState.VALID).count() == 1
