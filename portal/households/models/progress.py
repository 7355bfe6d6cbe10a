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

    class Meta:
        verbose_name = "diễn biến của hộ"
        verbose_name_plural = "diễn biến của hộ"

    def __str__(self) -> str:
        return str(self.household_id)


class ProgressCount(models.Model):
    """How many households come into a heap in a village on a day (số đếm); the sum up to a day is the figure."""

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

    def __str__(self) -> str:
        return f"{self.village_id} {self.day:%d/%m/%Y} {self.counted} {self.heap}: {self.change}"
