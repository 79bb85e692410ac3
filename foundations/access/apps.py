from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from foundations.audit.verbs import Words, verbs

TOLD: dict[str, Words] = {
    "access.grant.given": _("Granted a look until %(until)s: %(reason)s"),
    "access.grant.revoked": _("Took the exceptional grant back: %(reason)s"),
    "access.grant.ended": _("The exceptional grant ended"),
    "access.field_key.rotated": _("Put %(rows)s rows of %(column)s under the newest key"),
    "access.field_key.files_rotated": _("Put %(files)s stored files under the newest key"),
}


class AccessConfig(AppConfig):
    name = "foundations.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("foundations.access.checks")
        verbs.update(TOLD)
