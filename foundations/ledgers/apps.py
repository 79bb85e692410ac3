from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from foundations.audit.verbs import Words, verbs

TOLD: dict[str, Words] = {
    "ledgers.ledger.exported": _("Exported %(rows)s rows of the list %(ledger)s"),
    "ledgers.view.saved": _("Saved a view of a list"),
    "ledgers.view.deleted": _("Deleted the view %(name)s"),
}


class LedgersConfig(AppConfig):
    name = "foundations.ledgers"
    label = "ledgers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("foundations.ledgers.policy")
        verbs.update(TOLD)
