"""The officer's screens through HTTP: who may enter, what is asked twice, and what never happens in silence."""

from datetime import timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from portal.core.models import AuditEntry
from portal.core.private_files import private_storage
from portal.households.enums import CertificateState, DecisionKind, ProposalState, Title
from portal.households.models import Certificate, Decision, Proposal, SensitiveChange
from tests.factories.households import CandidateFactory, ProposalFactory
from tests.integration.register.titles import accepted_list, decided

pytestmark = pytest.mark.django_db

HONOUR = (Title.DIGITAL_FAMILY, 2026)


@pytest.fixture
def typed() -> dict[str, str]:
    """What a clerk copies from the signed paper."""
    return {
        "number": "05 /QĐ-UBND",
        "signed_on": f"{timezone.localdate():%d/%m/%Y}",
        "signer_name": "Phạm Quý Đức",
        "signer_role": "CHỦ TỊCH",
        "legal_bases": "Căn cứ kế hoạch của xã.",
    }


@pytest.fixture
def submitted(village, officer) -> Proposal:
    proposal = ProposalFactory(
        village=village,
        state=ProposalState.SUBMITTED,
        submitted_at=timezone.now() - timedelta(days=1),
        submitted_by=officer.user,
        present_count=52,
    )
    CandidateFactory(proposal=proposal, household__head_name="Phạm Văn Đền", exception_reason="Nhà không có sóng")
    return proposal


def page(response) -> str:
    return unescape(response.content.decode())


def hidden_fields(response) -> dict:
    """What the confirmation page sends on, with its digest."""
    fields: dict = {"dau": response.context["digest"]}
    for name, value in response.context["posted"]:
        fields.setdefault(name, []).append(value)
    return fields


def scans_kept() -> int:
    return len(private_storage.listdir("quyet-dinh")[1]) if private_storage.exists("quyet-dinh") else 0


# --- who may enter


def addresses(decision: Decision, proposal: Proposal) -> list[str]:
    return [
        reverse("titles:index"),
        reverse("titles:proposal", args=[proposal.pk]),
        reverse("titles:minutes", args=[proposal.pk]),
        reverse("titles:recognise", args=HONOUR),
        reverse("titles:request_paper", args=HONOUR),
        reverse("titles:decision_paper", args=HONOUR),
        reverse("titles:decision", args=[decision.pk]),
        reverse("titles:amend", args=[decision.pk, "thu-hoi"]) + f"?dong={decision.entries.get().pk}",
    ]


def test_officer_enters_everywhere_and_nothing_is_stored_on_the_way(officer, submitted, village):
    accepted_list("Phạm A", village=village)
    for address in addresses(decided("Phạm Văn Hai"), submitted):
        response = officer.get(address)
        assert (address, response.status_code) == (address, 200)
        assert response["Cache-Control"] == "private, no-store"


def test_leader_reads_and_does_not_act(leader, submitted, village):
    accepted_list("Phạm A", village=village)
    decision = decided("Phạm Văn Hai")
    statuses = [leader.get(address).status_code for address in addresses(decision, submitted)]
    assert statuses == [200, 200, 404, 404, 404, 404, 200, 404]
    assert "<form" not in page(leader.get(reverse("titles:decision", args=[decision.pk]))).split("<main")[1]
    assert leader.post(reverse("titles:review", args=[submitted.pk]), {"nhan": "1"}).status_code == 404
    assert leader.post(reverse("titles:print_decision", args=[decision.pk])).status_code == 404


def test_team_reaches_the_minutes_of_its_own_village_only(team_member, colleague, editor, submitted, village):
    accepted_list("Phạm A", village=village)
    decision = decided("Phạm Văn Hai")
    own = [team_member.get(address).status_code for address in addresses(decision, submitted)]
    assert own == [404, 404, 200, 404, 404, 404, 404, 404]
    for foreign in (colleague, editor):
        assert {foreign.get(address).status_code for address in addresses(decision, submitted)} == {404}


