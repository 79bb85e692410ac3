from django.urls import path

from members.views import (
    account,
    administration,
    aliases,
    groups,
    handovers,
    organizations,
    people,
    rosters,
    sign_in,
)

app_name = "members"
urlpatterns = [
    path("sign-in/", sign_in.sign_in_page, name="sign-in"),
    path("sign-out/", sign_in.sign_out_page, name="sign-out"),
    path("account/", account.account_page, name="account"),
    path("account/password/", account.password_page, name="password"),
    path("organizations/", organizations.organization_list, name="organizations"),
    path("organizations/new/", organizations.organization_new, name="organization-new"),
    path("organizations/search/", organizations.organization_search, name="organization-search"),
    path("organizations/groups/", groups.group_list, name="groups"),
    path("organizations/groups/<slug:jurisdiction>/<slug:key>/", groups.group_edit, name="group"),
    path("organizations/names/new/", aliases.alias_new, name="alias-new"),
    path("organizations/<str:public_id>/", organizations.organization_detail, name="organization"),
    path(
        "organizations/<str:public_id>/edit/",
        organizations.organization_edit,
        name="organization-edit",
    ),
    path(
        "organizations/<str:public_id>/succession/",
        organizations.organization_succeed,
        name="organization-succeed",
    ),
    path("organizations/<str:public_id>/names/end/", aliases.alias_end, name="alias-end"),
    path("people/", people.person_list, name="people"),
    path("people/new/", people.person_new, name="person-new"),
    path("people/posts/<str:public_id>/end/", people.post_end, name="post-end"),
    path("people/handovers/<str:public_id>/", handovers.handover_detail, name="handover"),
    path("people/<str:public_id>/", people.person_detail, name="person"),
    path("people/<str:public_id>/edit/", people.person_edit, name="person-edit"),
    path("people/<str:public_id>/phone/", people.person_reveal, name="person-reveal"),
    path("people/<str:public_id>/posts/", people.post_new, name="post-new"),
    path("people/<str:public_id>/hand-over/", handovers.handover_new, name="handover-new"),
    path("rosters/", rosters.body_list, name="rosters"),
    path("rosters/<str:public_id>/", rosters.roster_page, name="roster"),
    path("rosters/<str:public_id>/change/", rosters.roster_change, name="roster-change"),
    path("accounts/", administration.account_list, name="accounts"),
    path("accounts/new/", administration.account_new, name="account-new"),
    path("accounts/roles/<str:public_id>/end/", administration.role_end, name="role-end"),
    path("accounts/of/<str:username>/", administration.account_detail, name="account-detail"),
    path(
        "accounts/of/<str:username>/disable/",
        administration.account_disable,
        name="account-disable",
    ),
    path(
        "accounts/of/<str:username>/enable/", administration.account_enable, name="account-enable"
    ),
    path(
        "accounts/of/<str:username>/expiry/", administration.account_expiry, name="account-expiry"
    ),
    path("accounts/of/<str:username>/reset/", administration.account_reset, name="account-reset"),
    path("accounts/of/<str:username>/roles/", administration.role_bind, name="role-bind"),
]
