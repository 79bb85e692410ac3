from django.urls import path

from returns.views import duties

urlpatterns = [
    path("", duties.duties, name="list"),
    path("filed/", duties.filed, name="filed"),
    path("filed/<slug:public_id>/", duties.detail, name="detail"),
    path("filed/<slug:public_id>/send/", duties.send, name="send"),
    path("filed/<slug:public_id>/accept/", duties.accept, name="accept"),
    path("filed/<slug:public_id>/send-back/", duties.send_back, name="send-back"),
    path("duties/<slug:public_id>/", duties.duty, name="duty"),
]
