"""Addresses of progress: the board, activities, reports and closed periods."""

from django.urls import path

from portal.households.views import progress_activities, progress_board

app_name = "progress"
urlpatterns = [
    path("", progress_board.board, name="board"),
    path("so/<slug:key>/", progress_board.figure, name="figure"),
    path("dinh-nghia/", progress_board.definitions, name="definitions"),
    path("hoat-dong/", progress_activities.activities, name="activities"),
    path("hoat-dong/ghi/", progress_activities.note, name="note_activity"),
    path("hoat-dong/<int:pk>/", progress_activities.activity, name="activity"),
    path("hoat-dong/<int:pk>/sua/", progress_activities.correct, name="correct_activity"),
    path("hoat-dong/<int:pk>/ghi-nham/", progress_activities.void, name="void_activity"),
    path("hoat-dong/<int:pk>/them-anh/", progress_activities.add_photo, name="add_photo"),
    path("hoat-dong/anh/<int:pk>/", progress_activities.photo, name="activity_photo"),
]
