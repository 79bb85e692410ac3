"""What is asked of a party: who it is, how it is reached, who speaks for it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.actions.disputes import PartyWords
from cases.actions.intake import PartyEntry
from cases.actions.parties import AgentWords
from cases.identity import (
    birth_of,
    code_fault,
    district_of,
    gender_of,
    is_known_place,
    usual,
)
from cases.models import Participant, Party, Procedure
from cases.speaking import Carried
from cases.states import PartyKind
from foundations.access.form_shapes import choice_field, day_field, long_field
from foundations.access.forms import OnceForm, PortalForm

PREFIX = "party"
MOST = 200
ADULT = 18
GENDERS = [("男", _("Male")), ("女", _("Female"))]
PROFESSIONS = [
    ("律师", _("Lawyer")),
    ("基层法律服务工作者", _("Legal worker of the grass roots")),
    ("近亲属", _("Near relative")),
    ("工作人员", _("Staff of the party")),
    ("推荐公民", _("Citizen who was recommended")),
    ("法定代理人", _("Statutory agent")),
]


def short(label: Any, length: int = 120, **more: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, max_length=length, required=False, widget=widget, **more)


class AboutParty(PortalForm):
    """What is written of a party; nothing of it but the kind and name is needed."""

    wide: tuple[str, ...] = ("address",)
    name = short(_("Name"))
    id_number = short(
        _("Identity or credit code"), 40, help_text=_("Checked by its last sign; spaces go.")
    )
    other_document = forms.BooleanField(
        label=_("Another document, such as a passport"), required=False
    )
    phone = short(_("Phone"), 40)
    address = short(_("Address"), 200, help_text=_("Pages show it as far as the district."))
    representative = short(
        _("Legal representative, or guardian"), 60, help_text=_("Of a minor: the guardian.")
    )
    gender = choice_field(_("Gender"), GENDERS, required=False)
    born_on = day_field(_("Born on"), required=False)
    ethnicity = short(_("Ethnic group"), 20)

    def __init__(self, *args: Any, on: date, kind: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on, self.of_kind = on, kind

    def clean_id_number(self) -> str:
        return usual(self.cleaned_data["id_number"])

    def clean(self) -> None:
        given = self.cleaned_data
        kind = self.of_kind or given.get("kind", "")
        fault = code_fault(kind, given.get("id_number", ""), on=self.on)
        if fault and not given.get("other_document"):
            self.add_error("id_number", fault)
        born = given.get("born_on")
        if born and born > self.on:
            self.add_error("born_on", gettext("Nobody is born after today."))

    def party_words(self) -> PartyWords:
        """The day of birth and the gender are taken from the number where nobody typed them."""
        given = self.cleaned_data
        kind = self.of_kind or given["kind"]
        number = given["id_number"]
        natural = kind == PartyKind.NATURAL and not given["other_document"]
        born = given["born_on"] or (birth_of(number) if natural else None)
        return PartyWords(
            kind=kind,
            name=given["name"].strip(),
            id_number=number,
            gender=given["gender"] or (gender_of(number) if natural else ""),
            born_on=born.isoformat() if born else "",
            ethnicity=given["ethnicity"],
            phone=given["phone"],
            address=given["address"],
            district=district_of(given["address"]),
            representative=given["representative"],
        )

    @property
    def notices(self) -> list[str]:
        """What should be looked at again, though it is no mistake."""
        words, found = self.party_words(), []
        natural = words.kind == PartyKind.NATURAL and not self.cleaned_data["other_document"]
        if natural and words.id_number and not is_known_place(words.id_number):
            found.append(
                gettext("The first six figures of an identity number are no division code known.")
            )
        if is_minor(words.born_on, self.on) and not words.representative:
            found.append(gettext("A party is under 18: enter the guardian who acts for it."))
        return found


def is_minor(born_on: str, on: date) -> bool:
    """Under eighteen on a day; an unreadable or unknown day of birth says nothing."""
    try:
        born = date.fromisoformat(born_on)
    except ValueError:
        return False
    return (on.year - born.year, on.month, on.day) < (ADULT, born.month, born.day)


class PartyRow(AboutParty):
    """One party on the intake form, with who speaks for it."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=PartyKind.choices, initial=PartyKind.NATURAL, required=False
    )
    agent_name = short(_("Agent or representative"), 60)
    agent_profession = choice_field(_("Who the agent is"), PROFESSIONS, required=False)
    agent_firm = short(_("Firm"))
    agent_phone = short(_("Agent's phone"), 40)
    agent_special = forms.BooleanField(label=_("Special authority"), required=False)
    agent_group = forms.BooleanField(
        label=_("Elected by the group as its representative"), required=False
    )
    field_order = ("kind", "name", "id_number", "phone", "address")
    FIRST = ("kind", "name", "id_number", "phone")
    folded_open = False

    def clean(self) -> None:
        super().clean()
        given = self.cleaned_data
        if self.has_changed() or not self.empty_permitted:
            if not given.get("name", "").strip():
                self.add_error("name", gettext("Name every party."))
            more = ("agent_firm", "agent_phone", "agent_profession", "agent_special")
            if any(given.get(name) for name in more) and not given.get("agent_name"):
                self.add_error("agent_name", gettext("Name who speaks for the party."))

    @property
    def shown(self) -> list[forms.BoundField]:
        return [self[name] for name in self.FIRST]

    @property
    def folded(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in self.FIRST]

    @property
    def opens(self) -> bool:
        """Is there something in the folded part, or wrong with it?"""
        values = self.data if self.is_bound else self.initial
        key = self.add_prefix if self.is_bound else str
        return any(values.get(key(one.name)) or one.errors for one in self.folded)

    def entry(self) -> PartyEntry:
        given = self.cleaned_data
        agent = None
        if given["agent_name"]:
            agent = AgentWords(
                name=given["agent_name"],
                profession=given["agent_profession"],
                firm=given["agent_firm"],
                phone=given["agent_phone"],
                special=given["agent_special"],
                represents_group=given["agent_group"],
            )
        return PartyEntry(self.party_words(), given["other_document"], agent)


