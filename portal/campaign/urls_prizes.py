"""Addresses of the work around the games: looking at entries, matching, judging, prizes, messages, erasing."""

from django.urls import path

from portal.campaign.views import handover, judging, matching, moderation, official_messages, sponsors, work

app_name = "gameprizes"
urlpatterns = [
    path("", work.index, name="index"),
    path("vong/<int:pk>/xem/", moderation.queue, name="moderation"),
    path("vong/<int:pk>/xem/duyet/", moderation.approve_many, name="approve_many"),
    path("vong/<int:pk>/xem/<str:code>/", moderation.say, name="moderate"),
    path("hoan-tac/<int:said>/", moderation.undo, name="undo_moderation"),
    path("anh/<int:photo>/", moderation.photo, name="photo"),
    path("vong/<int:pk>/khop/", matching.queue, name="matching"),
    path("vong/<int:pk>/khop/noi/", matching.match, name="match"),
    path("vong/<int:pk>/khop/hoan-tac/", matching.undo, name="undo_match"),
    path("vong/<int:pk>/cham/", judging.progress, name="judging"),
    path("cham/", judging.desk, name="judge_desk"),
    path("cham/<int:pk>/", judging.table, name="judge_table"),
    path("cham/<int:pk>/<int:number>/", judging.entry, name="judge_entry"),
    path("cham/<int:pk>/<int:number>/anh/<int:photo>/", judging.photo, name="judge_photo"),
    path("vong/<int:pk>/trao/", handover.prizes, name="handover"),
    path("vong/<int:pk>/trao/bien-nhan.pdf", handover.paper, name="handover_paper"),
    path("vong/<int:pk>/trao/<int:award>/", handover.prize, name="prize"),
    path("vong/<int:pk>/trao/<int:award>/chua-den/", handover.missed, name="missed"),
    path("vong/<int:pk>/trao/<int:award>/ghi-nham/", handover.correct, name="correct"),
    path("vong/<int:pk>/trao/<int:award>/bien-nhan/<int:said>/", handover.receipt, name="receipt"),
    path("tai-tro/", sponsors.ledger, name="ledger"),
    path("tai-tro/so.xlsx", sponsors.workbook, name="workbook"),
    path("tai-tro/ghi/<slug:kind>/", sponsors.add, name="add_line"),
    path("tai-tro/dang-ten/<int:line>/", sponsors.name, name="name_sponsor"),
    path("tai-tro/<slug:kind>/<int:line>/gach-bo/", sponsors.strike, name="strike_line"),
    path("tai-tro/<slug:kind>/<int:line>/bien-nhan/", sponsors.receipt, name="line_receipt"),
    path("tin/", official_messages.issued, name="messages"),
    path("tin/soan/", official_messages.issue, name="issue_message"),
    path("tin/gia/", official_messages.scam, name="note_scam"),
    path("tin/gia/<int:scam>/bo/", official_messages.drop, name="drop_scam"),
    path("tin/<str:code>/", official_messages.message, name="message"),
]
