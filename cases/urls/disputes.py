from django.urls import path

from cases.views import detail, ledger

urlpatterns = [
    path("", ledger.ledger, name="list"),
    path("<str:public_id>/", detail.detail, name="detail"),
]
