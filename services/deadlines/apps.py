from importlib import import_module

from django.apps import AppConfig

from foundations.audit.verbs import verbs


class DeadlinesConfig(AppConfig):
    name = "services.deadlines"
    label = "deadlines"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("services.deadlines.policy")
        verbs.update(import_module("services.deadlines.verbs").VERBS)
        import_module("mechanisms.sections").register(
            import_module("services.deadlines.section").DEADLINE_SECTION
        )
        changes = import_module("foundations.calendars.changes")
        foreseeing = import_module("services.deadlines.foreseeing")
        changes.register(changes.Dependent(words=foreseeing.words, told=foreseeing.count_anew))
        import_module("foundations.notifications.preferences").stages.update(
            import_module("services.deadlines.wording").EARLY_STAGES
        )
        import_module("foundations.notifications.feeds").feeds["limits"] = import_module(
            "services.deadlines.feed"
        ).limits_of
