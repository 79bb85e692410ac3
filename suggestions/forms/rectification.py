"""What is asked about measures, their evidence and their verification."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundations.access.forms import PortalForm
from services.documents.forms import FilesForm
from suggestions.actions.measures import MeasureWords
from suggestions.forms.replies import text_area
from suggestions.forms.service import day_field
from suggestions.models import Measure, Problem
from suggestions.states import Effect, Verdict

SPARE = 2


class MeasuresForm(PortalForm):
    """A row for each problem that has no measure yet, and some more; an empty row is none."""

    def __init__(
        self, *args: Any, problems: list[Problem], unplanned: list[Problem], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.choices = [(str(one.order), _label(one)) for one in problems]
        self.places = range(1, len(unplanned) + SPARE + 1)
        first = {place: str(one.order) for place, one in enumerate(unplanned, 1)}
        for place in self.places:
            self._add_row(place, first.get(place, ""))

    def _add_row(self, place: int, problem: str) -> None:
        choices = [("", gettext("Choose")), *self.choices]
        own: dict[str, forms.Field] = {
            f"problem_{place}": forms.ChoiceField(
                label=_("Problem"), choices=choices, required=False, initial=problem
            ),
            f"measure_{place}": forms.CharField(
                label=_("Measure"), required=False, max_length=300
            ),
            f"responsible_{place}": forms.CharField(
                label=_("Responsible person"), required=False, max_length=60
            ),
            f"due_on_{place}": day_field(_("Carried out by"), required=False),
        }
        for name, field in own.items():
            select = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if select else "form-control"
            self.fields[name] = field

    def _names(self, place: int) -> list[str]:
        return [f"{name}_{place}" for name in ("problem", "measure", "responsible", "due_on")]

    @property
    def rows(self) -> Iterator[list[BoundField]]:
        for place in self.places:
            yield [self[name] for name in self._names(place)]

    def clean(self) -> dict:
        words = super().clean() or self.cleaned_data
        for place in self.places:
            names = self._names(place)
            if not any(words.get(name) for name in names[1:]):
                continue
            for name in names:
                if not words.get(name) and name not in self.errors:
                    message = gettext("A measure has words, a responsible person and a day.")
                    self.add_error(name, message)
        return words

    def given(self) -> dict:
        return {"measures": tuple(self._measures())}

    def _measures(self) -> Iterator[MeasureWords]:
        words = self.cleaned_data
        for place in self.places:
            if words[f"measure_{place}"]:
                yield MeasureWords(
                    problem=int(words[f"problem_{place}"]),
                    text=words[f"measure_{place}"],
                    responsible=words[f"responsible_{place}"],
                    due_on=words[f"due_on_{place}"],
                    row=place,
                )


def _label(problem: Problem) -> str:
    words = problem.advice if len(problem.advice) <= 28 else f"{problem.advice[:28]}…"
    return f"{problem.order}. {words}"


class DoneForm(FilesForm):
    on = day_field(_("Carried out on"))
    note = forms.CharField(
        label=_("How it was carried out"), required=False, max_length=500, widget=text_area(3)
    )
    field_order = ("on", "note", "file", "declared")
    wide = ("note",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        file = self.fields["file"]
        file.required, file.label = False, _("Evidence")

    def given(self) -> dict:
        words = dict(self.cleaned_data)
        words["files"] = words.pop("file")
        return words


class FinishForm(PortalForm):
    """Nothing is asked: what is missing is said above it."""

    def given(self) -> dict:
        return {}


class VerifyForm(PortalForm):
    verdict = forms.ChoiceField(
        label=_("Verdict"), choices=Verdict.choices, widget=forms.RadioSelect
    )
    effect = forms.ChoiceField(
        label=_("Effect"),
        choices=[("", _("Choose")), *Effect.choices],
        required=False,
        help_text=_("Carried out is not yet effective: rate what it has changed."),
    )
    on = day_field(_("Verified on"))
    remark = forms.CharField(
        label=_("Remark"),
        required=False,
        max_length=2000,
        widget=text_area(3),
        help_text=_("Needed where something is missing: what, and how it can be seen."),
    )
    again = forms.MultipleChoiceField(
        label=_("Not in place"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick the measures to be carried out anew; none ticked means all of them."),
    )
    due_on = day_field(_("To be carried out anew by"), required=False)
    wide = ("verdict", "remark", "again")
    depending = ("effect", "remark", "due_on")

    def __init__(self, *args: Any, measures: list[Measure], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {measure.public_id: measure.pk for measure in measures}
        self.fields["again"].choices = [(one.public_id, one.text) for one in measures]

    def given(self) -> dict:
        words: dict[str, Any] = dict(self.cleaned_data)
        words["again"] = [self.known[key] for key in words["again"]]
        return words


class ReopenForm(PortalForm):
    due_on = day_field(_("To be carried out anew by"))
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=text_area(3))
    wide = ("reason",)

    def given(self) -> dict[str, str | date]:
        return self.cleaned_data
