from django.urls import path

from cases.views import checklist, intake, lead, parties

urlpatterns = [
    path("new/", intake.new, name="new"),
    path("parties/<slug:public_id>/reveal/", parties.reveal_party, name="reveal"),
    path("parties/<slug:public_id>/correct/", parties.correct, name="party-correct"),
    path("agencies/<slug:public_id>/seat/", lead.seat_person, name="agency-seat"),
    path("<slug:public_id>/guidance/", intake.guidance, name="guidance"),
    path("<slug:public_id>/checklist/", checklist.checklist, name="checklist"),
    path("<slug:public_id>/parties/enter/", parties.enter, name="party-enter"),
    path("<slug:public_id>/parties/agent/", parties.agent, name="agent"),
    path("<slug:public_id>/parties/agents/", parties.carry, name="agents-carry"),
    path("<slug:public_id>/agencies/enter/", lead.add, name="agency-enter"),
    path("<slug:public_id>/agencies/lead/", lead.propose, name="lead"),
    path("<slug:public_id>/agencies/lead/answer/", lead.answer, name="lead-answer"),
    path("<slug:public_id>/agencies/lead/withdraw/", lead.withdraw, name="lead-withdraw"),
]
