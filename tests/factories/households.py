"""The register. What has rules is made through the services, as in life."""

from datetime import timedelta
from uuid import uuid4

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from portal.core.codes import drawn_code, numbered_code
from portal.core.models import AuditEntry, AuditHead
from portal.households import models
from portal.households.enums import (
    Channel,
    ConsentMeans,
    DataRequestKind,
    EventKind,
    NameForm,
    Purpose,
    Result,
    Title,
)
from portal.households.models.household import CODE_PREFIX
from portal.households.services.help_requests import refresh_waiting
from tests.factories.core import UserFactory


class VillageFactory(DjangoModelFactory):
    """A sample village that exists today."""

    class Meta:
        model = models.Village

    number = factory.Sequence(lambda number: number + 1)
    name = factory.LazyAttribute(lambda village: f"Thôn {village.number} (mẫu)")
    is_sample = True


class HouseholdFactory(DjangoModelFactory):
    """A household that entered the register a month ago and was never visited."""

    class Meta:
        model = models.Household
        skip_postgeneration_save = True

    number = factory.Sequence(lambda number: 900_000 + number)
    code = factory.LazyAttribute(lambda household: numbered_code(CODE_PREFIX, household.number))
    village = factory.SubFactory(VillageFactory)
    head_name = factory.Sequence(lambda number: f"Phạm Văn Mẫu {number}")
    listed_from = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=30))
    channel = Channel.WEB

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        household = model_class(*args, **kwargs)
        household.derive()
        household.save()
        if household.root_id is None:
            household.root = household
            household.save(update_fields=["root"])
        models.Residence.objects.create(
            household=household, village=household.village, valid_from=household.listed_from
        )
        return household


class HolidayFactory(DjangoModelFactory):
    """A single day of rest."""

    class Meta:
        model = models.Holiday

    name = "Ngày nghỉ (mẫu)"
    first_day = factory.LazyFunction(timezone.localdate)


class RegisterRulesFactory(DjangoModelFactory):
    """The usual rules, as a row."""

    class Meta:
        model = models.RegisterRules


class TitleRuleFactory(DjangoModelFactory):
    """A rule that asks for nothing."""

    class Meta:
        model = models.TitleRule

    title = Title.OUTSTANDING
    year = 2026
    needs_pass = False


class CounterFactory(DjangoModelFactory):
    class Meta:
        model = models.Counter

    name = factory.Sequence(lambda number: f"số {number}")


class ResidenceFactory(DjangoModelFactory):
    class Meta:
        model = models.Residence

    household = factory.SubFactory(HouseholdFactory)
    village = factory.SubFactory(VillageFactory)
    valid_from = factory.LazyFunction(timezone.localdate)


class HouseholdEventFactory(DjangoModelFactory):
    class Meta:
        model = models.HouseholdEvent

    household = factory.SubFactory(HouseholdFactory)
    kind = EventKind.LISTED
    happened_on = factory.LazyFunction(timezone.localdate)


class TeamMembershipFactory(DjangoModelFactory):
    """A member of a village's team since a year."""

    class Meta:
        model = models.TeamMembership

    user = factory.SubFactory(UserFactory, groups=["Tổ công nghệ số"])
    village = factory.SubFactory(VillageFactory)
    valid_from = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=365))


class CriteriaSetFactory(DjangoModelFactory):
    """A draft set; the one in force comes with the migrations."""

    class Meta:
        model = models.CriteriaSet

    name = factory.Sequence(lambda number: f"Bộ tiêu chí {number}")
    valid_from = factory.LazyFunction(timezone.localdate)


class CriterionFactory(DjangoModelFactory):
    class Meta:
        model = models.Criterion

    criteria_set = factory.SubFactory(CriteriaSetFactory)
    position = factory.Sequence(lambda number: number + 1)
    key = factory.Sequence(lambda number: str(number + 1))
    name = "Có máy vào mạng"
    sentence = "Trong nhà có một máy vào mạng được."
    question = "Hôm nay nhà mình có máy nào mở được một trang web không?"


class VisitFactory(DjangoModelFactory):
    """A visit of today that found nothing yet; add findings with `met=["1", "2"]`."""

    class Meta:
        model = models.Visit
        skip_postgeneration_save = True

    client_id = factory.LazyFunction(uuid4)
    household = factory.SubFactory(HouseholdFactory)
    village = factory.SelfAttribute("household.village")
    criteria_set = factory.LazyFunction(lambda: models.CriteriaSet.objects.in_force_on(timezone.localdate()).first())
    visited_at = factory.LazyFunction(timezone.now)
    visited_by = factory.SubFactory(UserFactory)
    digest = factory.LazyFunction(lambda: uuid4().hex)

    @factory.post_generation
    def met(self, create, extracted, **kwargs):
        for key in extracted or []:
            FindingFactory(visit=self, key=key)


class FindingFactory(DjangoModelFactory):
    class Meta:
        model = models.Finding

    visit = factory.SubFactory(VisitFactory)
    key = "1"
    result = Result.MET
    basis = "thay"


class EvidenceFactory(DjangoModelFactory):
    class Meta:
        model = models.Evidence

    visit = factory.SubFactory(VisitFactory)
    name = factory.Sequence(lambda number: f"anh-{number}.jpg")


class RegistrationFactory(DjangoModelFactory):
    class Meta:
        model = models.Registration

    token = factory.LazyFunction(uuid4)
    receipt_code = factory.LazyFunction(lambda: drawn_code("PN"))
    household = factory.SubFactory(HouseholdFactory)


