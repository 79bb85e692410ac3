from django.urls import path

from returns.views import declarations

urlpatterns = [
    path("declarations/", declarations.declarations, name="declarations"),
    path("declarations/new/", declarations.declaration_new, name="declaration-new"),
    path("declarations/<slug:public_id>/", declarations.declaration, name="declaration"),
    path("declarations/<slug:public_id>/read/", declarations.note, name="declaration-note"),
]
