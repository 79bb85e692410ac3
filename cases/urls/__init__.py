from cases.urls import courts

app_name = "cases"
urlpatterns = [*courts.urlpatterns]
