from importlib import import_module

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fill the registries of the rooms below."""
        import_module("cases.policy")
        import_module("cases.rules").register()
        import_module("cases.figures.sources").register()
        verbs = import_module("foundations.audit.verbs").verbs
        for told in ("cases.verbs", "cases.intake_verbs", "cases.hearings.verbs"):
            verbs.update(import_module(told).VERBS)
        import_module("mechanisms.sections").register(import_module("cases.profile").CASE_SECTION)
        import_module("foundations.notifications.feeds").feeds["hearings"] = import_module(
            "cases.hearings.feed"
        ).hearings_of
