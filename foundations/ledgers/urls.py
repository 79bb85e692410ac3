from django.urls import path

from foundations.ledgers import views

app_name = "ledgers"
urlpatterns = [
    path("save/", views.save_view, name="save-view"),
    path("<slug:public_id>/delete/", views.delete_view, name="delete-view"),
]
