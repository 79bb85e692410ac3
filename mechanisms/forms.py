from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from foundations.access.forms import PortalForm
from mechanisms.models import MechanismParty, MechanismVersion
from mechanisms.states import Modal, RuleKind


class ChoiceOfText(PortalForm):
    """Which clauses of an institution to show; every field may stay empty."""

    rule_kind = forms.ChoiceField(
        label=_("Rule"), choices=[("", _("All rules")), *RuleKind.choices], required=False
    )
    side = forms.ChoiceField(label=_("Who owes it"), required=False)
    modal = forms.ChoiceField(
        label=_("Shall or may"), choices=[("", _("Shall and may")), *Modal.choices], required=False
    )
    version = forms.ChoiceField(label=_("Version"), required=False)

    def __init__(
        self,
        data: QueryDict,
        *,
        sides: list[MechanismParty],
        versions: list[MechanismVersion],
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.fields["side"].choices = [
            ("", _("All sides")),
            *((party.side, party.get_side_display()) for party in sides),
        ]
        self.fields["version"].choices = [
            ("", _("The version in force")),
            *(
                (
                    row.number,
                    _("Version %(number)s, from %(day)s")
                    % {"number": row.number, "day": date_format(row.effective_from)},
                )
                for row in versions
            ),
        ]
        if len(versions) < 2:
            del self.fields["version"]
