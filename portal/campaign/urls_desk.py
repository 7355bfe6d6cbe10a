"""Addresses of the games' desk."""

from django.urls import path

from portal.campaign.views import desk, desk_closing, desk_results, desk_setup

app_name = "gamedesk"
urlpatterns = [
    path("", desk.index, name="index"),
    path("vong-moi/<int:game>/", desk_setup.new_round, name="new_round"),
    path("vong/<int:pk>/", desk.round_page, name="round"),
    path("vong/<int:pk>/soan/<slug:part>/", desk_setup.part, name="part"),
    path("vong/<int:pk>/xem-truoc/", desk.preview, name="preview"),
    path("vong/<int:pk>/cong-bo/", desk.announce, name="announce"),
    path("vong/<int:pk>/chot/", desk_closing.seal, name="seal"),
    path("vong/<int:pk>/xet-bai/", desk_closing.settle, name="settle"),
    path("vong/<int:pk>/xet-bai/<str:code>/", desk_closing.decide, name="decide"),
    path("vong/<int:pk>/boc-tham/", desk_results.draw, name="draw"),
    path("vong/<int:pk>/bang-chung/", desk_results.evidence, name="evidence"),
    path("vong/<int:pk>/ket-qua/", desk_results.results, name="results"),
    path("vong/<int:pk>/cong-bo-ket-qua/", desk_results.publish, name="publish"),
]
