from django.urls import path

from suggestions.views import reply_papers, reports

urlpatterns = [
    path("reports/", reports.yearly, name="yearly"),
    path("reports/table.xlsx", reports.table, name="yearly-table"),
    path("reports/<slug:public_id>/", reports.report, name="report"),
    path("reports/<slug:public_id>/issue/", reports.issue, name="report-issue"),
    path("replies/<slug:public_id>/letter/", reply_papers.reply_paper, name="reply-paper"),
]
