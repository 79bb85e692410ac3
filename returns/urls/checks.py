from django.urls import path

from returns.views import checks

urlpatterns = [
    path("facilities/", checks.facilities, name="facilities"),
    path("checks/", checks.checks, name="checks"),
    path("checks/new/", checks.round_new, name="round-new"),
    path("checks/<slug:public_id>/", checks.check_round, name="round"),
    path("sheets/<slug:public_id>/", checks.sheet, name="sheet"),
    path("sheets/<slug:public_id>/fill/", checks.fill, name="sheet-fill"),
    path("points/<slug:public_id>/mend/", checks.mend, name="point-mend"),
]
