from importlib import import_module

from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    name = "returns"
    label = "returns"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fill the registries of the rooms below."""
        import_module("returns.policy")
        sections, profile = import_module("mechanisms.sections"), import_module("returns.profile")
        sections.register(profile.RETURN_SECTION)
        sections.register(profile.DELIVERABLE_SECTION)
        rules = import_module("mechanisms.rules")
        for kind, subject, judged in import_module("returns.rules").JUDGES:
            rules.register(kind, subject, judged)
        import_module("foundations.audit.verbs").verbs.update(import_module("returns.verbs").VERBS)
        sources = import_module("services.indicators.sources")
        for one in import_module("returns.figures").SOURCES:
            sources.register(one)
