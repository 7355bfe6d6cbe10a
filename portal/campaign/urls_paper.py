"""Addresses of the paper desk: entry sheets printed, handed in and typed in. Own village only."""

from django.urls import path

from portal.campaign.views import paper, paper_typing

app_name = "gamepaper"
urlpatterns = [
    path("", paper.index, name="index"),
    path("vong/<int:pk>/in/", paper.print_sheets, name="print"),
    path("phieu/<str:code>/in/", paper.print_again, name="print_again"),
    path("nhap/", paper_typing.code_box, name="type"),
    path("nhap/<str:code>/", paper_typing.type_sheet, name="type_sheet"),
]
