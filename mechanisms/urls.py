from django.urls import path

from mechanisms import views

app_name = "mechanisms"
urlpatterns = [
    path("", views.mechanism_list, name="list"),
    path("<slug:key>/", views.text, name="text"),
]
