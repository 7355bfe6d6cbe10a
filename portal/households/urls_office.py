"""Addresses of the register office."""

from django.urls import path

from portal.households.views import office, office_approvals, office_changes, office_duplicates, office_log

app_name = "office"
urlpatterns = [
    path("", office.index, name="index"),
    path("nhat-ky/", office_log.log, name="log"),
    path("trung/", office_duplicates.queue, name="duplicates"),
    path("trung/<str:code>/<str:other>/", office_duplicates.pair, name="pair"),
    path("trung/<str:code>/<str:other>/khong-trung/", office_duplicates.distinct, name="distinct"),
    path("trung/<str:code>/<str:other>/gop/", office_duplicates.ask_merge, name="ask_merge"),
    path("gop/", office_duplicates.merges, name="merges"),
    path("gop/<int:pk>/go/", office_duplicates.undo, name="undo_merge"),
    path("hai-nguoi/", office_approvals.approvals, name="approvals"),
    path("hai-nguoi/<int:pk>/", office_approvals.decide, name="decide"),
    path("ho/<str:code>/", office.household, name="household"),
    path("ho/<str:code>/so-dien-thoai/", office.reveal_phone, name="reveal_phone"),
    path("ho/<str:code>/<slug:change>/", office_changes.change, name="change"),
]
