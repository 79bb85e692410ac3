from suggestions.urls import addressees, letters, lists, reports, supervision

app_name = "suggestions"
# A letter's own page is the widest pattern, so that it is asked last.
urlpatterns = [
    *lists.urlpatterns,
    *addressees.urlpatterns,
    *supervision.urlpatterns,
    *reports.urlpatterns,
    *letters.urlpatterns,
    *lists.detail_patterns,
]
