"""Addresses of the sign-up desk: lists of coming trainings, own village only for a team."""

from django.urls import path

from portal.campaign.views import signups

app_name = "signupdesk"
urlpatterns = [
    path("", signups.index, name="index"),
    path("<int:pk>/", signups.session, name="session"),
    path("<int:pk>/co-mat/", signups.attendance, name="attendance"),
    path("<int:pk>/in/", signups.print_list, name="print"),
    path("<int:pk>/thoi/<str:code>/", signups.cancel, name="cancel"),
    path("<int:pk>/so/<str:code>/", signups.reveal, name="reveal"),
]
