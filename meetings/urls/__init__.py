from meetings.urls import activities, meetings, session, topics

app_name = "meetings"
# A meeting's own page is the widest pattern, so that it is asked last.
urlpatterns = [
    *activities.urlpatterns,
    *topics.urlpatterns,
    *session.urlpatterns,
    *meetings.urlpatterns,
]
