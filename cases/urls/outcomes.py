from django.urls import path

from cases.views import outcomes, performance, visits

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
    path("notices/<str:public_id>/send/", outcomes.notice_send, name="notice-send"),
    path("notices/<str:public_id>/receipt/", outcomes.notice_receipt, name="notice-receipt"),
    path("notices/<str:public_id>/omit/", outcomes.notice_omit, name="notice-omit"),
    path("losses/", outcomes.loss_register, name="losses"),
    path("losses/<str:public_id>/want/", outcomes.loss_want, name="loss-want"),
    path("losses/<str:public_id>/write/", outcomes.loss_write, name="loss-write"),
    path("losses/<str:public_id>/review/", outcomes.loss_review, name="loss-review"),
    path("losses/<str:public_id>/rectified/", outcomes.loss_rectified, name="loss-rectified"),
    path("losses/<str:public_id>/waive/", outcomes.loss_waive, name="loss-waive"),
    path(
        "parts/<str:public_id>/explanation/",
        outcomes.explanation_notice,
        name="explanation-notice",
    ),
    path(
        "explanations/<str:public_id>/record/",
        outcomes.explanation_record,
        name="explanation-record",
    ),
]
