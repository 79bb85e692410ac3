from importlib import import_module

from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "dashboards"
    label = "dashboards"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fill the registries of the rooms below."""
        import_module("dashboards.policy")
        import_module("dashboards.queries.mail")
        import_module("dashboards.rules").register()
        import_module("assessments.behind").register(
            import_module("dashboards.figures.behind").address
        )
        import_module("foundations.audit.verbs").verbs.update(
            import_module("dashboards.verbs").VERBS
        )