def party_rows(
    data: QueryDict | None, *, on: date, rows: Iterable[Mapping[str, Any]] = ()
) -> list[PartyRow]:
    """The rows as sent, or with their first values; the first one is always there."""
    if data is None:
        first = list(rows) or [{}]
        return [_row(place, on, initial=row) for place, row in enumerate(first)]
    count = min(max(_small(data.get(f"{PREFIX}-count", "")), 1), MOST)
    return [_row(place, on, data=data) for place in range(count)]


def _row(place: int, on: date, **given: Any) -> PartyRow:
    return PartyRow(
        prefix=f"{PREFIX}-{place}",
        on=on,
        empty_permitted=place > 0,
        use_required_attribute=False,
        **given,
    )


def _small(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 4 else 1


def values_sent(data: QueryDict) -> list[dict[str, str]]:
    """The rows as they were sent, to be shown again and not judged yet."""
    count = min(max(_small(data.get(f"{PREFIX}-count", "")), 1), MOST)
    return [
        {name: data.get(f"{PREFIX}-{place}-{name}", "") for name in PartyRow.base_fields}
        for place in range(count)
    ]


class RevealForm(OnceForm):
    wide = ("reason",)
    reason = long_field(_("What it is needed for"), rows=2)

    def given(self) -> dict[str, Any]:
        return {
            "reason": self.cleaned_data["reason"],
            "token": self.cleaned_data["form_token"],
        }


class CorrectForm(AboutParty):
    """What is filled in is corrected, what is ticked is taken out, the rest stays unopened."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    take_out = forms.MultipleChoiceField(
        label=_("Take out"), required=False, widget=forms.CheckboxSelectMultiple
    )
    wide = ("address", "take_out")

    def __init__(self, *args: Any, party: Party, **kwargs: Any) -> None:
        super().__init__(*args, kind=party.kind, **kwargs)
        kept = [name for name in KEPT if getattr(party, name)]
        self.fields["take_out"].choices = [(name, self.fields[name].label) for name in kept]
        if not kept:
            del self.fields["take_out"]

    def given(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        words = {name: getattr(self.party_words(), name) for name in ("name", *KEPT)}
        changes = {name: value for name, value in words.items() if value}
        if "address" in changes:
            changes["district"] = self.party_words().district
        for name in cleaned.get("take_out", ()):
            changes[name] = ""
            if name == "address":
                changes["district"] = ""
        return {
            "changes": changes,
            "other_document": cleaned["other_document"],
            "version": cleaned["version"],
        }


KEPT = ("id_number", "phone", "address", "representative", "gender", "born_on", "ethnicity")


class ProcedureField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Procedure) -> str:
        return f"{obj.name} {obj.number}".strip()


class EnterForm(AboutParty):
    """Another party, as one of those who brought the matter up or as a third party."""

    kind = forms.ChoiceField(label=_("Kind"), choices=PartyKind.choices)
    procedure = ProcedureField(
        label=_("Procedure"), queryset=Procedure.objects.none(), to_field_name="public_id"
    )
    third = forms.BooleanField(label=_("As a third party"), required=False)
    joined_on = day_field(_("Joined on"))
    reason = long_field(_("Why it joins"), required=False, rows=2)
    field_order = ("procedure", "third", "joined_on", "kind", "name")
    wide = ("address", "reason")

    def __init__(self, *args: Any, procedures: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["procedure"].queryset = procedures
        self.fields["name"].required = True

    def given(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return {
            "procedure_id": cleaned["procedure"].pk,
            "on": cleaned["joined_on"],
            "words": self.party_words(),
            "third": cleaned["third"],
            "other_document": cleaned["other_document"],
            "reason": cleaned["reason"],
        }

    def refuse(self, broken: Any) -> None:
        if broken.field == "on":
            broken.field = "joined_on"
        super().refuse(broken)


class PartField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Participant) -> str:
        return f"{obj.procedure.name} · {obj.get_role_display()} {obj}"


class CarryForm(PortalForm):
    """Who spoke for a party before, to be entered again."""

    parts = forms.MultipleChoiceField(
        label=_("Speaks for it in this procedure too"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick only whose power of attorney for this procedure is there."),
    )

    def __init__(self, *args: Any, carried: Iterable[Carried], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(one.part.public_id, one.words) for one in carried]
        self.fields["parts"].choices = offered

    def given(self) -> dict[str, Any]:
        return {"parts": self.cleaned_data["parts"]}


class AgentForm(PortalForm):
    participant = PartField(
        label=_("Speaks for"), queryset=Participant.objects.none(), to_field_name="public_id"
    )
    name = forms.CharField(label=_("Name"), max_length=60)
    profession = choice_field(_("Who the agent is"), PROFESSIONS, required=False)
    firm = short(_("Firm"))
    phone = short(_("Phone"), 40)
    special = forms.BooleanField(label=_("Special authority"), required=False)
    represents_group = forms.BooleanField(
        label=_("Elected by the group as its representative"), required=False
    )

    def __init__(self, *args: Any, participants: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["participant"].queryset = participants

    def given(self) -> dict[str, Any]:
        words = {key: value for key, value in self.cleaned_data.items() if key != "participant"}
        return {
            "participant_id": self.cleaned_data["participant"].pk,
            "words": AgentWords(**words),
        }
