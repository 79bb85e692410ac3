from importlib import import_module

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "foundations.notifications"
    label = "notifications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("foundations.notifications.policy")
