from django.urls import path

from dashboards.views import attestations, compliance, history, missing, workbench

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
    path("compliance/<slug:key>/<str:number>/attest", attestations.attest, name="attest"),
]
