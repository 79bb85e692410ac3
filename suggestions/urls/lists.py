from django.urls import path

from suggestions.views import bulk, detail, ledger, unit

urlpatterns = [
    path("", ledger.ledger, name="list"),
    path("bulk/", bulk.bulk, name="bulk"),
    path("units/", unit.units, name="units"),
    path("units/<slug:public_id>/", unit.unit, name="unit"),
]
# Asked after every other address: any one word may be a letter.
detail_patterns = [path("<slug:public_id>/", detail.detail, name="detail")]
