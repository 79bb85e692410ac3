from django.urls import path

from returns.views import reports

urlpatterns = [
    path("reports/", reports.reports, name="reports"),
    path("reports/new/", reports.report_new, name="report-new"),
    path("reports/<slug:public_id>/", reports.report, name="report"),
    path("reports/<slug:public_id>/write/", reports.report_write, name="report-write"),
    path("reports/<slug:public_id>/issue/", reports.issue, name="report-issue"),
    path("reports/<slug:public_id>/answer/", reports.answer, name="report-answer"),
]
