from django.urls import path

from bulletins.views import white_papers as views

urlpatterns = [
    path("white-papers/", views.white_papers, name="white-papers"),
    path("white-papers/new/", views.begin, name="white-paper-new"),
    path("white-papers/<slug:public_id>/", views.white_paper, name="white-paper"),
    path("white-papers/<slug:public_id>/write/", views.write, name="white-paper-write"),
    path("white-papers/<slug:public_id>/count/", views.count_anew, name="white-paper-count"),
    path("white-papers/<slug:public_id>/final/", views.final, name="white-paper-final"),
    path("white-papers/<slug:public_id>/tell/", views.tell, name="white-paper-tell"),
    path("white-papers/<slug:public_id>/draft.pdf", views.preview, name="white-paper-preview"),
    path("white-papers/<slug:public_id>/draft.docx", views.word_draft, name="white-paper-word"),
]
