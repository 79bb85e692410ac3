from cases.urls import courts, disputes, procedures

app_name = "cases"
# Each part adds its line above; a dispute's own page is the widest pattern, asked last.
urlpatterns = [
    *courts.urlpatterns,
    *procedures.urlpatterns,
    *disputes.urlpatterns,
]
