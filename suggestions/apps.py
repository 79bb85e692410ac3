from importlib import import_module

from django.apps import AppConfig


class SuggestionsConfig(AppConfig):
    name = "suggestions"
    label = "suggestions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fill the registries of the rooms below."""
        import_module("suggestions.policy")
        import_module("mechanisms.sections").register(
            import_module("suggestions.profile").SUGGESTION_SECTION
        )
        import_module("foundations.audit.verbs").verbs.update(
            import_module("suggestions.verbs").VERBS
        )
