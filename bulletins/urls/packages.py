from django.urls import path

from bulletins.views import packages

urlpatterns = [
    path("packages/", packages.quarter, name="packages"),
    path("packages/table.xlsx", packages.table, name="package-table"),
    path("packages/<slug:public_id>/", packages.package, name="package"),
]
