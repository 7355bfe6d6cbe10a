"""The two yardsticks of `make bench` for entries; they live in the benchmark's settings alone."""

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.contrib.forms.models import AbstractForm, AbstractFormField


class Mark(models.Model):
    """One row a form, found by its token before it is written."""

    token = models.UUIDField(unique=True)
    text = models.TextField()

    def __str__(self) -> str:
        return str(self.token)


class QuestionFormField(AbstractFormField):
    """A field of the form page."""

    page = ParentalKey("QuestionFormPage", on_delete=models.CASCADE, related_name="form_fields")


class QuestionFormPage(AbstractForm):
    """A form page as Wagtail's documentation sets one up."""
