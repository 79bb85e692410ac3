from django.urls import path

from services.documents.personnel import views as personnel
from services.documents.views import attachments, documents, files

app_name = "documents"
urlpatterns = [
    path("", documents.document_list, name="list"),
    path("rosters/<str:public_id>/roster.pdf", personnel.roster_paper, name="roster-paper"),
    path("changes/<str:public_id>/notice/", personnel.change_notice, name="change-notice"),
    path(
        "changes/<str:public_id>/notice.pdf",
        personnel.change_notice_preview,
        name="change-notice-preview",
    ),
    path("handovers/<str:public_id>/sheet.pdf", personnel.handover_paper, name="handover-sheet"),
    path("<slug:public_id>/", documents.detail, name="detail"),
    path("<slug:public_id>/progress/", documents.progress, name="progress"),
    path("<slug:public_id>/void/", documents.void, name="void"),
    path("<slug:public_id>/retry/", documents.retry, name="retry"),
    path("<slug:public_id>/preview/", files.preview, name="preview"),
    path("<slug:public_id>/files/<slug:file_format>/", files.document_file, name="file"),
    path("attachments/<slug:public_id>/open/", attachments.attachment, name="attachment"),
    path("attachments/<slug:public_id>/remove/", attachments.remove, name="attachment-remove"),
]
