from django.urls import path

from foundations.ledgers import trail_views

app_name = "audit"
urlpatterns = [path("", trail_views.entries, name="list")]
