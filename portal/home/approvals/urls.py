"""`/quan-tri/duyet-ngoai/`."""

from django.urls import path

from portal.home.approvals import views

app_name = "approvals"
urlpatterns = [
    path("nguoi-duyet/", views.people, name="people"),
    path("nguoi-duyet/<int:pk>/ma-moi/", views.new_code, name="new_code"),
    path("nguoi-duyet/<int:pk>/thoi/", views.dismiss, name="dismiss"),
    path("thu-hoi/<int:pk>/", views.revoke, name="revoke"),
    path("<int:pk>/", views.ask, name="ask"),
]
