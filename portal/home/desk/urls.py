"""Homes of the roles that Wagtail's own home does not serve."""

from django.urls import path

from portal.home.desk import office

app_name = "desk"
urlpatterns = [path("viec/", office.office_home, name="office")]
