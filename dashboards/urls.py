from django.urls import path

from dashboards.views import (
    attestations,
    compliance,
    figures,
    history,
    leaders,
    missing,
    queries,
    workbench,
)

app_name = "dashboards"
urlpatterns = [
    path("", workbench.workbench, name="workbench"),
    path("desk/overdue", workbench.overdue_badge, name="overdue-badge"),
    path("compliance/", compliance.front, name="institutions"),
    path("compliance/attestations/<str:public_id>/", attestations.attestation, name="attestation"),
    path(
        "compliance/attestations/<str:public_id>/withdraw",
        attestations.withdraw,
        name="attestation-withdraw",
    ),
    path("compliance/months/<str:public_id>/", history.month, name="month"),
    path("compliance/gaps/", missing.front, name="gaps-front"),
    path("compliance/<slug:key>/gaps", missing.gaps, name="gaps"),
    path("compliance/<slug:key>/", compliance.compliance, name="compliance"),
    path("compliance/<slug:key>/paper", compliance.paper, name="compliance-paper"),
    path("compliance/<slug:key>/history", history.history, name="history"),
    path("leaders/", leaders.front, name="leaders-front"),
    path("leaders/<slug:key>/", leaders.leaders, name="leaders"),
    path("leaders/<slug:key>/units/<str:public_id>/", leaders.unit, name="unit"),
    path("figures/", figures.front, name="figures-front"),
    path("figures/<slug:key>/", figures.figures, name="figures"),
    path("figures/<slug:key>/table.xlsx", figures.table, name="figures-table"),
    path("figures/<slug:key>/queries/", queries.queries, name="queries"),
    path("figures/<slug:key>/queries/new", queries.query_new, name="query-new"),
    path("figures/<slug:key>/queries/table.xlsx", queries.query_table, name="query-table"),
    path("figures/<slug:key>/queries/<str:public_id>/", queries.query, name="query"),
    path(
        "figures/<slug:key>/queries/<str:public_id>/change",
        queries.query_change,
        name="query-change",
    ),
    path(
        "figures/<slug:key>/queries/<str:public_id>/remove",
        queries.query_remove,
        name="query-remove",
    ),
    path("figures/<slug:key>/<str:indicator>/", figures.figure, name="figure"),
    path(
        "figures/<slug:key>/<str:indicator>/<slug:variant>/rows",
        figures.rows,
        name="figure-rows",
    ),
    path("compliance/<slug:key>/<str:number>/attest", attestations.attest, name="attest"),
]
