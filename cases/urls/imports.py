from django.urls import path

from cases.views import exports, imports, mappings

urlpatterns = [
    path("imports/", imports.imports, name="imports"),
    path("imports/template/<slug:kind>/", imports.template, name="import-template"),
    path("imports/mappings/<str:public_id>/", mappings.mapping, name="mapping"),
    path("imports/mappings/<str:public_id>/remove/", mappings.remove, name="mapping-remove"),
    path("imports/<str:public_id>/", imports.one, name="import"),
    path("imports/<str:public_id>/columns/", imports.assign, name="import-columns"),
    path("imports/<str:public_id>/confirm/", imports.confirm, name="import-confirm"),
    path("imports/<str:public_id>/discard/", imports.discard, name="import-discard"),
    path("imports/<str:public_id>/faults/", imports.faults, name="import-faults"),
    path("exports/<str:way>/", exports.export, name="export"),
]
