"""Coordination, defence, hand-overs, risk, contacts."""

from django.urls import path

from cases.views import assessments as a
from cases.views import care_registers
from cases.views import coordination as c
from cases.views import defence as d
from cases.views import inquiries as i
from cases.views import risk as r

urlpatterns = [
    path("coordination/", care_registers.coordinations, name="coordinations"),
    path("ratings/", care_registers.ratings, name="ratings"),
    path("coordination/<str:public_id>/", c.coordination, name="coordination"),
    path("coordination/<str:public_id>/call/", c.call, name="coordination-call"),
    path("coordination/<str:public_id>/answer/", c.answer, name="coordination-answer"),
    path("coordination/<str:public_id>/log/", c.log, name="coordination-log"),
    path("coordination/<str:public_id>/measure/", c.new_step, name="coordination-step"),
    path("coordination/<str:public_id>/close/", c.close, name="coordination-close"),
    path("measures/<str:public_id>/done/", c.step_done, name="coordination-step-done"),
    path("measures/<str:public_id>/drop/", c.step_drop, name="coordination-step-drop"),
    path("transfers/<str:public_id>/", c.transfer_answer, name="transfer-answer"),
    path("procedures/<str:public_id>/contact/", c.new_contact, name="contact-new"),
    path("suits/<str:public_id>/defence/", d.organize, name="defence-organize"),
    path("suits/<str:public_id>/power/", d.new_power, name="power-new"),
    path("powers/<str:public_id>/revoke/", d.power_revoke, name="power-revoke"),
    path("defence/<str:public_id>/plan/", d.strategy, name="defence-plan"),
    path("defence/<str:public_id>/paper/", d.paper, name="defence-paper"),
    path("defence/<str:public_id>/seal/", d.seal, name="defence-seal"),
    path("defence-papers/<str:public_id>/receive/", d.receive, name="defence-receive"),
    path("seals/<str:public_id>/", d.seal_answer, name="seal-answer"),
    path("corrections/<str:public_id>/tolerance/", d.tolerance, name="tolerance"),
    path("corrections/<str:public_id>/decision/", d.tolerance_decide, name="tolerance-decide"),
    path("warnings/", r.warnings_list, name="warnings"),
    path("warnings/new/", r.new_warning, name="warning-new"),
    path("warnings/<str:public_id>/", r.warning, name="warning"),
    path("warnings/<str:public_id>/follow/", r.warning_follow, name="warning-follow"),
    path("warnings/<str:public_id>/assign/", r.warning_assign, name="warning-assign"),
    path("warnings/<str:public_id>/close/", r.warning_close, name="warning-close"),
    path("assessments/", a.assessments_list, name="assessments"),
    path("assessments/new/", a.new_assessment, name="assessment-new"),
    path("assessments/<str:public_id>/", a.assessment, name="assessment"),
    path("assessments/<str:public_id>/conclude/", a.conclude, name="assessment-conclude"),
    path("assessments/<str:public_id>/decided/", a.decided, name="assessment-decided"),
    path("assessments/<str:public_id>/duty/", a.duty, name="assessment-duty"),
    path("assessments/<str:public_id>/compare/", a.compare, name="assessment-compare"),
    path("opinions/<str:public_id>/", a.opinion, name="opinion"),
    path("duties/<str:public_id>/done/", a.duty_done, name="duty-done"),
    path("<str:public_id>/coordination/", c.new_coordination, name="coordination-new"),
    path("<str:public_id>/transfer/", c.new_transfer, name="transfer-new"),
    path("inquiries/<str:public_id>/", i.inquiry_answer, name="inquiry-answer"),
    path("<str:public_id>/inquiry/", i.new_inquiry, name="inquiry-new"),
    path("<str:public_id>/correction/", d.new_correction, name="correction-new"),
    path("<str:public_id>/rating/", r.new_rating, name="rating-new"),
]
