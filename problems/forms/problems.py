"""What is asked about a problem, its measures, and how it stands."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bulletins.models import Bulletin
from cases.dictionaries import area_choices
from cases.models import Dispute
from foundations.access.form_shapes import (
    TokenForm,
    VersionForm,
    WordsForm,
    choice_field,
    day_field,
    long_field,
)
from meetings.models import Meeting
from meetings.plan import rules_of
from members.forms.fields import unit_field, units_field
from problems.actions.problems import ProblemWords
from problems.states import Source


def title_field(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=200)


def area_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Area of administration"),
        required=False,
        choices=lambda: [("", _("None chosen")), *area_choices()],
    )


def kept_link(model: Any) -> forms.ModelChoiceField:
    """The record from which the form was opened."""
    return forms.ModelChoiceField(
        queryset=model._default_manager.none(),
        to_field_name="public_id",
        required=False,
        widget=forms.HiddenInput,
    )


class ProblemForm(WordsForm):
    words = ProblemWords
    organization = unit_field(_("Registered by"))
    source = choice_field(_("Source"), Source.choices)
    begun_on = day_field(_("Seen on"))
    area = area_field()
    title = title_field(_("Problem, in a line"))
    figures = long_field(_("What the data show"), required=False)
    text = long_field(_("Problem"))
    cause = long_field(_("Cause of the problem"), required=False)
    agencies = units_field(
        _("Agencies whose acts it is about"), _("They do not see it for that alone.")
    )
    units = units_field(_("Joint owners"), _("Units of any side that solve it together."))
    meeting = kept_link(Meeting)
    bulletin = kept_link(Bulletin)
    dispute = kept_link(Dispute)
    wide = ("title", "figures", "text", "cause", "agencies", "units")


class AnalyseForm(VersionForm):
    area = area_field()
    figures = long_field(_("What the data show"), required=False)
    text = long_field(_("Problem"))
    cause = long_field(_("Cause of the problem"), required=False)
    units = units_field(_("Joint owners"), _("Units of any side that solve it together."))
    wide = ("figures", "text", "cause", "units")

    def given(self) -> dict[str, Any]:
        given = super().given()
        return {**given, "units": list(given["units"])}


class MeasureForm(TokenForm):
    what = forms.CharField(label=_("Measure"), max_length=300)
    unit = unit_field(_("Unit"))
    due_on = day_field(_("Due on"))
    wide = ("what",)


class DoneForm(VersionForm):
    on = day_field(_("Done on"))
    outcome = long_field(_("What was done"))
    wide = ("outcome",)


class TrackForm(TokenForm):
    unit = unit_field(_("Unit"))
    on = day_field(_("Day"))
    text = long_field(_("How it stands"))
    wide = ("text",)


class EndForm(VersionForm):
    on = day_field(_("Day"))
    outcome = long_field(_("How it was solved"))
    wide = ("outcome",)


class DropForm(VersionForm):
    outcome = long_field(_("Reason"))
    wide = ("outcome",)


class AgainForm(VersionForm):
    text = long_field(_("Reason"))
    wide = ("text",)


class AgendaForm(TokenForm):
    """`choices["meeting"]` are the meetings that take topics from the reader."""

    meeting = forms.ModelChoiceField(
        label=_("Meeting"), queryset=Meeting.objects.none(), to_field_name="public_id"
    )
    kind = choice_field(_("Type"), [])
    presenter_name = forms.CharField(label=_("Presenter"), max_length=120)
    opinion = long_field(_("Concrete opinion"), rows=5)
    wide = ("opinion",)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        kinds: dict[str, str] = {}
        for meeting in self.fields["meeting"].queryset:
            rules = rules_of(meeting.mechanism, meeting.planned_on)
            kinds |= {kind.key: kind.label for kind in rules.topic_types}
        field: Any = self.fields["kind"]
        field.choices = [*field.choices, *kinds.items()]
        field.help_text = _("As the institution names its topics.")
