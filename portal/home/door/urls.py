"""`/quan-tri/`: the door itself, and the pages about accounts."""

from django.urls import path

from portal.home.door import accounts, own_account, passkeys, send_again, sign_in

app_name = "door"
urlpatterns = [
    path("buoc-hai/", sign_in.code, name="code"),
    path("buoc-hai/dat/", sign_in.set_up, name="set_up"),
    path("buoc-hai/khoa/", passkeys.add, name="add_passkey"),
    path("gui-lai/", send_again.send_again, name="send_again"),
    path("an-toan/", own_account.own_account, name="own_account"),
    path("an-toan/dang-xuat-may/", own_account.sign_out_machines, name="sign_out_machines"),
    path("an-toan/xac-nhan/<slug:deed>/", own_account.confirm, name="confirm"),
    path("an-toan/khoa/<int:pk>/go/", passkeys.remove, name="remove_passkey"),
    path("tai-khoan/<int:pk>/", accounts.account, name="account"),
    path("tai-khoan/<int:pk>/dang-xuat/", accounts.sign_out, name="sign_out"),
    path("tai-khoan/<int:pk>/go-buoc-hai/", accounts.take_factor_off, name="take_factor_off"),
    path("tai-khoan/<int:pk>/dong/", accounts.close, name="close"),
]
