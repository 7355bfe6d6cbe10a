"""`/quan-tri/xem-lai/`: one click that says that a page is still right."""

from django.urls import path

from portal.home.desk.freshness import still_right

app_name = "reviews"
urlpatterns = [path("<int:pk>/van-dung/", still_right, name="still_right")]
