from meetings.urls import meetings, session, topics

app_name = "meetings"
urlpatterns = [*meetings.urlpatterns, *topics.urlpatterns, *session.urlpatterns]
