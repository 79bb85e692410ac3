from django.urls import path

from meetings.views import agenda, calendar, confidential, invitations, notices, plans, topics

urlpatterns = [
    path("<str:public_id>/topics/new/", topics.new, name="topic-new"),
    path("<str:public_id>/agenda/", agenda.agenda, name="agenda"),
    path("<str:public_id>/agenda/propose/", agenda.propose, name="agenda-propose"),
    path("plans/<str:public_id>/topic/", plans.submit, name="topic-from-plan"),
    path("topics/<str:public_id>/", topics.detail, name="topic"),
    path("topics/<str:public_id>/edit/", topics.edit, name="topic-edit"),
    path("topics/<str:public_id>/material/", topics.material, name="topic-material"),
    path("topics/<str:public_id>/accept/", topics.accept, name="topic-accept"),
    path("topics/<str:public_id>/again/", topics.take_up_again, name="topic-again"),
    path("topics/<str:public_id>/move/", topics.move, name="topic-move"),
    path("topics/<str:public_id>/readers/", confidential.readers, name="readers"),
    path("topics/<str:public_id>/undertaking/", confidential.undertaking, name="undertaking"),
    path("topics/<str:public_id>/<slug:verb>/", topics.decide, name="topic-decide"),
    path("<str:public_id>/invitations/", invitations.listing, name="invitations"),
    path("<str:public_id>/invitations/prepare/", invitations.prepare, name="invitations-prepare"),
    path("<str:public_id>/invitations/new/", invitations.invite, name="invite"),
    path("<str:public_id>/invitations/remind/", invitations.remind, name="remind"),
    path("invitations/<str:public_id>/", invitations.correct, name="invitation"),
    path("invitations/<str:public_id>/drop/", invitations.drop, name="invitation-drop"),
    path("invitations/<str:public_id>/receipt/", invitations.receipt, name="receipt"),
    path("invitations/<str:public_id>/slip.pdf", calendar.slip, name="slip"),
    path("<str:public_id>/notice/", notices.notice, name="notice"),
    path("<str:public_id>/notice/preview.pdf", calendar.notice_preview, name="notice-preview"),
    path("<str:public_id>/calendar.ics", calendar.calendar, name="calendar"),
    path("<str:public_id>/sheets/<slug:kind>.pdf", calendar.sheet, name="sheet"),
]
