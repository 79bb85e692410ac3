from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from foundations.audit.verbs import Words, verbs

TOLD: dict[str, Words] = {
    "notifications.notice.read": _("Read the notice"),
    "notifications.notices.read": _("Marked %(count)s notices as read"),
    "notifications.preferences.kept": _("Changed how notices are to be told"),
    "notifications.messenger.confirmed": _("Confirmed the id in the messenger"),
    "notifications.feed.made": _("Made a secret address of the calendar"),
    "notifications.feed.revoked": _("Withdrew the secret address of the calendar"),
}


class NotificationsConfig(AppConfig):
    name = "foundations.notifications"
    label = "notifications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("foundations.notifications.policy")
        verbs.update(TOLD)
