from django.utils.translation import gettext_lazy as _

from foundations.audit.verbs import Words

VERBS: dict[str, Words] = {
    "bulletins.package.made": _("made the material of %(quarter)s, %(lines)s entries"),
    "bulletins.package.exported": _("exported the material of %(quarter)s as a table"),
}
