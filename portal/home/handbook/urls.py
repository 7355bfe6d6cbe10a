"""`/quan-tri/huong-dan/`."""

from django.urls import path

from portal.home.handbook import views

app_name = "handbook"
urlpatterns = [
    path("", views.index, name="index"),
    path("hinh/<slug:name>.webp", views.picture, name="picture"),
    path("<slug:slug>/", views.book, name="book"),
]
