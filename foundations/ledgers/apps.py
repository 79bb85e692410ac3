from importlib import import_module

from django.apps import AppConfig


class LedgersConfig(AppConfig):
    name = "foundations.ledgers"
    label = "ledgers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("foundations.ledgers.policy")
