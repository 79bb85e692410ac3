"""Every address of the portal, one line a room."""

from django.urls import include, path
from django.views.i18n import set_language

from liaison_portal import health

urlpatterns = [
    path("", include("dashboards.urls")),
    path("", include("members.urls")),
    path("mechanisms/", include("mechanisms.urls")),
    path("meetings/", include("meetings.urls")),
    path("disputes/", include("cases.urls")),
    path("suggestions/", include("suggestions.urls")),
    path("bulletins/", include("bulletins.urls")),
    path("problems/", include("problems.urls")),
    path("assessments/", include("assessments.urls")),
    path("returns/", include("returns.urls")),
    path("workplans/", include("workplans.urls")),
    path("deadlines/", include("services.deadlines.urls")),
    path("calendars/", include("foundations.calendars.urls")),
    path("documents/", include("services.documents.urls")),
    path("notices/", include("foundations.notifications.urls")),
    path("views/", include("foundations.ledgers.urls")),
    path("audit/", include("foundations.ledgers.trail_urls")),
    path("language", set_language, name="set-language"),
    path("healthz", health.healthz, name="healthz"),
]

handler400 = "liaison_portal.errors.bad_request"
handler403 = "liaison_portal.errors.forbidden"
handler404 = "liaison_portal.errors.not_found"
handler500 = "liaison_portal.errors.server_error"
