from django.urls import path

from workplans.views import acts, issues

urlpatterns = [
    path("issues/", issues.issues, name="issues"),
    path("issues/new", issues.enter, name="issue-new"),
    path("issues/recurring", issues.recurring, name="recurring"),
    path("issues/<str:public_id>/", issues.issue, name="issue"),
    path("issues/<str:public_id>/rectify", acts.rectify, name="rectify"),
    path("issues/<str:public_id>/verify", acts.verify, name="verify"),
    path("issues/<str:public_id>/reopen", acts.reopen, name="reopen"),
]
