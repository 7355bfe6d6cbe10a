"""Addresses of the Excel screens."""

from django.urls import path

from portal.households.views import exchange

app_name = "exchange"
urlpatterns = [
    path("", exchange.index, name="index"),
    path("thu/", exchange.try_out, name="try"),
    path("thu-lai/<uuid:key>/", exchange.try_again, name="try_again"),
    path("ghi/<uuid:key>/", exchange.confirm, name="confirm"),
    path("lo/<int:pk>/", exchange.batch, name="batch"),
    path("xuat/", exchange.export, name="export"),
]
