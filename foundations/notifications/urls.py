from django.urls import path

from foundations.notifications.views import feed, notices, settings

app_name = "notifications"
urlpatterns = [
    path("", notices.notices, name="list"),
    path("read-all/", notices.read_all, name="read-all"),
    path("settings/", settings.preferences, name="settings"),
    path("settings/messenger/", settings.messenger_code, name="messenger-code"),
    path("settings/calendar/", settings.feed_make, name="feed-make"),
    path("settings/calendar/void/", settings.feed_revoke, name="feed-revoke"),
    path("calendar/<str:secret>.ics", feed.feed, name="feed"),
    path("<slug:public_id>/read/", notices.read, name="read"),
]
