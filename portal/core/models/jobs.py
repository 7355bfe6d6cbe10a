"""When each piece of background work last ran, and how it went (rows A6, E3)."""

from django.db import models


class JobRun(models.Model):
    """The last run of one job (lượt chạy): a row a job, written over by the next run."""

    name = models.CharField("việc", max_length=60, primary_key=True)
    started_at = models.DateTimeField("bắt đầu lúc")
    finished_at = models.DateTimeField("xong lúc")
    went_well_at = models.DateTimeField("lần cuối chạy tốt", null=True, blank=True)
    fault = models.CharField("lỗi", max_length=200, blank=True)

    class Meta:
        verbose_name = "lượt chạy"
        verbose_name_plural = "lượt chạy"
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name} {self.finished_at:%d/%m/%Y %H:%M}"
