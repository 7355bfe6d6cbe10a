"""Addresses of the sign-up for trainings. The public ones are printed on receipts: once public, they never change."""

from django.urls import path

from portal.campaign.views import public_signups

app_name = "signups"
urlpatterns = [
    path("dang-ky/", public_signups.receipts, name="receipts"),
    path("dang-ky/<str:code>/", public_signups.receipt, name="receipt"),
    path("<slug:slug>/dang-ky/", public_signups.sign_up_page, name="form"),
]
