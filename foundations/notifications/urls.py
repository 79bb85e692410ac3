from django.urls import path

from foundations.notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.notices, name="list"),
    path("read-all/", views.read_all, name="read-all"),
    path("<slug:public_id>/read/", views.read, name="read"),
]
