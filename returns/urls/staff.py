from django.urls import path

from returns.views import staff

urlpatterns = [
    path("staff/", staff.staff, name="staff"),
    path("staff/new/", staff.handler_new, name="handler-new"),
    path("staff/<slug:public_id>/", staff.handler, name="handler"),
    path("staff/<slug:public_id>/certify/", staff.certify, name="handler-certify"),
    path("staff/<slug:public_id>/end/", staff.end, name="handler-end"),
]
