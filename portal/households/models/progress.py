"""Counts of progress, kept so that figures of any day cost the same for five thousand households and for a million.

Both tables follow from the facts: services bring them along in the saving transaction, and
`manage.py rebuild_progress` can always make them anew.
"""

from django.db import models

from portal.households.models.household import Household
from portal.households.models.village import Village


class ProgressCourse(models.Model):
    """How a household lies from day to day (diễn biến): [[day, village or null, {what is counted: heap}], …].

    A step names only the heaps that differ from the step before.
    """

    household = models.OneToOneField(
        Household, on_delete=models.CASCADE, primary_key=True, related_name="course", verbose_name="hộ"
    )
    steps = models.JSONField("các bước", default=list)
    #: [[village, day, what, period, number], …]: what it adds to the tallies of reports.
    deeds = models.JSONField("việc đã làm", default=list)

    class Meta:
        verbose_name = "diễn biến của hộ"
        verbose_name_plural = "diễn biến của hộ"

    def __str__(self) -> str:
        return str(self.household_id)


class ProgressCount(models.Model):
    """How many households come into a heap in a village on a day (số đếm); the sum up to a day is the figure.

    Tallies of reports stand here too, the heap empty or a period's code: see `progress.deeds`.
    """

    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="+", verbose_name="thôn")
    day = models.DateField("ngày")
    counted = models.CharField("đếm gì", max_length=120)
    heap = models.CharField("nhóm", max_length=16)
    change = models.IntegerField("thêm bớt")

    class Meta:
        verbose_name = "số đếm tiến độ"
        verbose_name_plural = "số đếm tiến độ"
        constraints = [
            models.UniqueConstraint(fields=["village", "day", "counted", "heap"], name="progresscount_once"),
        ]
        indexes = [models.Index(fields=["counted", "day", "village"], name="progresscount_by_what")]

    def __str__(self) -> str:
        return f"{self.village_id} {self.day:%d/%m/%Y} {self.counted} {self.heap}: {self.change}"


class ProgressCutoff(models.Model):
    """By which day of the month the tallies were kept (ngày chốt của số đếm): one row, none before the first count."""

    day = models.PositiveSmallIntegerField("ngày chốt")

    class Meta:
        verbose_name = "ngày chốt của số đếm"
        verbose_name_plural = "ngày chốt của số đếm"

    def __str__(self) -> str:
        return str(self.day)
