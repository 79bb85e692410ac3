from importlib import import_module

from django.apps import AppConfig

from foundations.audit.verbs import verbs


class ConsentsConfig(AppConfig):
    name = "services.consents"
    label = "consents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("services.consents.policy")
        verbs.update(import_module("services.consents.verbs").VERBS)
