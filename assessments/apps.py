from importlib import import_module

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "assessments"
    label = "assessments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fill the registries of the rooms below."""
        import_module("assessments.policy")
        import_module("foundations.audit.verbs").verbs.update(
            import_module("assessments.verbs").VERBS
        )
