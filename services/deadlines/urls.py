from django.urls import path

from services.deadlines.views import calculator, ledger, moves

app_name = "deadlines"
urlpatterns = [
    path("", ledger.deadlines, name="list"),
    path("calculator/", calculator.calculator, name="calculator"),
    path("rules/", calculator.rules, name="rules"),
    path("moves/", moves.moves, name="moves"),
    path("<slug:public_id>/record/", ledger.record, name="record"),
]
