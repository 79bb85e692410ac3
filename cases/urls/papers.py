from django.urls import path

from cases.views import issuing

PAPER = "papers/<slug:kind>/<str:public_id>/"
urlpatterns = [
    path(PAPER, issuing.paper, name="paper"),
    path(f"{PAPER}preview.pdf", issuing.preview, name="paper-preview"),
    path(f"{PAPER}draft.docx", issuing.word_draft, name="paper-word"),
    path("issued-papers/<str:public_id>/void/", issuing.void, name="paper-void"),
]
