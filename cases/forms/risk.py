from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.assessments import AssessmentWords
from cases.actions.warnings import WarningWords
from cases.dictionaries import area_choices
from cases.models import WarningKind
from cases.rating import RiskLevel
from foundations.access.form_shapes import (
    ActForm,
    TokenForm,
    VersionForm,
    WordsForm,
    choice_field,
    day_field,
    long_field,
)
from members.forms.fields import person_field, unit_field, units_field


class RatingForm(TokenForm):
    organization = unit_field(_("Rated by"))
    level = choice_field(_("Risk level"), RiskLevel.choices)
    review_on = day_field(
        _("To be reviewed on"),
        required=False,
        help_text=_("Empty: after one, three or six months, by the level."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        help_text=_("Needed where the level differs from what the marks propose."),
    )
    wide = ("reason",)


class WarningForm(WordsForm):
    words = WarningWords
    kind = choice_field(_("Kind"), WarningKind.choices)
    level = choice_field(_("Risk level"), RiskLevel.choices)
    title = forms.CharField(label=_("Title, without names"), max_length=120)
    noticed_on = day_field(_("Noticed on"))
    what = long_field(_("What was noticed"))
    responsible = unit_field(_("Responsible unit"))
    territory = unit_field(_("Territory"), required=False)
    wide = ("title", "what")


class AssignWarningForm(VersionForm):
    responsible = unit_field(_("Responsible unit"))
    territory = unit_field(_("Territory"), required=False)
    assignee = person_field(_("Assigned to"))
    level = choice_field(_("Risk level"), RiskLevel.choices)


class FollowForm(ActForm):
    on = day_field(_("Day"))
    advice_of = unit_field(_("Opinion of"), required=False)
    text = long_field(_("What was done, or what the opinion says"))
    wide = ("text",)


class CloseWarningForm(VersionForm):
    text = long_field(_("How it ended"))
    wide = ("text",)


class AssessmentForm(WordsForm):
    words = AssessmentWords
    organization = unit_field(_("Deciding organ"))
    title = forms.CharField(label=_("Decision or project"), max_length=200)
    area = forms.ChoiceField(label=_("Area of administration"), choices=area_choices)
    due_on = day_field(_("Opinions asked for by"), required=False)
    matter = long_field(_("What is to be decided"))
    invited = units_field(_("Bodies that are asked"))
    wide = ("title", "matter", "invited")


class OpinionForm(VersionForm):
    on = day_field(_("Day"))
    level = choice_field(_("Risk level"), RiskLevel.choices)
    text = long_field(_("Opinion"), rows=6)
    wide = ("text",)


class ConcludeForm(VersionForm):
    on = day_field(_("Concluded on"))
    level = choice_field(_("Risk level"), RiskLevel.choices)
    foreseen = long_field(_("Disputes that are to be expected"))
    prevention = long_field(_("Prevention plan"))
    wide = ("foreseen", "prevention")


class DecisionForm(VersionForm):
    on = day_field(_("Decision taken on"))


class DutyForm(TokenForm):
    what = forms.CharField(label=_("Duty"), max_length=200)
    owed_by = unit_field(_("Unit"))
    due_on = day_field(_("Due on"))
    wide = ("what",)


class CompareForm(VersionForm):
    lesson = long_field(_("What is learnt from it"))
    wide = ("lesson",)
