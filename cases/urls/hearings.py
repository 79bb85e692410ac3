from django.urls import path

from cases.views import appearances, attending, hearings

DISPUTE = "<str:public_id>/procedures/<str:procedure_id>/hearing/"
urlpatterns = [
    path("hearings/", hearings.calendar, name="hearings"),
    path("hearings/<str:public_id>/", hearings.hearing, name="hearing"),
    path(DISPUTE, hearings.set_one, name="hearing-set"),
    *(
        path(
            f"hearings/<str:public_id>/{key}/",
            hearings.change,
            {"key": key},
            name=f"hearing-{key}",
        )
        for key in hearings.CHANGES
    ),
    path("appearances/", appearances.register, name="appearances"),
    path("appearances/figures/", appearances.figures, name="appearance-figures"),
    *(
        path(
            f"appearances/<str:public_id>/{key}/",
            attending.change,
            {"key": key},
            name=f"appearance-{key}",
        )
        for key in attending.CHANGES
    ),
]
