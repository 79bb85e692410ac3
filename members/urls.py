from django.urls import path

from members.views import account, sign_in

app_name = "members"
urlpatterns = [
    path("sign-in/", sign_in.sign_in_page, name="sign-in"),
    path("sign-out/", sign_in.sign_out_page, name="sign-out"),
    path("account/", account.account_page, name="account"),
    path("account/password/", account.password_page, name="password"),
]
