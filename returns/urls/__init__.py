from returns.urls import checks, declarations, deliverables, duties, reports, staff

app_name = "returns"
urlpatterns = [
    *deliverables.urlpatterns,
    *staff.urlpatterns,
    *checks.urlpatterns,
    *reports.urlpatterns,
    *declarations.urlpatterns,
    *duties.urlpatterns,
]
