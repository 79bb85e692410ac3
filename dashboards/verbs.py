"""How the timeline tells what became of attestations and months."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "dashboards.attestation.made": _("attested %(provision)s, until %(until)s"),
    "dashboards.attestation.withdrawn": _("took the attestation back: %(reason)s"),
    "dashboards.month.frozen": _("froze the states of %(on)s"),
    "dashboards.table.printed": _("printed the states of %(on)s"),
}
