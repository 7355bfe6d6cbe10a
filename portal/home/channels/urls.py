"""`/quan-tri/kenh/`."""

from django.urls import path

from portal.home.channels import views

app_name = "channels"
urlpatterns = [
    path("", views.wall_list, name="walls"),
    path("da-go/<int:pk>/", views.take_down, name="take_down"),
    path("<int:pk>/", views.channels, name="page"),
    path("<int:pk>/treo/", views.hang, name="hang"),
    path("<int:pk>/to-dan/", views.notice, name="notice"),
    path("<int:pk>/to-treo/<str:size>/", views.poster, name="poster"),
    path("<int:pk>/<str:channel>/", views.keep, name="keep"),
]