def test_stranger_is_asked_to_sign_in(stranger, submitted, village):
    accepted_list("Phạm A", village=village)
    for address in addresses(decided("Phạm Văn Hai"), submitted):
        response = stranger.get(address)
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("wagtailadmin_login"))


def test_list_that_a_village_is_still_making_is_not_shown(officer, village):
    proposal = ProposalFactory(village=village)
    assert officer.get(reverse("titles:proposal", args=[proposal.pk])).status_code == 404


# --- reviewing


def test_officer_reads_the_list_with_its_reasons_and_accepts_it(officer, submitted):
    shown = page(officer.get(reverse("titles:proposal", args=[submitted.pk])))
    for said in ("Phạm Văn Đền", "Nhà không có sóng", "chưa đánh giá", "52"):
        assert said in shown
    response = officer.post(reverse("titles:review", args=[submitted.pk]), {"nhan": "1", "note": ""}, follow=True)
    submitted.refresh_from_db()
    assert (submitted.state, submitted.reviewed_by) == (ProposalState.ACCEPTED, officer.user)
    assert "Đã nhận danh sách" in page(response)


def test_returning_needs_a_remark_and_keeps_what_was_typed(officer, submitted):
    address = reverse("titles:review", args=[submitted.pk])
    refused = officer.post(address, {"tra-lai": "1", "note": " "})
    assert refused.status_code == 422
    assert "Trả lại thì xin ghi cần sửa gì." in page(refused)
    officer.post(address, {"tra-lai": "1", "note": "Thiếu chữ ký thư ký"})
    submitted.refresh_from_db()
    assert (submitted.state, submitted.review_note) == (ProposalState.RETURNED, "Thiếu chữ ký thư ký")
    again = officer.post(address, {"nhan": "1", "note": ""})
    assert "không làm việc này được" in page(again)


# --- entering a decision


def test_decision_is_shown_as_it_will_be_frozen_and_then_written(officer, village, typed):
    proposal = accepted_list("Phạm Văn Ớt", "Phạm Văn Ánh", village=village)
    address = reverse("titles:recognise", args=HONOUR)
    typed["proposals"] = [proposal.pk]
    shown = officer.post(address, typed)
    words = page(shown)
    assert "Xem lại trước khi ghi" in words
    assert words.index("Phạm Văn Ánh") < words.index("Phạm Văn Ớt")
    assert "05/QĐ-UBND" in words
    assert not Decision.objects.exists()
    fields = hidden_fields(shown)
    assert "Xem lại trước khi ghi" in page(officer.post(address, fields | {"sua-lai": "1"}))
    assert not Decision.objects.exists()
    written = officer.post(address, fields | {"ghi": "1"}, follow=True)
    decision = Decision.objects.get()
    assert (decision.number, decision.list_digest, decision.entered_by) == (
        "05/QĐ-UBND",
        fields["dau"],
        officer.user,
    )
    assert "Danh sách còn nguyên như lúc ghi." in page(written)
    assert Certificate.objects.count() == 2
    assert officer.post(address, fields | {"ghi": "1"}).status_code == 404  # a second tap finds no list left


def test_scan_of_the_signed_paper_is_kept_where_only_staff_reach_it(
    officer, leader, team_member, stranger, village, typed
):
    typed["proposals"] = [accepted_list("Phạm A", village=village).pk]
    address = reverse("titles:recognise", args=HONOUR)
    fields = hidden_fields(officer.post(address, typed)) | {"ghi": "1"}
    for wrong in (b"MZ chay", b""):
        refused = officer.post(address, fields | {"scan": SimpleUploadedFile("quyet-dinh.pdf", wrong)})
        assert (refused.status_code, Decision.objects.count()) == (422, 0)
        assert "ask__error" in page(refused)
    kept = scans_kept()
    stale = fields | {"dau": "khác", "scan": SimpleUploadedFile("a.pdf", b"%PDF-1.7 x")}
    assert officer.post(address, stale).status_code == 422
    assert scans_kept() == kept
    officer.post(address, fields | {"scan": SimpleUploadedFile("Quyết định.pdf", b"%PDF-1.7 thu")})
    scan = reverse("titles:scan", args=[Decision.objects.get().pk])
    for reader in (officer, leader):
        assert reader.get(scan).content == b"%PDF-1.7 thu"
    assert (team_member.get(scan).status_code, stranger.get(scan).status_code) == (404, 302)
    assert AuditEntry.objects.filter(action="decision.scan_view").count() == 2
    assert "Xem bản chụp" in page(officer.get(reverse("titles:decision", args=[Decision.objects.get().pk])))


