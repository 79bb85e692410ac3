from importlib import import_module

from django.apps import AppConfig


class MechanismsConfig(AppConfig):
    name = "mechanisms"
    label = "mechanisms"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("mechanisms.policy")
        import_module("mechanisms.seats_judged").register()
        import_module("mechanisms.text_judged").register()
        timeline = import_module("foundations.audit.timeline")
        timeline.verbs.update(import_module("mechanisms.verbs").VERBS)
        expectations = import_module("members.expectations")
        expectations.register(import_module("mechanisms.expected").expected_seats)
