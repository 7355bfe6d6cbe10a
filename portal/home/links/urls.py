"""`/quan-tri/lien-ket-hong/`."""

from django.urls import path

from portal.home.links import views

app_name = "links"
urlpatterns = [path("", views.index, name="index")]
