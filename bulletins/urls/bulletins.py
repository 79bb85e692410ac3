from django.urls import path

from bulletins.views import bulletin_acts as acts
from bulletins.views import bulletin_list, bulletin_pages, bulletin_writing

urlpatterns = [
    path("issues/", bulletin_list.bulletins, name="list"),
    path("issues/receive/", bulletin_list.receive_several, name="receive-several"),
    path("issues/new/", bulletin_writing.new, name="new"),
    path("issues/<slug:public_id>/", bulletin_pages.detail, name="detail"),
    path("issues/<slug:public_id>/edit/", bulletin_writing.edit, name="edit"),
    path("issues/<slug:public_id>/preview.pdf", bulletin_pages.preview, name="preview"),
    path("issues/<slug:public_id>/tables.xlsx", bulletin_pages.tables_file, name="tables-file"),
    path("issues/<slug:public_id>/attach/", acts.attach, name="attach"),
    path("issues/<slug:public_id>/send/", acts.send, name="send"),
    path("issues/<slug:public_id>/approve/", acts.approve, name="approve"),
    path("issues/<slug:public_id>/return/", acts.return_draft, name="return"),
    path("issues/<slug:public_id>/sign/", acts.sign, name="sign"),
    path("issues/<slug:public_id>/circulate/", acts.circulate, name="circulate"),
    path("issues/<slug:public_id>/receive/", acts.receive, name="receive"),
    path("issues/<slug:public_id>/correct/", acts.correct, name="correct"),
    path("issues/<slug:public_id>/discard/", acts.discard, name="discard"),
    path("issues/<slug:public_id>/comment/", acts.comment, name="comment"),
    path("issues/<slug:public_id>/table/<slug:key>/", bulletin_writing.table, name="table"),
    path("issues/<slug:public_id>/count/<slug:key>/", bulletin_writing.count, name="count"),
    path("opinions/<slug:public_id>/answer/", acts.reply, name="reply"),
]
