from importlib import import_module

from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "members"
    label = "members"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("members.policy")
        timeline = import_module("foundations.audit.timeline")
        timeline.verbs.update(import_module("members.verbs").VERBS)
        readers = import_module("foundations.notifications.readers")
        readers.conditions.append(import_module("members.sessions").may_enter)
