"""What is asked about consent to mediation, its sessions, and what follows after it failed."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.actions.mediation import ConsentWords, SessionWords, ways_out
from cases.actions.session_calls import CallWords
from cases.flow.asks import METHODS
from cases.hearings.states import Level
from cases.models import Participant, Procedure
from cases.states import NO_WAY
from foundations.access.form_shapes import choice_field, day_field, long_field
from foundations.access.forms import OnceForm, PortalForm

MANY = 3
"""With so many parties their common answer is asked for once."""
ANSWERS = (("yes", _("Agrees")), ("no", _("Does not agree")))


def why_late() -> forms.CharField:
    return long_field(_("Why it is recorded only now"), required=False, rows=2)


class VersionedForm(PortalForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class ConsentsForm(VersionedForm):
    """A row for each who takes part; who was not asked this time has no answer."""

    on = day_field(_("Asked on"))
    number = forms.CharField(
        label=_("Number of the mediation"),
        required=False,
        max_length=80,
        help_text=_("Needed once all have agreed, where the body keeps no series here."),
    )
    everyone = choice_field(_("All parties agree, asked"), METHODS, required=False)
    everyone.help_text = _("Fills in the parties that are left empty below.")
    reason = why_late()
    wide = ("reason",)

    def __init__(self, *args: Any, parts: list[Participant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = parts
        if sum(part.party is not None for part in parts) < MANY:
            del self.fields["everyone"]
        for place, _part in enumerate(parts):
            own: dict[str, forms.Field] = {
                f"answer_{place}": choice_field(_("Answer"), ANSWERS, required=False),
                f"method_{place}": choice_field(_("How"), METHODS, required=False),
                f"note_{place}": forms.CharField(
                    label=_("Remark"), required=False, max_length=300
                ),
            }
            for name, field in own.items():
                select = isinstance(field.widget, forms.Select)
                field.widget.attrs["class"] = "form-select" if select else "form-control"
                self.fields[name] = field

    @property
    def rows(self) -> Iterator[tuple[Participant, list[BoundField]]]:
        for place, part in enumerate(self.parts):
            names = (f"answer_{place}", f"method_{place}", f"note_{place}")
            yield part, [self[name] for name in names]

    @property
    def rest(self) -> list[BoundField]:
        names = ("version", "on", "number", "everyone", "reason")
        return [self[name] for name in names if name in self.fields]

    def clean(self) -> dict:
        words = super().clean() or self.cleaned_data
        for place, _part in enumerate(self.parts):
            if words.get(f"answer_{place}") and not words.get(f"method_{place}"):
                self.add_error(f"method_{place}", gettext("Say how this party was asked."))
        return words

    def given(self) -> dict:
        plain = ("on", "number", "reason", "version")
        words = {name: self.cleaned_data[name] for name in plain}
        return {"answers": list(self._answers()), **words}

    def _answers(self) -> Iterator[ConsentWords]:
        words = self.cleaned_data
        everyone = words.get("everyone", "")
        for place, part in enumerate(self.parts):
            answer, note = words[f"answer_{place}"], words[f"note_{place}"]
            if answer:
                method = words[f"method_{place}"]
                yield ConsentWords(part.public_id, answer == "yes", method, note)
            elif everyone and part.party is not None:
                yield ConsentWords(part.public_id, agreed=True, method=everyone, note=note)


class SessionForm(OnceForm):
    day = day_field(_("Day"))
    time = forms.TimeField(label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}))
    place = forms.CharField(label=_("Place"), max_length=120)
    method = choice_field(_("How"), METHODS)

    def given(self) -> dict:
        words = self.cleaned_data
        starts_at = timezone.make_aware(datetime.combine(words["day"], words["time"]))
        return {
            "words": SessionWords(starts_at, words["place"], words["method"]),
            "token": words["form_token"],
        }


class CameField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Participant) -> str:
        return f"{obj.get_role_display()} {obj}"


class RecordSessionForm(VersionedForm):
    came = CameField(
        label=_("Who came"),
        queryset=Participant.objects.none(),
        to_field_name="public_id",
        widget=forms.CheckboxSelectMultiple,
    )
    others = forms.CharField(
        label=_("Who else came"),
        required=False,
        max_length=300,
        help_text=_("Head or staff of the agency, lawyers, others: name and post."),
    )
    offered = long_field(_("What was offered"), rows=4)
    agreed = long_field(_("What was agreed so far"), required=False)
    reason = why_late()
    wide = ("came", "others", "offered", "agreed", "reason")

    def __init__(self, *args: Any, procedure: Procedure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = procedure.participants.select_related("party", "organization")
        self.fields["came"].queryset = rows
        self.fields["offered"].help_text = _(
            "Only what was said before all sides; all of them read it here."
        )

    def given(self) -> dict:
        return dict(self.cleaned_data)


class CallForm(VersionedForm):
    name = forms.CharField(label=_("Who comes"), max_length=60)
    post = forms.CharField(label=_("Post"), max_length=80)
    level = choice_field(_("Level"), Level.choices)
    reason = long_field(_("Why no head comes"), required=False, rows=2)
    wide = ("reason",)

    def given(self) -> dict:
        words = dict(self.cleaned_data)
        version = words.pop("version")
        return {"words": CallWords(**words), "version": version}


class ReasonForm(VersionedForm):
    reason = long_field(_("Reason"))
    wide = ("reason",)

    def given(self) -> dict:
        return dict(self.cleaned_data)


class GivenUpForm(PortalForm):
    on = day_field(_("Known on"))
    reason = long_field(_("How this is known"), rows=2)
    wide = ("reason",)

    def given(self) -> dict:
        return dict(self.cleaned_data)


class WayOutForm(PortalForm):
    way = forms.ChoiceField(label=_("Way out"), widget=forms.RadioSelect)
    on = day_field(_("Told on"))
    reason = long_field(_("Why this way"), rows=2)
    wide = ("way", "reason")

    def __init__(self, *args: Any, procedure: Procedure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = [*ways_out(procedure).items(), (NO_WAY, _("The party wants no other way"))]
        self.fields["way"].choices = ways

    def given(self) -> dict:
        return dict(self.cleaned_data)
