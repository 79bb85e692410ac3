from django.urls import path

from dashboards import views

app_name = "dashboards"
urlpatterns = [
    path("", views.workbench, name="workbench"),
    path("desk/overdue", views.overdue_badge, name="overdue-badge"),
]
