from problems.urls import consultations, guidance, law, problems

app_name = "problems"
# The widest pattern is asked last.
urlpatterns = [
    *law.urlpatterns,
    *consultations.urlpatterns,
    *guidance.urlpatterns,
    *problems.urlpatterns,
]
