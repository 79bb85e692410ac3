from django.urls import path

from cases.views import notice_lists, outcome_acts, outcomes, performance, visits

urlpatterns = [
    path("performance/", performance.register, name="performance"),
    path("performance/<str:public_id>/performed/", performance.performed, name="performed"),
    path("performance/<str:public_id>/confirm/", performance.confirm, name="performance-confirm"),
    path("performance/<str:public_id>/release/", performance.release, name="performance-release"),
    path("procedures/<str:public_id>/owed/", performance.owed, name="performance-new"),
    path("procedures/<str:public_id>/report/", performance.report, name="performance-report"),
    path("visits/", visits.register, name="visits"),
    path("visits/<str:public_id>/record/", visits.visit, name="visit"),
    path("procedures/<str:public_id>/visit/", visits.arrange, name="visit-arrange"),
    path("notices/", outcomes.notice_register, name="notices"),
    path("notices/list/", outcomes.notice_list, name="notice-list"),
    path("notices/list/preview/", notice_lists.preview, name="notice-list-preview"),
    path("notices/lists/", notice_lists.lists, name="notice-lists"),
    path("notices/<str:public_id>/send/", outcome_acts.notice_send, name="notice-send"),
    path("notices/<str:public_id>/receipt/", outcome_acts.notice_receipt, name="notice-receipt"),
    path("notices/<str:public_id>/omit/", outcome_acts.notice_omit, name="notice-omit"),
    path("losses/", outcomes.loss_register, name="losses"),
    path("losses/<str:public_id>/want/", outcome_acts.loss_want, name="loss-want"),
    path("losses/<str:public_id>/write/", outcome_acts.loss_write, name="loss-write"),
    path("losses/<str:public_id>/review/", outcome_acts.loss_review, name="loss-review"),
    path("losses/<str:public_id>/rectified/", outcome_acts.loss_rectified, name="loss-rectified"),
    path("losses/<str:public_id>/waive/", outcome_acts.loss_waive, name="loss-waive"),
    path(
        "parts/<str:public_id>/explanation/",
        outcome_acts.explanation_notice,
        name="explanation-notice",
    ),
    path(
        "explanations/<str:public_id>/record/",
        outcome_acts.explanation_record,
        name="explanation-record",
    ),
]
