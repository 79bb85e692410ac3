from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from dashboards.actions import AttestationWords
from foundations.access.form_shapes import VersionForm, day_field, long_field
from foundations.access.forms import OnceForm, PortalForm
from mechanisms.models import MechanismParty
from mechanisms.states import ComplianceState, RuleKind
from members.models import Organization
from services.documents.forms import FilesForm
from services.documents.models import OfficialDocument

SUGGESTED = 30
"""So many of the newest papers are offered; any other is found by its number or title."""


class ChoiceOfStates(PortalForm):
    """Which clauses on which day; every field may stay empty."""

    on = day_field(_("Which day"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        choices=[("", _("All states")), *ComplianceState.choices],
        required=False,
    )
    rule_kind = forms.ChoiceField(
        label=_("Rule"), choices=[("", _("All rules")), *RuleKind.choices], required=False
    )
    side = forms.ChoiceField(label=_("Who owes it"), required=False)

    def __init__(self, data: QueryDict, *, sides: list[MechanismParty], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["side"].choices = [
            ("", _("All sides")),
            *((party.side, party.get_side_display()) for party in sides),
        ]


class AttestationForm(OnceForm, FilesForm):
    """What keeps a principle: said in words, shown by a file or a paper of the portal."""

    organization = forms.ModelChoiceField(
        label=_("Attested for"), queryset=Organization.objects.none()
    )
    on = day_field(_("Attested on"))
    expires_on = day_field(
        _("Holds until"), required=False, help_text=_("One year if it is left empty.")
    )
    text = long_field(_("How the clause is kept"), rows=4)
    document = forms.CharField(
        label=_("Paper of the portal that shows it"),
        help_text=_("Its number, or words of its title."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "papers", "autocomplete": "off"}),
    )
    wide = ("text", "document", "file", "declared")
    depending = ("file", "declared")
    field_order = ("organization", "on", "expires_on", "text", "document", "file", "declared")

    def __init__(self, *args: Any, units: Any, papers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].required = False
        self.fields["organization"].queryset = units
        self.papers = papers
        self.suggested = papers[:SUGGESTED]

    def clean_document(self) -> OfficialDocument | None:
        """By its number, else by words of the title that only one issued paper has."""
        said = self.cleaned_data["document"].strip()
        if not said:
            return None
        found = list(self.papers.filter(number=said)[:2])
        found = found or list(self.papers.filter(title__icontains=said)[:2])
        if not found:
            raise forms.ValidationError(_("There is no issued paper with this number or title."))
        if len(found) > 1:
            raise forms.ValidationError(_("Several papers fit; give the document number."))
        return found[0]

    def given(self) -> dict:
        data = self.cleaned_data
        names = ("text", "on", "organization", "expires_on", "document")
        return {
            "words": AttestationWords(**{name: data[name] for name in names}),
            "files": data["file"],
            "declared": data["declared"],
            "token": data["form_token"],
        }


class WithdrawForm(VersionForm):
    on = day_field(_("Taken back from"))
    reason = long_field(_("Reason"), rows=2)
    wide = ("reason",)
