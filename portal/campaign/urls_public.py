"""Addresses of the games that families use. They are printed on paper: once public, they never change."""

from django.urls import path

from portal.campaign.views import (
    official_messages,
    public_draw,
    public_entry,
    public_practice,
    public_receipts,
    public_rounds,
    sponsors,
)

app_name = "games"
urlpatterns = [
    path("tin-that/", official_messages.check, name="check_message"),
    path("nha-tai-tro/", sponsors.sponsors, name="sponsors"),
    path("bai/", public_receipts.receipts, name="receipts"),
    path("bai/<str:code>/", public_receipts.receipt, name="receipt"),
    path("bai/<str:code>/ma-vuong.svg", public_receipts.square_code, name="square_code"),
    path("<slug:game>/tap/", public_practice.practice, name="practice"),
    path("<slug:game>/vong-<int:number>/", public_rounds.round_page, name="round"),
    path("<slug:game>/vong-<int:number>/du-thi/", public_entry.entry, name="entry"),
    path("<slug:game>/vong-<int:number>/danh-sach.txt", public_draw.list_text, name="list_text"),
    path("<slug:game>/vong-<int:number>/danh-sach.pdf", public_draw.list_pdf, name="list_pdf"),
    path("<slug:game>/vong-<int:number>/boc-tham/", public_draw.draw, name="draw"),
]
