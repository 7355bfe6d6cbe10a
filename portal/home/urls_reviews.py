"""`/quan-tri/xem-lai/`: one click that says that a page, or a step of a guide, is right as it is."""

from django.urls import path

from portal.home.desk.freshness import still_right
from portal.home.desk.stuck_steps import stuck_is_fine

app_name = "reviews"
urlpatterns = [
    path("<int:pk>/van-dung/", still_right, name="still_right"),
    path("bi-ket/<int:pk>/", stuck_is_fine, name="stuck_is_fine"),
]
