"""Addresses of the games' public side. They are printed on paper: once public, they never change."""

from django.urls import path

from portal.campaign.views import public_draw, public_rounds

app_name = "games"
urlpatterns = [
    path("<slug:game>/vong-<int:number>/", public_rounds.round_page, name="round"),
    path("<slug:game>/vong-<int:number>/danh-sach.txt", public_draw.list_text, name="list_text"),
    path("<slug:game>/vong-<int:number>/danh-sach.pdf", public_draw.list_pdf, name="list_pdf"),
    path("<slug:game>/vong-<int:number>/boc-tham/", public_draw.draw, name="draw"),
]
