from bulletins.urls import bulletins, library, obligations, white_papers

app_name = "bulletins"
# Each part adds its line; the widest pattern is asked last.
urlpatterns = [
    *obligations.urlpatterns,
    *library.urlpatterns,
    *bulletins.urlpatterns,
    *white_papers.urlpatterns,
]
