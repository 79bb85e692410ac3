from django.utils.translation import gettext_lazy as _

from foundations.audit.verbs import Words

VERBS: dict[str, Words] = {
    "bulletins.bulletin.drafted": _("wrote the draft"),
    "bulletins.bulletin.reported": _("had the portal write the report on %(term)s"),
    "bulletins.bulletin.revised": _("changed the draft"),
    "bulletins.bulletin.figures_typed": _("filled in the table: %(table)s"),
    "bulletins.bulletin.figures_counted": _("had the portal count the table: %(table)s"),
    "bulletins.bulletin.reviewing": _("sent it for review"),
    "bulletins.bulletin.returned": _("returned it: %(reason)s"),
    "bulletins.bulletin.approved": _("reviewed it; to be signed"),
    "bulletins.bulletin.signed": _("signed it"),
    "bulletins.bulletin.circulated": _("circulated it as %(number)s"),
    "bulletins.bulletin.exported": _("took its tables away as a file"),
    "bulletins.bulletin.received": _("%(unit)s signed for it"),
    "bulletins.bulletin.commented": _("%(unit)s gave an opinion"),
    "bulletins.bulletin.answered": _("%(unit)s answered an opinion"),
    "bulletins.bulletin.correcting": _("began a correcting issue: %(reason)s"),
    "bulletins.bulletin.withdrawn": _("replaced by %(by)s"),
    "bulletins.bulletin.discarded": _("discarded the draft: %(reason)s"),
}

TOLD_TO_ALL = frozenset(
    f"bulletins.bulletin.{verb}"
    for verb in ("circulated", "received", "commented", "answered", "withdrawn")
)
"""What everybody reads who reads the bulletin; the rest is its issuer's own."""
