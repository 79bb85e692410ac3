from django.urls import path

from cases.views import detail, ledger, units

urlpatterns = [
    path("", ledger.ledger, name="list"),
    path("units/", units.units, name="units"),
    path("units/<str:public_id>/", units.unit, name="unit"),
    path("<str:public_id>/", detail.detail, name="detail"),
]
