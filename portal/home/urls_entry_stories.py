"""Addresses where winning entries become stories."""

from django.urls import path

from portal.home.desk import entry_stories

app_name = "entrystories"
urlpatterns = [
    path("<int:pk>/", entry_stories.candidates, name="round"),
    path("<int:pk>/anh/<int:photo>/", entry_stories.photo, name="photo"),
    path("<int:pk>/<str:code>/", entry_stories.make, name="make"),
]
