from django.urls import path

from problems.views import consultations as v

urlpatterns = [
    path("consultations/", v.consultation_list, name="consultations"),
    path("consultations/new/", v.new_consultation, name="consultation-new"),
    path("consultations/<str:public_id>/", v.consultation, name="consultation"),
    path("consultations/<str:public_id>/edit/", v.edit_consultation, name="consultation-edit"),
    path("consultations/<str:public_id>/ask/", v.ask, name="consultation-ask"),
    path("consultations/<str:public_id>/conclude/", v.conclude, name="consultation-conclude"),
    path("consultations/<str:public_id>/files/", v.files, name="consultation-files"),
    path("asked/<str:public_id>/opinion/", v.opinion, name="opinion"),
    path("asked/<str:public_id>/reply/", v.reply, name="reply"),
    path("opinions/<str:public_id>/decide/", v.decide, name="decide"),
]
