from django.urls import path

from services.documents.views import attachments, documents, files

app_name = "documents"
urlpatterns = [
    path("", documents.document_list, name="list"),
    path("<slug:public_id>/", documents.detail, name="detail"),
    path("<slug:public_id>/progress/", documents.progress, name="progress"),
    path("<slug:public_id>/void/", documents.void, name="void"),
    path("<slug:public_id>/retry/", documents.retry, name="retry"),
    path("<slug:public_id>/preview/", files.preview, name="preview"),
    path("<slug:public_id>/files/<slug:file_format>/", files.document_file, name="file"),
    path("attachments/<slug:public_id>/open/", attachments.attachment, name="attachment"),
    path("attachments/<slug:public_id>/remove/", attachments.remove, name="attachment-remove"),
]
