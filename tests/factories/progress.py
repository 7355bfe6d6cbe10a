"""Progress of the movement: activities, definitions, stored counts, closed periods."""

from uuid import uuid4

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from portal.households import models
from portal.households.enums import ActivityKind, CapableMember
from tests.factories.core import UserFactory
from tests.factories.households import HouseholdFactory, VillageFactory, VisitFactory


class CapableStatementFactory(DjangoModelFactory):
    """A grown-up child can do it, as the family said today."""

    class Meta:
        model = models.CapableStatement

    household = factory.SubFactory(HouseholdFactory)
    said_on = factory.LazyFunction(timezone.localdate)
    who = CapableMember.ADULT_CHILD
    basis = "ke"


class ActivityReportFactory(DjangoModelFactory):
    """A training of today with twenty people."""

    class Meta:
        model = models.ActivityReport

    token = factory.LazyFunction(uuid4)
    village = factory.SubFactory(VillageFactory)
    held_on = factory.LazyFunction(timezone.localdate)
    kind = ActivityKind.TRAINING
    topic = "Cài VNeID"
    place = "Nhà văn hóa thôn"
    people_count = 20
    recorded_by = factory.SubFactory(UserFactory)


class ActivityPhotoFactory(DjangoModelFactory):
    class Meta:
        model = models.ActivityPhoto

    activity = factory.SubFactory(ActivityReportFactory)
    name = factory.Sequence(lambda number: f"hoat-dong-{number}.jpg")


class MeasureSetFactory(DjangoModelFactory):
    """A further version of the definitions; the first one comes with the migrations."""

    class Meta:
        model = models.MeasureSet

    name = factory.Sequence(lambda number: f"Bộ định nghĩa {number}")
    valid_from = factory.LazyFunction(timezone.localdate)


class MeasureFactory(DjangoModelFactory):
    class Meta:
        model = models.Measure

    measure_set = factory.SubFactory(MeasureSetFactory)
    position = factory.Sequence(lambda number: number + 1)
    key = factory.Sequence(lambda number: f"so-do-{number}")
    name = "Có máy vào mạng"
    sentence = "Trong nhà có một máy vào mạng được."
    numerator = "Hộ đạt tiêu chí 1."
    denominator = "Mọi hộ trong sổ."
    kind = "ket-qua"
    groups = [["1"]]


class ProgressCourseFactory(DjangoModelFactory):
    class Meta:
        model = models.ProgressCourse

    household = factory.SubFactory(HouseholdFactory)


class ProgressCountFactory(DjangoModelFactory):
    class Meta:
        model = models.ProgressCount

    village = factory.SubFactory(VillageFactory)
    day = factory.LazyFunction(timezone.localdate)
    counted = "trong-so"
    heap = "dat"
    change = 1


class ProgressCutoffFactory(DjangoModelFactory):
    class Meta:
        model = models.ProgressCutoff

    day = 14


class VillageReportFactory(DjangoModelFactory):
    """A report that a village has begun."""

    class Meta:
        model = models.VillageReport

    village = factory.SubFactory(VillageFactory)
    year = 2026
    quarter = 3


class ReportVersionFactory(DjangoModelFactory):
    class Meta:
        model = models.ReportVersion

    report = factory.SubFactory(VillageReportFactory)
    number = factory.Sequence(lambda number: number + 1)
    figures = {}
    tallies = {}
    sent_by = factory.SubFactory(UserFactory)


class ReportReviewFactory(DjangoModelFactory):
    class Meta:
        model = models.ReportReview

    version = factory.SubFactory(ReportVersionFactory)
    is_accepted = False
    made_by = factory.SubFactory(UserFactory)


class PeriodCloseFactory(DjangoModelFactory):
    """Closed with next to nothing in it; a true one is made by `close_period`."""

    class Meta:
        model = models.PeriodClose

    year = factory.Sequence(lambda number: 2100 + number)
    quarter = 1
    first_on = factory.LazyFunction(timezone.localdate)
    last_on = factory.LazyFunction(timezone.localdate)
    content = "{}"
    digest = "0" * 64
    closed_by = factory.SubFactory(UserFactory)


class ClosedRowFactory(DjangoModelFactory):
    class Meta:
        model = models.ClosedRow

    close = factory.SubFactory(PeriodCloseFactory)
    code = factory.Sequence(lambda number: f"BT-{number:04d}X")
    village = factory.SubFactory(VillageFactory)
    heaps = {}
    digest = "0" * 64


class PeriodRevisionFactory(DjangoModelFactory):
    class Meta:
        model = models.PeriodRevision

    close = factory.SubFactory(PeriodCloseFactory)
    number = factory.Sequence(lambda number: number + 1)
    reason = "Thử"
    content = "{}"
    digest = "0" * 64
    made_by = factory.SubFactory(UserFactory)


class RecheckDrawFactory(DjangoModelFactory):
    class Meta:
        model = models.RecheckDraw

    close = factory.SubFactory(PeriodCloseFactory)
    percent = 5
    drawn_by = factory.SubFactory(UserFactory)


class RecheckCaseFactory(DjangoModelFactory):
    class Meta:
        model = models.RecheckCase

    draw = factory.SubFactory(RecheckDrawFactory)
    visit = factory.SubFactory(VisitFactory)
    household = factory.SelfAttribute("visit.household")
    village = factory.SelfAttribute("visit.village")


class DoubtAnswerFactory(DjangoModelFactory):
    class Meta:
        model = models.DoubtAnswer

    visit = factory.SubFactory(VisitFactory)
    kind = "nhanh"
    note = "Hai nhà ở chung."
    made_by = factory.SubFactory(UserFactory)
