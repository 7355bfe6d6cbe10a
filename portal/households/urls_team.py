"""Addresses of the village team's desk."""

from django.urls import path

from portal.households.views import (
    cards,
    consents,
    minutes_scans,
    team,
    team_help,
    team_paper,
    team_proposals,
    team_register,
    team_visits,
)

app_name = "team"
urlpatterns = [
    path("", team.today, name="today"),
    path("ho/", team.households, name="households"),
    path("ho/<str:code>/", team.household, name="household"),
    path("ho/<str:code>/the/", cards.team_card, name="card"),
    path("ho/<str:code>/dong-y/", consents.team_consents, name="consents"),
    path("ho/<str:code>/tham/", team_visits.visit, name="visit"),
    path("phieu-tham/", team_visits.visit_pile, name="visit_pile"),
    path("luot-tham/", team_visits.visit_batch, name="visit_batch"),
    path("anh/<int:pk>/", team_visits.evidence, name="evidence"),
    path("giup/<int:pk>/", team_help.help_request, name="help_request"),
    path("giup/<int:pk>/nhan/", team_help.take_help, name="take_help"),
    path("giup/<int:pk>/xong/", team_help.close_help, name="close_help"),
    path("de-nghi/", team_proposals.proposals, name="proposals"),
    path("de-nghi/<int:pk>/", team_proposals.proposal, name="proposal"),
    path("de-nghi/<int:pk>/them/", team_proposals.add, name="add_candidate"),
    path("de-nghi/<int:pk>/them-het/", team_proposals.add_passing, name="add_passing"),
    path("de-nghi/<int:pk>/bo/<int:candidate>/", team_proposals.remove, name="remove_candidate"),
    path("de-nghi/<int:pk>/hoi-lai/", team_proposals.object_to, name="object"),
    path("de-nghi/<int:pk>/tra-loi/<int:objection>/", team_proposals.answer, name="answer_objection"),
    path("de-nghi/<int:pk>/gui/", team_proposals.submit, name="submit_proposal"),
    path("de-nghi/<int:pk>/bien-ban/", minutes_scans.team_add, name="add_minutes_scans"),
    path("de-nghi/<int:pk>/bien-ban/<int:scan>/bo/", minutes_scans.team_drop, name="drop_minutes_scan"),
    path("bien-ban/<int:pk>/", minutes_scans.team_view_scan, name="minutes_scan"),
    path("ghi-giup/", team_register.register, name="register"),
    path("phieu-giay/", team_register.register_from_paper, name="register_from_paper"),
    path("giay-nhan/<uuid:token>/", team_register.receipt, name="receipt"),
    path("in/", team_paper.sheets, name="sheets"),
    path("in/danh-sach/", team_paper.meeting_list, name="meeting_list"),
    path("de-nghi/<int:pk>/hop/", team_paper.proposal_list, name="proposal_list"),
    path("de-nghi/<int:pk>/niem-yet/", team_paper.posting, name="posting"),
]
