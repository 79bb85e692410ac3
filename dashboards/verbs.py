"""How the timeline tells what became of attestations and months."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "dashboards.attestation.made": _("attested %(provision)s, until %(until)s"),
    "dashboards.attestation.withdrawn": _("took the attestation back: %(reason)s"),
    "dashboards.month.frozen": _("froze the states of %(on)s"),
    "dashboards.figures.exported": _("took the figures away as a file: %(query)s"),
    "dashboards.query.kept": _("kept the query “%(name)s”"),
    "dashboards.query.changed": _("changed the query “%(name)s”"),
    "dashboards.query.removed": _("removed the query “%(name)s”"),
    "dashboards.display.made": _("made the wall screen “%(name)s” for the address %(address)s"),
    "dashboards.display.entered": _("the wall screen “%(name)s” entered from %(address)s"),
    "dashboards.display.refused": _("refused the wall screen “%(name)s” from %(address)s"),
    "dashboards.display.revoked": _("revoked the wall screen “%(name)s”"),
    "dashboards.table.printed": _("printed the states of %(on)s"),
}
