from django.urls import path

from meetings.views import ad_hoc, days, meetings

urlpatterns = [
    path("", meetings.ledger, name="list"),
    path("plan/<slug:key>/", meetings.plan, name="plan"),
    path("plan/<slug:key>/restart/", days.restart, name="restart"),
    path("propose/", ad_hoc.propose, name="propose-ad-hoc"),
    path("propose/<slug:key>/", ad_hoc.propose, name="propose-ad-hoc"),
    path("answer/<str:public_id>/", days.answer, name="answer"),
    path("answer/<str:public_id>/take-back/", days.take_back, name="take-back"),
    path("<str:public_id>/", meetings.detail, name="detail"),
    path("<str:public_id>/day/", days.day, name="day"),
    path("<str:public_id>/arrange/", days.change, {"name": "arrange"}, name="arrange"),
    path("<str:public_id>/postpone/", days.change, {"name": "postpone"}, name="postpone"),
    path("<str:public_id>/cancel/", days.change, {"name": "cancel"}, name="cancel"),
    path("<str:public_id>/swap/", days.change, {"name": "swap"}, name="swap"),
]
