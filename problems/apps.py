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
