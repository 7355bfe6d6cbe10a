"""Addresses of the register's public side. They are printed on paper: once public, they never change."""

from django.urls import path

from portal.households.views import (
    public_certificates,
    public_help,
    public_honours,
    public_paper_form,
    public_progress,
    public_registration,
    public_self_check,
    public_status,
)

app_name = "register"
urlpatterns = [
    path("dang-ky/", public_registration.registration, name="registration"),
    path("dang-ky/phieu-giay/", public_paper_form.paper_form, name="paper_form"),
    path("nho-giup/", public_help.ask, name="help"),
    path("tra-cuu/", public_status.status, name="status"),
    path("tra-cuu/dong-y/", public_status.consents, name="consents"),
    path("tra-cuu/du-lieu/", public_status.data, name="data"),
    path("tra-cuu/nho-giup/", public_status.help_me, name="help_me"),
    path("tra-cuu/hoi-lai/", public_status.question, name="question"),
    path("tra-cuu/in-giay/", public_status.paper, name="paper"),
    path("tra-cuu/the-ho/", public_status.card, name="card"),
    path("xac-minh/", public_certificates.check_form, name="check"),
    path("xac-minh/<str:typed>/", public_certificates.certificate, name="certificate"),
    path("vinh-danh/", public_honours.honours, name="honours"),
    path("vinh-danh/<int:year>/", public_honours.honours, name="honours_of_year"),
    path("tien-do/", public_progress.progress, name="progress"),
    path("tien-do/tin/", public_progress.feed, name="progress_feed"),
    path("tien-do/<slug:code>/", public_progress.progress, name="progress_of_quarter"),
    path("tien-do/<slug:code>/so-lieu.csv", public_progress.table, name="progress_table"),
    path("tien-do/<slug:code>/chia-se.png", public_progress.picture, name="progress_picture"),
    path("tu-kiem-tra/", public_self_check.self_check, name="self_check"),
]
