from importlib import import_module

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "services.indicators"
    label = "indicators"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("services.indicators.checks")
        import_module("mechanisms.sections").register(
            import_module("services.indicators.profile").INDICATOR_SECTION
        )
        import_module("services.indicators.rules").register()
        import_module("mechanisms.wording").register_sign(
            import_module("services.indicators.clauses").sign_of
        )
