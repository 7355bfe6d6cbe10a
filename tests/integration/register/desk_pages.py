"""Every staff page of the register with something on it, as the role sees it whose page it is."""

from datetime import timedelta
from io import BytesIO
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.households.enums import Channel, ProposalState, Result, Title
from portal.households.forms.office_changes import CHANGES
from portal.households.models import CriteriaSet, Household, Merge, Proposal, TeamMembership
from portal.households.permissions import LEADER_GROUP, OFFICER_GROUP, TEAM_GROUP
from portal.households.services.approvals import ask_to_merge, decide_change
from portal.households.services.criteria import draft_criteria_set
from portal.households.services.decisions import Line
from portal.households.services.revocations import ask_to_revoke
from tests.desks import desk_of
from tests.factories.households import (
    CandidateFactory,
    CertificateFactory,
    ConsentFactory,
    DataRequestFactory,
    FindingFactory,
    HelpRequestFactory,
    HouseholdFactory,
    ImportBatchFactory,
    ObjectionFactory,
    ProposalFactory,
    RegistrationFactory,
    VillageFactory,
    VisitFactory,
)
from tests.integration.register.pages import Album
from tests.integration.register.test_exchange import family, workbook
from tests.integration.register.titles import a_paper, accepted_list, decided

YEAR = 2026
ROLES = ("team", "officer", "second officer", "leader")
KEYS = ("1", "2", "3", "4a", "4b", "4c", "5")


