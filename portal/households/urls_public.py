"""Addresses of the register's public side. They are printed on paper: once public, they never change."""

from django.urls import path

from portal.households.views import (
    public_certificates,
    public_help,
    public_honours,
    public_registration,
    public_self_check,
    public_status,
)

app_name = "register"
urlpatterns = [
    path("dang-ky/", public_registration.registration, name="registration"),
    path("nho-giup/", public_help.ask, name="help"),
    path("tra-cuu/", public_status.status, name="status"),
    path("tra-cuu/dong-y/", public_status.consents, name="consents"),
    path("tra-cuu/du-lieu/", public_status.data, name="data"),
    path("tra-cuu/giay/", public_status.paper, name="paper"),
    path("xac-minh/", public_certificates.check_form, name="check"),
    path("xac-minh/<str:typed>/", public_certificates.certificate, name="certificate"),
    path("vinh-danh/", public_honours.honours, name="honours"),
    path("vinh-danh/<int:year>/", public_honours.honours, name="honours_of_year"),
    path("tu-kiem-tra/", public_self_check.self_check, name="self_check"),
]
