from django.urls import path

from suggestions.views import issuing, letters

urlpatterns = [
    path("new/", letters.new, name="new"),
    path("<slug:public_id>/edit/", letters.edit, name="edit"),
    path("<slug:public_id>/issue/", issuing.issue, name="issue"),
    path("<slug:public_id>/preview.pdf", issuing.preview, name="preview"),
    path("<slug:public_id>/attach/", issuing.attach, name="attach"),
    path("<slug:public_id>/withdraw/", issuing.withdraw, name="withdraw"),
    path("<slug:public_id>/addressees/new/", issuing.add_addressee, name="add-addressee"),
    path("<slug:public_id>/copy/sign/", issuing.sign_copy, name="sign-copy"),
]
