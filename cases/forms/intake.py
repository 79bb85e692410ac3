"""The intake form: what is needed first, the rest folded away; and the guidance record."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.actions.disputes import DisputeWords
from cases.actions.intake import GuidanceWords, IntakeWords
from cases.dictionaries import act_kind_choices, area_choices, grounds
from cases.forms.parties import PREFIX, PartyRow, party_rows, short, values_sent
from cases.models import Choice
from cases.states import Flag, Source, Track
from foundations.access.errors import RuleBroken
from foundations.access.form_shapes import choice_field, day_field, long_field
from foundations.access.forms import OnceForm, PortalForm
from mechanisms.models import Mechanism
from members.forms.fields import OrganizationField, standing_organizations
from members.models import Organization, User
from members.policy import WORKERS, works_for
from members.standing import bindings_of
from members.states import OrganizationKind, Side
from services.documents.numbers import normalized

REGISTRARS = (
    OrganizationKind.JUSTICE_BUREAU,
    OrganizationKind.CENTRE,
    OrganizationKind.WORKROOM,
    OrganizationKind.COURT,
    OrganizationKind.GOVERNMENT,
    OrganizationKind.TOWNSHIP,
    OrganizationKind.PROCURATORATE,
)
"""The kinds of units that register disputes, in the order in which they are offered."""
EARLIEST = date(1990, 1, 1)
NEEDED = ("registered_by", "agency", "source", "area", "act_kind", "act", "filed_on")
LISTS = ("flags", "concerned", "ticked")


def registrars(user: User, mechanism: Mechanism, on: date) -> list[Organization]:
    """For which of the own units somebody may register disputes here."""
    rows = standing_organizations(mechanism.jurisdiction_id, on).filter(kind__in=REGISTRARS)
    mine = [one for one in rows if works_for(user, one)]
    return sorted(mine, key=lambda one: REGISTRARS.index(OrganizationKind(one.kind)))


def works_at_registrar(user: User, on: date) -> bool:
    """Is there a unit for which somebody may register disputes? Asks nothing of the database."""
    held = [one for one in bindings_of(user, on) if one.role in WORKERS and one.organization]
    near = [unit for one in held for unit in (one.organization, one.organization.parent) if unit]
    return any(unit.kind in REGISTRARS for unit in near)


class IntakeForm(OnceForm):
    """`asks_first` and `asks_alike` are set once what was typed gives cause to ask."""

    wide = ("act", "claims", "facts", "flags", "concerned", "ticked", "missing_items")
    registered_by = OrganizationField(
        label=_("Registered by"), queryset=Organization.objects.none(), empty_label=None
    )
    agency = OrganizationField(label=_("Agency in dispute"), queryset=Organization.objects.none())
    source = forms.ChoiceField(label=_("Came in by"), choices=Source.choices)
    area = forms.ChoiceField(label=_("Area of administration"))
    act_kind = forms.ChoiceField(label=_("Kind of act"))
    act = forms.CharField(
        label=_("Act in dispute"),
        max_length=300,
        help_text=_("What the agency did or did not do, in one line, without names of persons."),
    )
    filed_on = day_field(_("Registered on"))
    act_number = short(_("Number of the act"), 80)
    act_on = day_field(
        _("Day of the act"),
        required=False,
        help_text=_("Where it did not act: the day on which it received what it was asked for."),
    )
    known_on = day_field(
        _("Known to the party since"),
        required=False,
        help_text=_("The periods to apply and to sue are shown from it."),
    )
    amount = forms.DecimalField(
        label=_("Amount in dispute"), max_digits=14, decimal_places=2, min_value=0, required=False
    )
    claims = long_field(_("What is claimed"), required=False)
    facts = long_field(_("Facts and grounds"), required=False)
    enterprise = forms.BooleanField(
        label=_("Concerns an enterprise (green queue)"), required=False
    )
    track = choice_field(_("Track proposed"), Track.choices, required=False)
    group_size = forms.IntegerField(
        label=_("Persons on their side"),
        min_value=1,
        max_value=99999,
        required=False,
        help_text=_("If there are more than those entered below."),
    )
    flags = forms.MultipleChoiceField(
        label=_("Marks"),
        choices=[(one.value, one.label) for one in Flag if one != Flag.ENTERPRISE],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    concerned = forms.ModelMultipleChoiceField(
        label=_("Other agencies concerned"),
        queryset=Organization.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    ticked = forms.MultipleChoiceField(
        label=_("Does reconsideration come first?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick what is the case here."),
    )
    missing_items = long_field(_("What is missing (one a line)"), required=False)
    missing_due = day_field(_("To be supplied by"), required=False)
    first = forms.ChoiceField(
        label=_("Reconsideration comes first"),
        choices=[("yes", _("Yes, the party is guided to it")), ("no", _("No, not here"))],
        required=False,
        widget=forms.RadioSelect,
    )
    first_refused = short(_("Why it does not come first"), 300)
    alike_reason = short(_("Why it is another dispute"), 300)
    ASKED_LATER = ("first", "first_refused", "alike_reason")

    def __init__(
        self, *args: Any, mechanism: Mechanism, user: User, on: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.on, self.correction = on, ""
        offices = registrars(user, mechanism, on)
        rows = Organization.objects.filter(pk__in=[one.pk for one in offices])
        self.fields["registered_by"].queryset = rows
        agencies = standing_organizations(mechanism.jurisdiction_id, on)
        agencies = agencies.filter(side=Side.GOVERNMENT).order_by("order", "pk")
        self.fields["agency"].queryset = agencies
        self.fields["concerned"].queryset = agencies
        self.fields["area"].choices = [("", gettext("Choose")), *area_choices()]
        self.fields["act_kind"].choices = [("", gettext("Choose")), *act_kind_choices()]
        asked = [one for one in grounds().values() if not one.certain]
        self.fields["ticked"].choices = [(one.key, f"{one.name}（{one.basis}）") for one in asked]
        self.asks_first = self._has("first") or self._has("first_refused")
        self.asks_alike = self._has("alike_reason")

    def _has(self, name: str) -> bool:
        return bool(self.data.get(name) if self.is_bound else self.initial.get(name))

    def clean_act_number(self) -> str:
        typed = self.cleaned_data["act_number"].strip()
        number = normalized(typed) if typed else ""
        if number != typed:
            words = {"typed": typed, "number": number}
            message = gettext("Number of the act put right: “%(typed)s” is now “%(number)s”.")
            self.correction = message % words
        return number

    def clean(self) -> None:
        for name in ("filed_on", "act_on", "known_on"):
            day = self.cleaned_data.get(name)
            if day and not EARLIEST <= day <= self.on:
                self.add_error(name, gettext("Enter a day that is past, from 1990 on."))
        act_on, known_on = self.cleaned_data.get("act_on"), self.cleaned_data.get("known_on")
        if act_on and known_on and known_on < act_on:
            self.add_error("known_on", gettext("Nobody knows of an act before it is done."))

    def refuse(self, broken: RuleBroken) -> None:
        """A decision that is asked for now gets its field."""
        self.asks_first = self.asks_first or broken.field in ("first", "first_refused")
        self.asks_alike = self.asks_alike or broken.field == "alike_reason"
        super().refuse(broken)

    @property
    def needed(self) -> list[forms.BoundField]:
        return [self[name] for name in NEEDED]

    @property
    def later(self) -> list[forms.BoundField]:
        """What is asked only after a first look at what was typed."""
        names = ["first", "first_refused"] if self.asks_first else []
        names += ["alike_reason"] if self.asks_alike else []
        return [self[name] for name in names]

    @property
    def folded(self) -> list[forms.BoundField]:
        left_out = {*NEEDED, *self.ASKED_LATER, "form_token"}
        return [self[name] for name in self.fields if name not in left_out]

    @property
    def opens(self) -> bool:
        values = self.data if self.is_bound else self.initial
        return any(values.get(one.name) or one.errors for one in self.folded)


class IntakeSheet:
    """The form and its parties, sent as one; `run` takes it for a form."""

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
        rows: list[dict[str, Any]] | None = None,
        on: date,
        **given: Any,
    ) -> None:
        self.main = IntakeForm(data, initial=dict(initial or {}), on=on, **given)
        self.rows: list[PartyRow] = party_rows(data, on=on, rows=rows or ())
        self.is_bound = data is not None

    @classmethod
    def again(cls, data: QueryDict, wish: str, **given: Any) -> "IntakeSheet":
        """With a party more or less, as the button says ("add", "drop 2"); not judged yet."""
        initial = {
            name: data.getlist(name) if name in LISTS else data.get(name)
            for name in IntakeForm.base_fields
            if name in data
        }
        rows = values_sent(data)
        verb, _space, place = wish.partition(" ")
        if verb == "add":
            rows.append({})
        elif verb == "drop" and place.isdecimal():
            rows = [row for n, row in enumerate(rows) if n != int(place[:5])]
        return cls(initial=initial, rows=rows, **given)

    def is_valid(self) -> bool:
        rows = [row.is_valid() for row in self.rows]
        return self.main.is_valid() and all(rows)

    def refuse(self, broken: RuleBroken) -> None:
        self.main.refuse(broken)

    @property
    def count_name(self) -> str:
        return f"{PREFIX}-count"

    @property
    def refused(self) -> bool:
        return self.is_bound and (bool(self.main.errors) or any(row.errors for row in self.rows))

    @property
    def filled_rows(self) -> list[PartyRow]:
        return [row for n, row in enumerate(self.rows) if n == 0 or row.has_changed()]

    @property
    def notices(self) -> list[str]:
        """What was put right, and what should be looked at again."""
        found = [self.main.correction] if self.main.correction else []
        return found + [notice for row in self.filled_rows for notice in row.notices]

    def words(self) -> IntakeWords:
        """What was typed, of a sheet that is valid."""
        given = self.main.cleaned_data
        own = (
            *("track", "group_size", "concerned", "ticked", "first", "first_refused"),
            *("alike_reason", "form_token", "missing_items"),
        )
        plain = {name: value for name, value in given.items() if name not in own}
        lines = [line.strip() for line in given["missing_items"].splitlines() if line.strip()]
        return IntakeWords(
            dispute=DisputeWords(parties=(), missing_items=lines, **plain),
            entries=[row.entry() for row in self.filled_rows],
            concerned=[one for one in given["concerned"] if one != given["agency"]],
            track=given["track"],
            group_size=given["group_size"],
            ticked=given["ticked"],
            first=given["first"],
            first_refused=given["first_refused"],
            alike_reason=given["alike_reason"],
        )


class GuidanceForm(PortalForm):
    """YC-20: could it be guided, was it, what the party chose."""

    wide = ("reason",)
    version = forms.IntegerField(widget=forms.HiddenInput)
    organization = OrganizationField(
        label=_("Guided by"), queryset=Organization.objects.none(), empty_label=None
    )
    possible = forms.TypedChoiceField(
        label=_("Could be guided to reconsideration"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
    )
    guided_on = day_field(_("Guided on"), required=False)
    chose = choice_field(_("The party chose"), Choice.choices, required=False)
    reason = long_field(_("Why not, or why otherwise"), required=False, rows=2)

    def __init__(self, *args: Any, offices: list[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Organization.objects.filter(pk__in=[one.pk for one in offices])
        self.fields["organization"].queryset = rows

    def given(self) -> dict[str, Any]:
        words = {key: value for key, value in self.cleaned_data.items() if key != "version"}
        return {"words": GuidanceWords(**words), "version": self.cleaned_data["version"]}
