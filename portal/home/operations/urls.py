"""`/quan-tri/van-hanh/`."""

from django.urls import path

from portal.home.operations import views

app_name = "operations"
urlpatterns = [path("", views.operations, name="index")]
