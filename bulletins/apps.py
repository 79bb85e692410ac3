from importlib import import_module

from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    name = "bulletins"
    label = "bulletins"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fill the registries of the rooms below."""
        import_module("bulletins.policy")
        import_module("mechanisms.sections").register(
            import_module("bulletins.profile").OBLIGATION_SECTION
        )
        import_module("foundations.audit.verbs").verbs.update(
            import_module("bulletins.verbs").VERBS
        )
        import_module("bulletins.rules").register()
