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
    document = forms.ModelChoiceField(
        label=_("Paper of the portal that shows it"),
        queryset=OfficialDocument.objects.none(),
        to_field_name="public_id",
        required=False,
    )
    wide = ("text", "document", "file", "declared")
    depending = ("file", "declared")
    field_order = ("organization", "on", "expires_on", "text", "document", "file", "declared")

    def __init__(self, *args: Any, units: Any, papers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].required = False
        self.fields["organization"].queryset = units
        self.fields["document"].queryset = papers

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
