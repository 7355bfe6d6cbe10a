"""Addresses of the register office."""

from django.urls import path

from portal.households.views import (
    cards,
    consents,
    office,
    office_approvals,
    office_changes,
    office_criteria,
    office_desk,
    office_duplicates,
    office_log,
    office_objections,
)

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
    path("tieu-chi/", office_criteria.criteria_sets, name="criteria_sets"),
    path("tieu-chi/<int:pk>/", office_criteria.criteria_set, name="criteria_set"),
    path("tieu-chi/<int:pk>/ban-nhap/", office_criteria.draft, name="draft_criteria"),
    path("tieu-chi/<int:pk>/sua/", office_criteria.edit, name="edit_criteria"),
    path("tieu-chi/<int:pk>/ap-dung/", office_criteria.activate, name="activate_criteria"),
    path("tieu-chi/<int:pk>/them/", office_criteria.criterion, name="add_criterion"),
    path("tieu-chi/<int:pk>/<slug:key>/sua/", office_criteria.criterion, name="criterion"),
    path("tieu-chi/<int:pk>/<slug:key>/bo/", office_criteria.drop, name="drop_criterion"),
    path("to/", office_desk.teams, name="teams"),
    path("to/<int:pk>/ra/", office_desk.leave, name="leave_team"),
    path("nho-giup/", office_desk.help_queue, name="help_queue"),
    path("nho-giup/<int:pk>/", office_desk.close_help, name="close_help"),
    path("hoi-lai/", office_objections.objections, name="objections"),
    path("hoi-lai/<int:pk>/", office_objections.answer, name="answer_objection"),
    path("du-lieu/", office_desk.data_requests, name="data_requests"),
    path("du-lieu/<int:pk>/", office_desk.answer_data, name="answer_data"),
    path("ho/<str:code>/", office.household, name="household"),
    path("ho/<str:code>/so-dien-thoai/", office.reveal_phone, name="reveal_phone"),
    path("ho/<str:code>/the/", cards.office_card, name="card"),
    path("ho/<str:code>/dong-y/", consents.office_consents, name="consents"),
    path("ho/<str:code>/<slug:change>/", office_changes.change, name="change"),
]
