"""Addresses of the work around the games: looking at entries, matching, judging, prizes, messages, erasing."""

from django.urls import path

from portal.campaign.views import judging, matching, moderation, work

app_name = "gameprizes"
urlpatterns = [
    path("", work.index, name="index"),
    path("vong/<int:pk>/xem/", moderation.queue, name="moderation"),
    path("vong/<int:pk>/xem/duyet/", moderation.approve_many, name="approve_many"),
    path("vong/<int:pk>/xem/<str:code>/", moderation.say, name="moderate"),
    path("hoan-tac/<int:said>/", moderation.undo, name="undo_moderation"),
    path("anh/<int:photo>/", moderation.photo, name="photo"),
    path("vong/<int:pk>/khop/", matching.queue, name="matching"),
    path("vong/<int:pk>/khop/noi/", matching.match, name="match"),
    path("vong/<int:pk>/khop/hoan-tac/", matching.undo, name="undo_match"),
    path("vong/<int:pk>/cham/", judging.progress, name="judging"),
    path("cham/", judging.desk, name="judge_desk"),
    path("cham/<int:pk>/", judging.table, name="judge_table"),
    path("cham/<int:pk>/<int:number>/", judging.entry, name="judge_entry"),
    path("cham/<int:pk>/<int:number>/anh/<int:photo>/", judging.photo, name="judge_photo"),
]
