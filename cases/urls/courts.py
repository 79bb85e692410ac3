from django.urls import path

from cases.views import courts

urlpatterns = [
    path("courts/", courts.courts, name="courts"),
    path("courts/edit/", courts.edit, name="courts-edit"),
]
