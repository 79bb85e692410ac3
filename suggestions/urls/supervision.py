from django.urls import path

from suggestions.views import proposals, supervision

urlpatterns = [
    path("addressees/<slug:public_id>/urge/", supervision.urge, name="urge"),
    path("supervision/<slug:public_id>/", supervision.supervision, name="supervision"),
    path("supervision/<slug:public_id>/answer/", supervision.answer, name="supervision-answer"),
    path("supervision/<slug:public_id>/record/", supervision.record_talk, name="talk-record"),
    path("supervision/<slug:public_id>/settle/", supervision.settle, name="supervision-settle"),
    path("proposals/", proposals.proposals, name="proposals"),
    path("proposals/<slug:public_id>/", proposals.proposal, name="proposal"),
    path("proposals/<slug:public_id>/accept/", proposals.accept, name="proposal-accept"),
    path("proposals/<slug:public_id>/dismiss/", proposals.dismiss, name="proposal-dismiss"),
]