class HelpRequestFactory(DjangoModelFactory):
    class Meta:
        model = models.HelpRequest

    token = factory.LazyFunction(uuid4)
    village = factory.SubFactory(VillageFactory)
    name = "Bà M."
    topic = "Cài VNeID"
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=7))

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        request = super()._create(model_class, *args, **kwargs)
        refresh_waiting(request.household)
        return request


class ConsentFactory(DjangoModelFactory):
    """The head of the household lets its full name be shown."""

    class Meta:
        model = models.Consent

    household = factory.SubFactory(HouseholdFactory)
    purpose = Purpose.NAME
    is_granted = True
    name_form = NameForm.FULL
    means = ConsentMeans.SIGNED
    said_at = factory.LazyFunction(timezone.now)


class DataRequestFactory(DjangoModelFactory):
    class Meta:
        model = models.DataRequest

    household = factory.SubFactory(HouseholdFactory)
    kind = DataRequestKind.SEE
    asked_by = "Phạm Văn Mẫu"
    means = ConsentMeans.SIGNED
    received_at = factory.LazyFunction(timezone.now)
    acknowledge_by = factory.LazyFunction(timezone.localdate)
    answer_by = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=10))


class DistinctPairFactory(DjangoModelFactory):
    class Meta:
        model = models.DistinctPair

    first = factory.SubFactory(HouseholdFactory)
    second = factory.SubFactory(HouseholdFactory)
    said_by = factory.SubFactory(UserFactory)


class MergeFactory(DjangoModelFactory):
    class Meta:
        model = models.Merge

    survivor = factory.SubFactory(HouseholdFactory)
    absorbed = factory.SubFactory(HouseholdFactory)
    merged_by = factory.SubFactory(UserFactory)


class ImportBatchFactory(DjangoModelFactory):
    class Meta:
        model = models.ImportBatch

    file_name = "so-ho.xlsx"
    imported_by = factory.SubFactory(UserFactory)


class ProposalFactory(DjangoModelFactory):
    """A list that the village is still making."""

    class Meta:
        model = models.Proposal

    village = factory.SubFactory(VillageFactory)
    title = Title.DIGITAL_FAMILY
    year = 2026


class CandidateFactory(DjangoModelFactory):
    class Meta:
        model = models.Candidate

    proposal = factory.SubFactory(ProposalFactory)
    household = factory.SubFactory(HouseholdFactory, village=factory.SelfAttribute("..proposal.village"))


class MinutesScanFactory(DjangoModelFactory):
    class Meta:
        model = models.MinutesScan

    proposal = factory.SubFactory(ProposalFactory)
    name = factory.Sequence(lambda number: f"bien-ban/{number}.jpg")
    digest = factory.LazyFunction(lambda: uuid4().hex)
    added_by = factory.SubFactory(UserFactory)


class ObjectionFactory(DjangoModelFactory):
    class Meta:
        model = models.Objection

    proposal = factory.SubFactory(ProposalFactory)
    asked_by = "Một người trong thôn"
    text = "Nhà tôi cũng làm được, sao không có tên?"
    received_on = factory.LazyFunction(timezone.localdate)
    answer_by = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=5))


class DecisionFactory(DjangoModelFactory):
    class Meta:
        model = models.Decision

    title = Title.DIGITAL_FAMILY
    year = 2026
    number = factory.Sequence(lambda number: f"{number + 1:02d}/QĐ-UBND")
    signed_on = factory.LazyFunction(timezone.localdate)
    signer_name = "Phạm Quý Đức"
    signer_role = "CHỦ TỊCH"
    legal_bases = "Căn cứ kế hoạch của xã."
    list_digest = "0" * 64
    entered_by = factory.SubFactory(UserFactory)


class DecisionEntryFactory(DjangoModelFactory):
    class Meta:
        model = models.DecisionEntry

    decision = factory.SubFactory(DecisionFactory)
    household = factory.SubFactory(HouseholdFactory)
    position = factory.Sequence(lambda number: number + 1)
    action = "cong-nhan"
    name_on_paper = factory.SelfAttribute("household.head_name")
    village_on_paper = factory.SelfAttribute("household.village.name")


class CertificateFactory(DjangoModelFactory):
    class Meta:
        model = models.Certificate

    entry = factory.SubFactory(DecisionEntryFactory)
    household = factory.SelfAttribute("entry.household")
    title = Title.DIGITAL_FAMILY
    year = 2026
    serial = factory.Sequence(lambda number: number + 1)
    code = factory.LazyFunction(lambda: drawn_code("CN"))
    name_on_paper = factory.SelfAttribute("entry.name_on_paper")
    village_on_paper = factory.SelfAttribute("entry.village_on_paper")
    issued_by = factory.SubFactory(UserFactory)


class SensitiveChangeFactory(DjangoModelFactory):
    class Meta:
        model = models.SensitiveChange

    kind = models.SensitiveChange.Kind.MERGE
    summary = "Gộp hai hộ"
    reason = "Một nhà ghi hai lần"
    asked_by = factory.SubFactory(UserFactory)


class AuditHeadFactory(DjangoModelFactory):
    class Meta:
        model = AuditHead


class AuditEntryFactory(DjangoModelFactory):
    class Meta:
        model = AuditEntry

    number = factory.Sequence(lambda number: number + 1)
    happened_at = factory.LazyFunction(timezone.now)
    action = "thu"
    previous = "0" * 64
    digest = "0" * 64
