from cases.urls import (
    care,
    courts,
    disputes,
    hearings,
    imports,
    intake,
    mediation,
    outcomes,
    papers,
    procedures,
    registers,
)

app_name = "cases"
# Each part adds its line above; a dispute's own page is the widest pattern, asked last.
urlpatterns = [
    *care.urlpatterns,
    *courts.urlpatterns,
    *hearings.urlpatterns,
    *imports.urlpatterns,
    *intake.urlpatterns,
    *mediation.urlpatterns,
    *registers.urlpatterns,
    *outcomes.urlpatterns,
    *papers.urlpatterns,
    *procedures.urlpatterns,
    *disputes.urlpatterns,
]
