from bulletins.urls import bulletins, library, obligations, packages, white_papers

app_name = "bulletins"
# Each part adds its line; the widest pattern is asked last.
urlpatterns = [
    *obligations.urlpatterns,
    *packages.urlpatterns,
    *library.urlpatterns,
    *bulletins.urlpatterns,
    *white_papers.urlpatterns,
]
