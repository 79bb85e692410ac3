from django.urls import path

from assessments.views import schemes, sheets

app_name = "assessments"
# The widest pattern is asked last.
urlpatterns = [
    path("", sheets.sheets, name="list"),
    path("schemes/", schemes.schemes, name="schemes"),
    path("schemes/new/", schemes.new, name="scheme-new"),
    path("schemes/<str:public_id>/", schemes.scheme, name="scheme"),
    path("schemes/<str:public_id>/edit/", schemes.edit, name="scheme-edit"),
    path("schemes/<str:public_id>/adopt/", schemes.adopt, name="scheme-adopt"),
    path("schemes/<str:public_id>/drop/", schemes.drop, name="scheme-drop"),
    path("schemes/<str:public_id>/next", schemes.next_edition, name="scheme-next"),
    path("schemes/<str:public_id>/items/new/", schemes.item_new, name="item-new"),
    path("schemes/<str:public_id>/sheets/new/", schemes.sheet_new, name="sheet-new"),
    path("items/<str:public_id>/edit/", schemes.item_edit, name="item-edit"),
    path("items/<str:public_id>/remove", schemes.item_remove, name="item-remove"),
    path("units/<str:public_id>/", sheets.unit, name="unit"),
    path("units/<str:public_id>/agree", sheets.agree, name="agree"),
    path("scores/<str:public_id>/judge/", sheets.judge, name="judge"),
    path("scores/<str:public_id>/object/", sheets.object_to, name="object"),
    path("objections/<str:public_id>/answer/", sheets.answer, name="answer"),
    path("<str:public_id>/", sheets.sheet, name="sheet"),
    path("<str:public_id>/count", sheets.count, name="sheet-count"),
    path("<str:public_id>/announce/", sheets.announce, name="sheet-announce"),
    path("<str:public_id>/publish/", sheets.publish, name="sheet-publish"),
    path("<str:public_id>/correct/", sheets.correct, name="sheet-correct"),
    path("<str:public_id>/drop/", sheets.drop, name="sheet-drop"),
]