def test_bad_paper_is_explained_beside_each_box_and_nothing_typed_is_lost(officer, village, typed):
    accepted_list("Phạm A", village=village)
    typed |= {"number": "năm", "signed_on": "31/02/2026", "signer_name": ""}
    refused = officer.post(reverse("titles:recognise", args=HONOUR), typed)
    assert refused.status_code == 422
    words = page(refused)
    for said in (
        "Số có dạng 05/QĐ-UBND",
        "Không có ngày này trên lịch",
        "Xin điền họ và tên người ký.",
        "Xin chọn ít nhất một danh sách.",
        'value="31/02/2026"',
    ):
        assert said in words


def test_list_of_another_honour_or_not_accepted_cannot_be_slipped_in(officer, village, typed, submitted):
    accepted_list("Phạm A", village=village)
    typed["proposals"] = [submitted.pk]
    assert officer.post(reverse("titles:recognise", args=HONOUR), typed | {"ghi": "1"}).status_code == 422
    assert officer.get(reverse("titles:recognise", args=[Title.MODEL, 2026])).status_code == 404
    assert officer.get(reverse("titles:recognise", args=["khong-co", 2026])).status_code == 404
    assert not Decision.objects.exists()


def test_next_decision_starts_from_the_signer_and_bases_of_the_last(officer, village):
    decided("Phạm A", legal_bases="Căn cứ văn bản riêng của xã.", signer_name="Trần Văn Ký")
    accepted_list("Phạm B", village=village)
    shown = page(officer.get(reverse("titles:recognise", args=HONOUR)))
    assert "Căn cứ văn bản riêng của xã." in shown
    assert "Trần Văn Ký" in shown


# --- further decisions


def test_correction_by_a_new_number_replaces_the_paper(officer, typed):
    decision = decided("Phạm Văn Đen", number="04/QĐ-UBND", by=officer.user)
    entry = decision.entries.get()
    address = reverse("titles:amend", args=[decision.pk, "dinh-chinh"]) + f"?dong={entry.pk}"
    line = {
        f"name_{entry.pk}": "Phạm Văn Đền",
        f"village_{entry.pk}": entry.village_on_paper,
        f"reason_{entry.pk}": "Sai dấu",
    }
    shown = officer.post(address, typed | line)
    assert "Phạm Văn Đền" in page(shown)
    officer.post(address, hidden_fields(shown) | {"ghi": "1"})
    later = Decision.objects.get(kind=DecisionKind.CORRECT)
    assert (later.amends, later.entries.get().name_on_paper) == (decision, "Phạm Văn Đền")
    assert decision.entries.get().name_on_paper == "Phạm Văn Đen"
    assert [paper.state for paper in Certificate.objects.order_by("pk")] == [
        CertificateState.REPLACED,
        CertificateState.VALID,
    ]


def test_amending_needs_chosen_lines_of_this_decision(officer):
    decision = decided("Phạm Văn Đền")
    other = decided("Phạm Văn Hai", number="06/QĐ-UBND").entries.get()
    for query in ("", "?dong=abc", f"?dong={other.pk}"):
        response = officer.get(reverse("titles:amend", args=[decision.pk, "thu-hoi"]) + query, follow=True)
        assert "Xin chọn hộ trong danh sách trước." in page(response)
    assert officer.get(reverse("titles:amend", args=[decision.pk, "xoa"])).status_code == 404


