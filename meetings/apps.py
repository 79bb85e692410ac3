from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "meetings"
    label = "meetings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fill the registries of the rooms below."""
        import_module("meetings.policy")
        import_module("foundations.audit.timeline").verbs.update(
            import_module("meetings.verbs").VERBS
        )
        sections = import_module("mechanisms.sections")
        sections.register(import_module("meetings.sections").MEETING_SECTION)
        import_module("foundations.access.panels").register(
            import_module("suggestions.models").Suggestion,
            import_module("meetings.panels").plan_panel,
        )
        import_module("meetings.rules").register()
        held = import_module("meetings.holdings")
        import_module("members.holdings").register(
            "resolutions", _("Resolutions"), held.open_resolutions_of, held.reassign
        )
        import_module("foundations.access.panels").register(
            import_module("cases.models").Hearing,
            import_module("meetings.panels").observations_panel,
        )
        import_module("services.indicators.sources").register(
            import_module("meetings.figures").RESOLUTIONS
        )
        feeds = import_module("foundations.notifications.feeds").feeds
        feeds["meetings"] = import_module("meetings.feed").meetings_of
        feeds["activities"] = import_module("meetings.activity_feed").activities_of
