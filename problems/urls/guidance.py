from django.urls import path

from problems.views import guidance as v

urlpatterns = [
    path("guidance/", v.guidance_list, name="guidance"),
    path("guidance/new/", v.new_guidance, name="guidance-new"),
    path("guidance/<str:public_id>/", v.guidance, name="guidance-letter"),
    path("guidance/<str:public_id>/edit/", v.edit_guidance, name="guidance-edit"),
    path("guidance/<str:public_id>/send/", v.send_guidance, name="guidance-send"),
    path("guidance/<str:public_id>/reply/", v.reply, name="guidance-reply"),
    path("guidance/<str:public_id>/close/", v.close, name="guidance-close"),
    path("guidance/<str:public_id>/files/", v.guidance_files, name="guidance-letter-files"),
    path("visits/", v.visit_list, name="visits"),
    path("visits/new/", v.new_visit, name="visit-new"),
    path("visits/<str:public_id>/", v.visit, name="visit"),
    path("visits/<str:public_id>/report/", v.report, name="visit-report"),
    path("visits/<str:public_id>/settle/", v.settle, name="visit-settle"),
    path("visits/<str:public_id>/files/", v.visit_files, name="visit-files"),
]
