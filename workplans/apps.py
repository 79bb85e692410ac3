from importlib import import_module

from django.apps import AppConfig


class WorkplansConfig(AppConfig):
    name = "workplans"
    label = "workplans"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fill the registries of the rooms below."""
        import_module("workplans.policy")
        import_module("mechanisms.sections").register(
            import_module("workplans.profile").TASK_LISTS
        )
        import_module("foundations.access.panels").register(
            import_module("cases.models").Dispute,
            import_module("workplans.views.panels").issues_panel,
        )
        import_module("foundations.audit.verbs").verbs.update(
            import_module("workplans.verbs").VERBS
        )
        import_module("workplans.rules").register()
        import_module("services.indicators.sources").register(
            import_module("workplans.figures").TASKS
        )