class Office:
    """A commune at work: two villages, a full file, lists and decisions in every state."""

    def __init__(self) -> None:
        self.village, self.other_village = (VillageFactory(number=n, name=f"Thôn {n} (mẫu)") for n in (1, 2))
        self.team = desk_of(TEAM_GROUP, full_name="Phạm Thị Phúc", village=self.village)
        self.officer = desk_of(OFFICER_GROUP, full_name="Nguyễn Thị Sổ")
        self.second = desk_of(OFFICER_GROUP, full_name="Trần Văn Duyệt")
        self.leader = desk_of(LEADER_GROUP, full_name="Phạm Quý Lãnh")
        self.pages = Album()
        self.household, self.twin = (self._household(name) for name in ("Đinh Thị Vông", "Đinh Văn Vông"))
        self._file()
        self._queues()
        self.draft = self._draft_list()
        self.submitted, self.returned = self._sent_lists()
        self.decision = decided("Phạm Văn Đền", "Đinh Thị Én", number="05/QĐ-UBND", by=self.officer.user)
        self.accepted = accepted_list("Phạm Thị Bông", village=self.village)
        self.revocation = self._revocation()

    def get(self, role: str, view: str, *args: Any, query: str = "", note: str = "") -> None:
        """Open a page and keep it."""
        self.pages.keep(role, self._desk(role).get(reverse(view, args=args) + query), note)

    def post(self, role: str, view: str, *args: Any, data: Any = None, query: str = "", note: str) -> None:
        """Send a form whose answer is a page of its own, and keep that."""
        sent = {"csrfmiddlewaretoken": "x"} | (data or {})
        self.pages.keep(role, self._desk(role).post(reverse(view, args=args) + query, sent), note)

    def _desk(self, role: str) -> Client:
        return dict(zip(ROLES, (self.team, self.officer, self.second, self.leader), strict=True))[role]

    def _household(self, name: str) -> Household:
        return HouseholdFactory(
            village=self.village,
            head_name=name,
            nickname="Mẹ Ron",
            neighbour_hint="nhà văn hóa",
            head_birth_year=1968,
            member_count=5,
            phone="+84356123456",
            phone_owner="hang-xom",
            has_no_signal=True,
        )

    def _file(self) -> None:
        """Two visits, a registration, a consent, a paper, an old code."""
        family_of = {"household": self.household}
        self.visit = VisitFactory(**family_of, visited_by=self.team.user, visited_at=timezone.now() - timedelta(days=9))
        for key in KEYS:
            FindingFactory(visit=self.visit, key=key, result=Result.UNMET if key == "3" else Result.MET)
        VisitFactory(**family_of, corrects=self.visit.client_id, note="Nhà mới có máy", met=KEYS)
        self.registration = RegistrationFactory(**family_of, channel=Channel.TEAM, helper_name="Phạm Thị Phúc")
        ConsentFactory(**family_of)
        CertificateFactory(entry__household=self.household, serial=900)
        absorbed = HouseholdFactory(village=self.village, head_name="Đinh Thị Vong")
        Merge.objects.create(survivor=self.household, absorbed=absorbed, merged_by=self.second.user)

    def _queues(self) -> None:
        """Help asked for and taken, questions about data, a batch, a merge that waits and one that was refused."""
        phone = {"phone": "+84356123456", "village": self.village}
        self.help = HelpRequestFactory(**phone, household=self.household)
        HelpRequestFactory(**phone, due_on=timezone.localdate() - timedelta(days=3), topic="Trả tiền bằng mã vuông")
        self.data_request = DataRequestFactory(household=self.household, details="Tên ghi thiếu dấu")
        done = {"answered_at": timezone.now(), "answered_by": self.officer.user, "outcome": "Đã gửi bản sao"}
        DataRequestFactory(household=self.household, **done)
        self.batch = ImportBatchFactory(imported_by=self.officer.user, row_count=1)
        HouseholdFactory(village=self.other_village, batch=self.batch, head_name="Phạm Văn Lô")
        pair = {"survivor": self.household, "absorbed": self.twin, "by": self.officer.user}
        refused = ask_to_merge(**pair, reason="Cùng tên, cùng số điện thoại")
        decide_change(change=refused, is_approved=False, by=self.second.user)
        ask_to_merge(**pair, reason="Đã hỏi trưởng thôn, đúng một nhà")
        in_force = CriteriaSet.objects.get()
        day = timezone.localdate() + timedelta(days=30)
        self.criteria = draft_criteria_set(
            source=in_force, name="Bản nháp", legal_basis="Kế hoạch", valid_from=day, by=self.officer.user
        )

    def _draft_list(self) -> Proposal:
        proposal = ProposalFactory(village=self.village, title=Title.MODEL, year=YEAR)
        CandidateFactory(proposal=proposal, household=self.household, exception_reason="Già làng đề xuất")
        answer = {"answer": "Đã họp lại, thôn thống nhất", "answered_at": timezone.now()}
        ObjectionFactory(proposal=proposal, **answer, answered_by=self.team.user)
        self.objection = ObjectionFactory(proposal=proposal)
        return proposal

    def _sent_lists(self) -> list[Proposal]:
        day = timezone.localdate() - timedelta(days=12)
        minutes = {"met_on": day, "met_at": "Nhà văn hóa thôn", "invited_count": 60, "present_count": 52}
        minutes |= {"for_count": 50, "against_count": 2, "chair_name": "Phạm Văn Chủ", "secretary_name": "Phạm Thị Thư"}
        minutes |= {"posted_from": day, "posted_to": day + timedelta(days=10), "submitted_by": self.team.user}
        lists = []
        for title, state in ((Title.OUTSTANDING, ProposalState.SUBMITTED), (Title.MODEL, ProposalState.RETURNED)):
            proposal = ProposalFactory(
                village=self.village, title=title, state=state, submitted_at=timezone.now(), **minutes
            )
            CandidateFactory(proposal=proposal, household=self.household)
            CandidateFactory(proposal=proposal, household=self.twin, exception_reason="Nhà không có sóng")
            ObjectionFactory(proposal=proposal)
            lists.append(proposal)
        Proposal.objects.filter(pk=lists[1].pk).update(
            review_note="Thiếu chữ ký thư ký", reviewed_at=timezone.now(), reviewed_by=self.officer.user
        )
        return lists

    def _revocation(self) -> Any:
        entry = self.decision.entries.first()
        line = Line(entry.household, entry.name_on_paper, entry.village_on_paper, "Chuyển đi nơi khác")
        paper = a_paper("09/QĐ-UBND")
        return ask_to_revoke(paper=paper, amends=self.decision, lines=[line], by=self.officer.user)


def desk_pages() -> Album:
    """Every page once, and again with its errors, its confirmation or its empty list where it has such."""
    office = Office()
    for walk in (_team, _team_papers, _register, _queues, _criteria, _titles, _decisions, _excel):
        walk(office)
    return office.pages


