"""What is asked about guidance letters and supervision visits."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundations.access.form_shapes import VersionForm, WordsForm, day_field, long_field
from members.forms.fields import unit_field
from problems.actions.guidance import GuidanceWords, VisitWords
from problems.forms.law import text_field
from problems.forms.problems import title_field


class GuidanceForm(WordsForm):
    words = GuidanceWords
    organization = unit_field(_("Written by"))
    addressee = unit_field(_("Unit that is guided"))
    reply_by = day_field(
        _("Reply by"), required=False, help_text=_("Empty: no reply is asked for.")
    )
    title = title_field(_("Title of the letter"))
    text = text_field(
        _("Words of the guidance"), _("One paragraph a line; it is printed as it stands here.")
    )
    wide = ("title", "text")


class GuidanceTextForm(VersionForm):
    reply_by = day_field(
        _("Reply by"), required=False, help_text=_("Empty: no reply is asked for.")
    )
    title = title_field(_("Title of the letter"))
    text = text_field(
        _("Words of the guidance"), _("One paragraph a line; it is printed as it stands here.")
    )
    wide = ("title", "text")


class GuidanceReplyForm(VersionForm):
    reply = long_field(_("Reply"), rows=6)
    wide = ("reply",)


class OutcomeForm(VersionForm):
    outcome = long_field(_("Outcome"))
    wide = ("outcome",)


class VisitForm(WordsForm):
    words = VisitWords
    organization = unit_field(_("Visited by"))
    addressee = unit_field(_("Unit visited"))
    begun_on = day_field(_("Day of the visit"))
    due_on = day_field(_("Follow-up due"), required=False)
    title = title_field(_("Matter of the visit"))
    people = forms.CharField(label=_("Who went"), max_length=200)
    found = long_field(_("What was found"), rows=5)
    asked = long_field(_("What was asked"), required=False)
    wide = ("title", "people", "found", "asked")


class VisitReportForm(VersionForm):
    report = long_field(_("What the unit did"), rows=5)
    wide = ("report",)
