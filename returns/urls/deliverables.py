from django.urls import path

from returns.views import deliverables

urlpatterns = [
    path("deliverables/", deliverables.deliverables, name="deliverables"),
    path("deliverables/<slug:public_id>/", deliverables.deliverable, name="deliverable"),
    path("deliverables/<slug:public_id>/deliver/", deliverables.deliver, name="deliver"),
]
