from django.urls import path

from meetings.views import activities, activity_acts

urlpatterns = [
    path("activities/", activities.ledger, name="activities"),
    path("activities/plan/<slug:key>/", activities.plan, name="activity-plan"),
    path("activities/plan/<slug:key>/new/", activity_acts.new, name="activity-new"),
    path("activities/asked/<str:public_id>/", activity_acts.answer, name="activity-answer"),
    path("activities/asked/<str:public_id>/drop/", activity_acts.drop, name="activity-drop"),
    path("activities/<str:public_id>/", activities.detail, name="activity"),
    path("activities/<str:public_id>/edit/", activity_acts.edit, name="activity-edit"),
    path("activities/<str:public_id>/invite/", activity_acts.invite, name="activity-invite"),
    path("activities/<str:public_id>/announce/", activity_acts.announce, name="activity-announce"),
    path("activities/<str:public_id>/move/", activity_acts.move, name="activity-move"),
    path("activities/<str:public_id>/cancel/", activity_acts.cancel, name="activity-cancel"),
    path("activities/<str:public_id>/hold/", activity_acts.hold, name="activity-hold"),
    path("activities/<str:public_id>/material/", activity_acts.material, name="activity-material"),
    path("activities/<str:public_id>/opinion/", activity_acts.opinion, name="activity-opinion"),
    path("activities/<str:public_id>/files/", activity_acts.score, name="activity-file"),
    path("activities/<str:public_id>/report/", activity_acts.report, name="activity-report"),
    path("activities/<str:public_id>/conclude/", activity_acts.conclude, name="activity-conclude"),
    path(
        "activities/<str:public_id>/calendar.ics",
        activity_acts.calendar,
        name="activity-calendar",
    ),
    path(
        "activities/<str:public_id>/papers/<slug:kind>.pdf",
        activity_acts.paper,
        name="activity-paper",
    ),
]
