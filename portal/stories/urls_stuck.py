"""`/bi-ket/`: readers say that a step of a guide is too hard."""

from django.urls import path

from portal.stories.stuck.views import stuck

app_name = "guides"
urlpatterns = [path("bi-ket/", stuck, name="stuck")]