def _team(office: Office) -> None:
    code = office.household.code
    office.get("team", "team:today")
    office.get("team", "team:households")
    office.get("team", "team:households", query="?q=zzzz", note="none found")
    office.get("team", "team:household", code)
    office.post("team", "team:household", code, data={"reason": "Gọi hẹn ngày"}, note="phone shown")
    office.post("team", "team:household", code, note="no reason")
    office.get("team", "team:visit", code)
    office.get("team", "team:visit", code, query=f"?sua={office.visit.client_id}", note="correction")
    office.post("team", "team:visit", code, data={"visited_at": "hôm qua"}, note="errors")
    office.get("team", "team:help_request", office.help.pk)
    office.post("team", "team:close_help", office.help.pk, note="errors")
    office.get("team", "team:register")
    likely = {"head_name": office.household.head_name, "phone": "0356123456", "village": office.village.pk}
    office.post("team", "team:register", data=likely, note="errors")
    office.get("team", "team:register_from_paper", query=f"?vua={office.registration.token}")
    office.get("team", "team:receipt", office.registration.token)
    office.get("team", "team:card", code)
    office.post("team", "team:card", code, note="errors")
    office.get("team", "team:consents", code)
    office.post("team", "team:consents", code, note="errors")
    office.get("team", "team:visit_pile")
    office.get("team", "team:visit_pile", query="?ho=xyz", note="errors")


def _team_papers(office: Office) -> None:
    office.get("team", "team:sheets")
    office.get("team", "team:meeting_list")
    office.get("team", "team:proposals")
    office.post("team", "team:proposals", data={"year": "19"}, note="errors")
    office.get("team", "team:proposal", office.draft.pk)
    office.get("team", "team:proposal", office.submitted.pk, note="sent")
    office.get("team", "team:proposal", office.returned.pk, note="returned")
    office.post("team", "team:proposal", office.draft.pk, data={"hop-met_on": "31/02/2026"}, note="errors")
    office.post("team", "team:add_candidate", office.draft.pk, note="errors")
    office.post("team", "team:object", office.draft.pk, note="errors")
    office.post("team", "team:add_minutes_scans", office.draft.pk, note="errors")
    office.get("team", "team:proposal_list", office.draft.pk)
    office.get("team", "team:posting", office.draft.pk)
    office.get("team", "team:posting", office.returned.pk, note="with its days")


def _register(office: Office) -> None:
    code, other = office.household.code, office.twin.code
    office.get("officer", "office:index")
    office.get("officer", "office:index", query="?q=zzzz", note="none found")
    office.get("officer", "office:household", code)
    office.post("officer", "office:reveal_phone", code, data={"reason": "Gọi hẹn ngày"}, note="phone shown")
    office.get("officer", "office:card", code)
    office.post("officer", "office:card", code, note="errors")
    office.get("officer", "office:consents", code)
    office.post("officer", "office:consents", code, note="errors")
    for word in CHANGES:
        office.get("officer", "office:change", other, word, note=word)
        office.post(
            "officer", "office:change", other, word, data={"buoc": "xem", "phone": "12"}, note=f"{word}, errors"
        )
    away = {"village": office.other_village.pk, "happened_on": f"{timezone.localdate():%d/%m/%Y}", "buoc": "xem"}
    office.post("officer", "office:change", other, "chuyen-thon", data=away, note="confirmation")
    office.get("officer", "office:duplicates")
    office.get("officer", "office:pair", code, other)
    third = HouseholdFactory(village=office.village, head_name="Đinh Thị Vòng", phone="+84356123456")
    office.get("officer", "office:pair", code, third.code, note="may be merged")
    office.post("officer", "office:ask_merge", code, third.code, note="errors")
    office.get("officer", "office:merges")
    office.get("officer", "office:approvals")
    office.get("second officer", "office:approvals")
    office.get("leader", "office:index")
    office.get("leader", "office:household", code)
    office.get("leader", "office:log")


