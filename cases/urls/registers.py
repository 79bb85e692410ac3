from django.urls import path

from cases.views import registers

urlpatterns = [
    path("registers/", registers.professionals, name="registers"),
    path("registers/new/", registers.professional_new, name="professional-new"),
    path("registers/<str:public_id>/", registers.professional, name="professional"),
    path("<str:public_id>/help/", registers.help_new, name="help-new"),
    path("<str:public_id>/help/<str:help_id>/assign/", registers.help_assign, name="help-assign"),
    path("<str:public_id>/help/<str:help_id>/answer/", registers.help_answer, name="help-answer"),
    path("<str:public_id>/help/<str:help_id>/cancel/", registers.help_cancel, name="help-cancel"),
    path("<str:public_id>/legal-aid/", registers.aid_new, name="aid-new"),
    path("<str:public_id>/legal-aid/<str:aid_id>/", registers.aid, name="aid"),
]
