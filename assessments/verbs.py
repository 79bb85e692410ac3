"""What the entries of this room say in a timeline."""

from django.utils.translation import gettext_lazy as _

from foundations.audit.verbs import Words

VERBS: dict[str, Words] = {
    "assessments.scheme.drafted": _("drafted the scheme"),
    "assessments.scheme.revised": _("changed the scheme"),
    "assessments.scheme.item_added": _("added the item %(item)s, weight %(weight)s%%"),
    "assessments.scheme.item_changed": _("changed the item %(item)s, weight %(weight)s%%"),
    "assessments.scheme.item_removed": _("removed the item %(item)s"),
    "assessments.scheme.adopted": _("adopted the scheme, edition %(edition)s"),
    "assessments.scheme.replaced": _("edition %(edition)s took its place"),
    "assessments.scheme.dropped": _("gave the scheme up"),
    "assessments.sheet.drafted": _("began the sheet for %(units)s units"),
    "assessments.sheet.counted": _("counted the figures as they stood on %(on)s"),
    "assessments.unit.judged": _("gave %(mark)s for %(item)s: %(reason)s"),
    "assessments.sheet.announced": _("told the units their marks; objections until %(until)s"),
    "assessments.unit.agreed": _("had no objection"),
    "assessments.unit.objected": _("objected to the mark for %(item)s"),
    "assessments.unit.upheld": _("upheld the objection: %(item)s from %(before)s to %(after)s"),
    "assessments.unit.refused": _("refused the objection to %(item)s"),
    "assessments.sheet.published": _("published the sheet"),
    "assessments.sheet.withdrawn": _("a correction took its place: %(reason)s"),
    "assessments.sheet.correcting": _("began a correction: %(reason)s"),
    "assessments.sheet.dropped": _("gave the sheet up: %(reason)s"),
}
