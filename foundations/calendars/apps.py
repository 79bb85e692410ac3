from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from foundations.audit.verbs import Words, verbs

TOLD: dict[str, Words] = {
    "calendars.year.published": _("Published the holidays by %(source)s"),
}


class CalendarsConfig(AppConfig):
    name = "foundations.calendars"
    label = "calendars"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        verbs.update(TOLD)
