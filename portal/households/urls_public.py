"""Addresses of the register's public side. They are printed on paper: once public, they never change."""

from django.urls import path

from portal.households.views import public_help, public_registration, public_status

app_name = "register"
urlpatterns = [
    path("dang-ky/", public_registration.registration, name="registration"),
    path("nho-giup/", public_help.ask, name="help"),
    path("tra-cuu/", public_status.status, name="status"),
    path("tra-cuu/dong-y/", public_status.consents, name="consents"),
    path("tra-cuu/du-lieu/", public_status.data, name="data"),
]
