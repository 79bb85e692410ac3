from cases.urls import courts, disputes, hearings, intake, mediation, procedures, registers

app_name = "cases"
# Each part adds its line above; a dispute's own page is the widest pattern, asked last.
urlpatterns = [
    *courts.urlpatterns,
    *hearings.urlpatterns,
    *intake.urlpatterns,
    *mediation.urlpatterns,
    *registers.urlpatterns,
    *procedures.urlpatterns,
    *disputes.urlpatterns,
]