def _queues(office: Office) -> None:
    office.get("officer", "office:teams")
    office.post("officer", "office:teams", note="errors")
    office.get("officer", "office:leave_team", TeamMembership.objects.get().pk)
    office.get("officer", "office:help_queue")
    office.get("officer", "office:close_help", office.help.pk)
    office.get("officer", "office:data_requests")
    office.post("officer", "office:data_requests", note="errors")
    office.get("officer", "office:answer_data", office.data_request.pk)
    office.get("officer", "office:objections")
    office.post("officer", "office:objections", note="errors")
    office.get("officer", "office:answer_objection", office.objection.pk)


def _criteria(office: Office) -> None:
    draft = office.criteria
    in_force = CriteriaSet.objects.exclude(pk=draft.pk).get()
    office.get("officer", "office:criteria_sets")
    office.get("officer", "office:criteria_set", in_force.pk)
    office.get("officer", "office:criteria_set", draft.pk, query="?thu=1", note="draft tried")
    office.get("officer", "office:draft_criteria", in_force.pk)
    office.post("officer", "office:draft_criteria", in_force.pk, note="errors")
    office.get("officer", "office:edit_criteria", draft.pk)
    office.get("officer", "office:add_criterion", draft.pk)
    office.get("officer", "office:criterion", draft.pk, "1")
    office.post("officer", "office:activate_criteria", draft.pk, note="errors")


def _titles(office: Office) -> None:
    office.get("officer", "titles:index")
    office.get("leader", "titles:index")
    office.get("officer", "titles:proposal", office.submitted.pk)
    office.post("officer", "titles:review", office.submitted.pk, data={"tra-lai": "1"}, note="errors")
    office.post("officer", "titles:add_minutes_scans", office.submitted.pk, note="errors")
    office.get("leader", "titles:rules")
    office.get("officer", "titles:rules_of_year", YEAR)
    office.get("officer", "titles:rule", Title.MODEL, YEAR)
    office.post("officer", "titles:rule", Title.MODEL, YEAR, note="errors")
    office.get("leader", "titles:decision", office.decision.pk)
    office.get("officer", "titles:decision", office.decision.pk)
    office.get("officer", "titles:revocation", office.revocation.pk)
    office.get("second officer", "titles:revocation", office.revocation.pk)


def _decisions(office: Office) -> None:
    honour = (Title.DIGITAL_FAMILY, YEAR)
    paper = {
        "number": "07/QĐ-UBND",
        "signed_on": f"{timezone.localdate():%d/%m/%Y}",
        "signer_name": "Phạm Quý Đức",
        "signer_role": "CHỦ TỊCH",
        "legal_bases": "Căn cứ kế hoạch của xã.",
    }
    office.get("officer", "titles:recognise", *honour)
    office.post("officer", "titles:recognise", *honour, data={"number": "bảy"}, note="errors")
    both = paper | {"proposals": office.accepted.pk}
    office.post("officer", "titles:recognise", *honour, data=both, note="confirmation")
    entry = office.decision.entries.last()
    line = {f"name_{entry.pk}": "Đinh Thị Én", f"village_{entry.pk}": "Thôn 2", f"reason_{entry.pk}": "Sai dấu"}
    for kind in ("dinh-chinh", "thu-hoi"):
        where = {"query": f"?dong={entry.pk}"}
        office.get("officer", "titles:amend", office.decision.pk, kind, **where, note=kind)
        office.post("officer", "titles:amend", office.decision.pk, kind, **where, note=f"{kind}, errors")
        confirmed = {"data": paper | line, "note": f"{kind}, confirmation"}
        office.post("officer", "titles:amend", office.decision.pk, kind, **where, **confirmed)


def _excel(office: Office) -> None:
    office.get("officer", "exchange:index")
    office.post("officer", "exchange:try", note="errors")
    office.post("officer", "exchange:export", note="errors")
    office.get("officer", "exchange:batch", office.batch.pk)
    for note, rows in (
        ("ready", [family(1), family(2)]),
        ("to be put right", [family(1), family(2, village="Thôn 99", phone="12")]),
    ):
        file = BytesIO(workbook(rows))
        file.name = "so-ho.xlsx"
        office.post("officer", "exchange:try", data={"workbook": file}, note=note)
