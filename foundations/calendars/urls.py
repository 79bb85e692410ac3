from django.urls import path

from foundations.calendars import views

app_name = "calendars"
urlpatterns = [
    path("", views.holidays, name="list"),
    path("edit/", views.edit, name="edit"),
]
