from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SuggestionsConfig(AppConfig):
    name = "suggestions"
    label = "suggestions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fill the registries of the rooms below."""
        import_module("suggestions.policy")
        import_module("suggestions.rules").register()
        import_module("suggestions.figures_counted").register()
        import_module("mechanisms.sections").register(
            import_module("suggestions.profile").SUGGESTION_SECTION
        )
        noticing, cases = import_module("cases.noticing"), import_module("cases.models")
        proposals = import_module("suggestions.actions.proposals")
        panels = import_module("foundations.access.panels")
        panels.register(cases.Dispute, import_module("suggestions.panels").letters_panel)
        noticing.register(cases.Performance, proposals.notice_performance)
        noticing.register(cases.Appearance, proposals.notice_appearance)
        noticing.watch_numbers(import_module("suggestions.actions.case_links").link_cases)
        held, rooms = import_module("suggestions.holdings"), import_module("members.holdings")
        issued = held.open_letters_of, held.give_letters
        rooms.register("letters", _("Letters issued"), *issued)
        received = held.open_addressees_of, held.give_addressees
        rooms.register("addressees", _("Letters received"), *received)
        import_module("foundations.audit.verbs").verbs.update(
            import_module("suggestions.verbs").VERBS
        )