def test_revocation_waits_for_another_officer(officer, second_officer, typed):
    decision = decided("Phạm Văn Đền", number="04/QĐ-UBND", by=officer.user)
    entry = decision.entries.get()
    address = reverse("titles:amend", args=[decision.pk, "thu-hoi"]) + f"?dong={entry.pk}"
    assert officer.post(address, typed).status_code == 422
    shown = officer.post(address, typed | {f"reason_{entry.pk}": "Ghi nhầm hộ"})
    officer.post(address, hidden_fields(shown) | {"ghi": "1"})
    change = SensitiveChange.objects.get()
    assert entry.certificates.get().state == CertificateState.VALID
    waiting = reverse("titles:revocation", args=[change.pk])
    assert "không tự duyệt được" in page(officer.get(waiting))
    assert officer.post(waiting, {"duyet": "1"}).status_code == 422
    assert entry.certificates.get().state == CertificateState.VALID
    assert "Ghi nhầm hộ" in page(second_officer.get(waiting))
    second_officer.post(waiting, {"duyet": "1"})
    assert entry.certificates.get().state == CertificateState.REVOKED
    assert Decision.objects.get(kind=DecisionKind.REVOKE).entered_by == officer.user
    assert second_officer.post(waiting, {"khong": "1"}).status_code == 422


def test_revocation_is_closed_to_everybody_but_officers(team_member, leader, stranger, officer, typed):
    decision = decided("Phạm Văn Đền", number="04/QĐ-UBND", by=officer.user)
    entry = decision.entries.get()
    address = reverse("titles:amend", args=[decision.pk, "thu-hoi"]) + f"?dong={entry.pk}"
    officer.post(address, typed | {f"reason_{entry.pk}": "Ghi nhầm hộ", "ghi": "1"})
    waiting = reverse("titles:revocation", args=[SensitiveChange.objects.get().pk])
    assert {browser.post(waiting, {"duyet": "1"}).status_code for browser in (team_member, leader)} == {404}
    assert stranger.post(waiting, {"duyet": "1"}).status_code == 302
    assert entry.certificates.get().state == CertificateState.VALID


# --- printing


def test_printing_is_counted_and_leaves_revoked_papers_out_of_a_batch(officer, second_officer):
    decision = decided("Phạm Văn Đền", "Phạm Văn Hai")
    batch = officer.post(reverse("titles:print_decision", args=[decision.pk]))
    assert (batch.status_code, batch["Content-Type"]) == (200, "application/pdf")
    certificate = Certificate.objects.first()
    officer.post(reverse("titles:print_certificate", args=[certificate.pk]))
    certificate.refresh_from_db()
    assert certificate.print_count == 2
    logged = AuditEntry.objects.filter(action="certificate.print").order_by("number")
    assert [line.data for line in logged] == [{"count": 2}, {"count": 1}]
    assert officer.get(reverse("titles:print_certificate", args=[certificate.pk])).status_code == 405


def test_draft_is_a_word_file_and_logged(officer, village):
    accepted_list("Phạm A", village=village)
    response = officer.get(reverse("titles:decision_paper", args=HONOUR))
    assert response.content.startswith(b"PK")
    assert response["Content-Disposition"] == 'attachment; filename="quyet-dinh-gia-dinh-so-2026.docx"'
    assert AuditEntry.objects.filter(action="draft.make", by=officer.user).count() == 1


def test_tampered_list_is_named_on_the_page(officer):
    decision = decided("Phạm Văn Đền")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE households_decisionentry SET name_on_paper = 'Phạm Văn Khác'")
    assert "không còn khớp" in page(officer.get(reverse("titles:decision", args=[decision.pk])))


def test_long_decision_costs_no_more_queries(officer, django_assert_max_num_queries):
    decision = decided(*[f"Phạm Văn {number}" for number in range(15)])
    with django_assert_max_num_queries(25):
        officer.get(reverse("titles:decision", args=[decision.pk]))
