from django.urls import path

from cases.views import opening, steps

urlpatterns = [
    path("<str:public_id>/procedures/", opening.choose, name="choose"),
    path("<str:public_id>/procedures/new/<slug:kind>/", opening.opening, name="open"),
    path(
        "<str:public_id>/procedures/<str:procedure_id>/<slug:key>/",
        steps.step,
        name="step",
    ),
]
