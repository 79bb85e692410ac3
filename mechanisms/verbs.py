"""What the entries of this room say in a timeline."""

from django.utils.translation import gettext_lazy as _

VERBS = {"mechanisms.version.loaded": _("loaded this version of the institution")}
