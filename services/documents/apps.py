from importlib import import_module

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "services.documents"
    label = "documents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        for module in ("policy", "checks"):
            import_module(f"services.documents.{module}")
        import_module("services.documents.rules").register()
        sections = import_module("mechanisms.sections")
        sections.register(import_module("services.documents.sections").SECTION)
        self._show_papers()
        told = import_module("foundations.audit.verbs").verbs
        told.update(import_module("services.documents.timeline").VERBS)

    def _show_papers(self) -> None:
        panels = import_module("foundations.access.panels")
        members = import_module("members.models")
        shown = import_module("services.documents.personnel.panels")
        panels.register(members.Body, shown.roster_panel)
        panels.register(members.Handover, shown.handover_panel)
