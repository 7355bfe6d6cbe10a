"""Addresses of the village team's desk."""

from django.urls import path

from portal.households.views import team, team_help, team_visits

app_name = "team"
urlpatterns = [
    path("", team.today, name="today"),
    path("ho/", team.households, name="households"),
    path("ho/<str:code>/", team.household, name="household"),
    path("ho/<str:code>/tham/", team_visits.visit, name="visit"),
    path("luot-tham/", team_visits.visit_batch, name="visit_batch"),
    path("anh/<int:pk>/", team_visits.evidence, name="evidence"),
    path("giup/<int:pk>/", team_help.help_request, name="help_request"),
    path("giup/<int:pk>/nhan/", team_help.take_help, name="take_help"),
    path("giup/<int:pk>/xong/", team_help.close_help, name="close_help"),
]
