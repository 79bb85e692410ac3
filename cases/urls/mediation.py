from django.urls import path

from cases.views import agreements, allowance_table, desk, mediation, plans, session_calls

HERE = "<str:public_id>/mediations/<str:procedure_id>/"
urlpatterns = [
    path("mediations/", desk.desk, name="desk"),
    path("allowances/", agreements.allowances, name="allowances"),
    path("allowances/table/", allowance_table.table, name="allowance-table"),
    path("allowances/table.<slug:file_format>", allowance_table.paper, name="allowance-paper"),
    path("allowances/<str:public_id>/", agreements.allowance, name="allowance"),
    # The step's own page: the parties are asked one by one.
    path(
        "<str:public_id>/procedures/<str:procedure_id>/consent/",
        mediation.consents,
        name="consents",
    ),
    path(f"{HERE}sessions/new/", mediation.session_new, name="session-new"),
    path(f"{HERE}way-out/", mediation.way_out, name="way-out"),
    path(f"{HERE}way-out/given-up/", mediation.way_given_up, name="way-given-up"),
    path(f"{HERE}agreement/", agreements.agreement, name="agreement"),
    path(f"{HERE}agreement/sign/", agreements.agreement_sign, name="agreement-sign"),
    path(f"{HERE}allowance/", agreements.allowance_new, name="allowance-new"),
    path("<str:public_id>/sessions/<str:session_id>/", mediation.session, name="session"),
    path(
        "<str:public_id>/sessions/<str:session_id>/cancel/",
        mediation.session_cancel,
        name="session-cancel",
    ),
    path("<str:public_id>/calls/<str:call_id>/", session_calls.call, name="session-call"),
    path("<str:public_id>/calls/<str:call_id>/urge/", session_calls.urge, name="session-urge"),
    path("<str:public_id>/plans/of/<str:unit_id>/", plans.plan_edit, name="plan-edit"),
    path("<str:public_id>/plans/<str:plan_id>/", plans.plan, name="plan"),
    path("<str:public_id>/plans/<str:plan_id>/approve/", plans.plan_approve, name="plan-approve"),
    path("<str:public_id>/plans/<str:plan_id>/submit/", plans.plan_submit, name="plan-submit"),
    path("<str:public_id>/authority/<str:unit_id>/", plans.authority, name="authority"),
    path(
        "<str:public_id>/authority/<str:unit_id>/new/", plans.authority_new, name="authority-new"
    ),
]
