from importlib import import_module

from django.apps import AppConfig


class ProblemsConfig(AppConfig):
    name = "problems"
    label = "problems"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fill the registries of the rooms below."""
        import_module("problems.policy")
        import_module("foundations.audit.verbs").verbs.update(
            import_module("problems.verbs").VERBS
        )
        panels, mine = (
            import_module("foundations.access.panels"),
            import_module("problems.panels"),
        )
        panels.register(import_module("meetings.models").Meeting, mine.on_meeting)
        panels.register(import_module("bulletins.models").Bulletin, mine.on_bulletin)
        import_module("mechanisms.beside").register(
            import_module("problems.beside").interpretations
        )
        import_module("problems.rules").register()
