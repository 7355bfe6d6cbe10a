"""Addresses of titles: lists to check, decisions, certificates, drafts."""

from django.urls import path

from portal.households.views import minutes_scans, titles, titles_decide, titles_papers, titles_rules

app_name = "titles"
urlpatterns = [
    path("", titles.index, name="index"),
    path("dieu-kien/", titles_rules.rules, name="rules"),
    path("dieu-kien/<int:year>/", titles_rules.rules, name="rules_of_year"),
    path("dieu-kien/<slug:title>/<int:year>/", titles_rules.rule, name="rule"),
    path("danh-sach/<int:pk>/", titles.proposal, name="proposal"),
    path("danh-sach/<int:pk>/xem-xet/", titles.review, name="review"),
    path("danh-sach/<int:pk>/bien-ban.docx", titles_papers.minutes, name="minutes"),
    path("danh-sach/<int:pk>/ban-chup/", minutes_scans.office_add, name="add_minutes_scans"),
    path("bien-ban/<int:pk>/", minutes_scans.office_view_scan, name="minutes_scan"),
    path("du-thao/<slug:title>/<int:year>/to-trinh.docx", titles_papers.request_paper, name="request_paper"),
    path("du-thao/<slug:title>/<int:year>/quyet-dinh.docx", titles_papers.decision_paper, name="decision_paper"),
    path("quyet-dinh/nhap/<slug:title>/<int:year>/", titles_decide.recognise, name="recognise"),
    path("quyet-dinh/<int:pk>/", titles.decision, name="decision"),
    path("quyet-dinh/<int:pk>/ban-chup.pdf", titles_papers.scan, name="scan"),
    path("quyet-dinh/<int:pk>/in-giay/", titles_papers.print_decision, name="print_decision"),
    path("quyet-dinh/<int:pk>/<slug:kind>/", titles_decide.amend, name="amend"),
    path("giay/<int:pk>/in/", titles_papers.print_certificate, name="print_certificate"),
    path("thu-hoi/<int:pk>/", titles_decide.revocation, name="revocation"),
]
