"""Addresses of progress: the board, activities, reports and closed periods."""

from django.urls import path

from portal.households.views import (
    progress_activities,
    progress_board,
    progress_looks,
    progress_papers,
    progress_periods,
    progress_reports,
)

app_name = "progress"
urlpatterns = [
    path("", progress_board.board, name="board"),
    path("so/<slug:key>/", progress_board.figure, name="figure"),
    path("dinh-nghia/", progress_board.definitions, name="definitions"),
    path("bao-cao/", progress_reports.reports, name="reports"),
    path("bao-cao/<slug:code>/<int:village>/", progress_reports.report, name="report"),
    path("bao-cao/<slug:code>/<int:village>/xem-xet/", progress_reports.review, name="review"),
    path("bao-cao/<slug:code>/<int:village>/bao-cao.<slug:kind>", progress_papers.village_file, name="village_file"),
    path("ky/", progress_periods.periods, name="periods"),
    path("ky/<slug:code>/", progress_periods.period, name="period"),
    path("ky/<int:year>/khen-thuong.<slug:kind>", progress_papers.awards, name="awards"),
    path("ky/<int:year>/thi-dua.<slug:kind>", progress_papers.emulation, name="emulation"),
    path("ky/<slug:code>/bao-cao/", progress_papers.reading, name="reading"),
    path("ky/<slug:code>/bao-cao.<slug:kind>", progress_papers.commune_file, name="commune_file"),
    path("ky/<slug:code>/chot/", progress_periods.close, name="close"),
    path("ky/<slug:code>/dieu-chinh/", progress_periods.revise, name="revise"),
    path("ky/<slug:code>/tham-lai/", progress_looks.recheck, name="recheck"),
    path("soat-lai/", progress_looks.doubts, name="doubts"),
    path("soat-lai/<int:pk>/<slug:kind>/", progress_looks.doubt, name="doubt"),
    path("viec-nen-lam/", progress_looks.steps, name="next_steps"),
    path("hoat-dong/", progress_activities.activities, name="activities"),
    path("hoat-dong/ghi/", progress_activities.note, name="note_activity"),
    path("hoat-dong/<int:pk>/", progress_activities.activity, name="activity"),
    path("hoat-dong/<int:pk>/sua/", progress_activities.correct, name="correct_activity"),
    path("hoat-dong/<int:pk>/ghi-nham/", progress_activities.void, name="void_activity"),
    path("hoat-dong/<int:pk>/them-anh/", progress_activities.add_photo, name="add_photo"),
    path("hoat-dong/anh/<int:pk>/", progress_activities.photo, name="activity_photo"),
]
