"""What is asked when a list is uploaded, looked through, and rolled over."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from foundations.access.form_shapes import choice_field, long_field
from foundations.access.forms import Label, OnceForm, PortalForm
from members.forms.fields import OrganizationField
from members.models import Organization
from members.states import OrganizationKind, Side
from services.documents.forms import UploadForm
from workplans.actions.imports import NewUnit
from workplans.models import Task, TaskList
from workplans.models.lists import TERMS
from workplans.reading.dues import due_of
from workplans.reading.rows import Line
from workplans.reading.targets import Target, missed_in
from workplans.reading.units import LEFT, Directory
from workplans.states import DueKind

NEW = "new"
RATE, WHOLE = "rate", 100
TARGET_KINDS = ((RATE, _("Rate (%)")), ("count", _("Number of times or items")))
ACCEPTED = {"accept": ".xlsx,.docx"}


class ListUploadForm(UploadForm, OnceForm):
    year = forms.IntegerField(
        label=_("Year"),
        required=False,
        min_value=2000,
        max_value=2100,
        help_text=_("Left empty, the year that the title names."),
    )
    title = forms.CharField(
        label=_("Title"),
        required=False,
        max_length=200,
        help_text=_("Left empty, the line above the table."),
    )
    keeper = OrganizationField(
        Organization.objects.none(), label=_("Kept by"), to_field_name="public_id"
    )
    reporting = choice_field(_("Long-term tasks are reported on"), TERMS)
    new_version = forms.BooleanField(
        label=_("A new version of a list that is here already"), required=False
    )
    wide = ("file", "declared", "new_version")
    field_order = ("file", "declared", "title", "year", "keeper", "reporting", "new_version")

    def __init__(self, *args: Any, keepers: list[Organization], **given: Any) -> None:
        super().__init__(*args, **given)
        field: Any = self.fields["keeper"]
        field.queryset = Organization.objects.filter(pk__in=[unit.pk for unit in keepers])
        self.fields["file"].widget.attrs.update(ACCEPTED)
        self.fields["file"].help_text = _("A Word (.docx) or Excel (.xlsx) file with one table.")
        self.initial.setdefault("keeper", keepers[0].public_id if keepers else None)
        self.initial.setdefault("reporting", "quarter")

    def given(self) -> dict[str, Any]:
        words = dict(self.cleaned_data)
        words["token"] = words.pop("form_token")
        return words


OF_TARGET = ("target_kind", "target_least", "target_per", "target_words")


class RowForm(PortalForm):
    """One row of a reading, put right; a target that is not ticked is dropped, one that the
    reading missed is typed. Beside each field stands what could not be read for certain."""

    number = forms.IntegerField(label=_("Number"), min_value=1, max_value=999)
    main_task = forms.CharField(label=_("Main task"), max_length=200)
    measure = long_field(_("Measure of the task"), rows=5)
    lead_text = forms.CharField(label=_("Lead unit of the task"), max_length=300)
    responsible_text = forms.CharField(label=_("Responsible units"), max_length=1000)
    due_text = forms.CharField(label=_("Due as written"), max_length=100)
    due_kind = choice_field(
        _("Kind of due"), [one for one in DueKind.choices if one[0] != DueKind.UNREAD]
    )
    due_on = forms.DateField(
        label=_("Due on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    remark = forms.CharField(label=_("Remark of the row"), required=False, max_length=500)
    targets = forms.MultipleChoiceField(
        label=_("Targets found in the measure"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    target_kind = choice_field(_("Target that was missed"), TARGET_KINDS, required=False)
    target_least = forms.FloatField(label=_("At least"), required=False, min_value=0)
    target_per = choice_field(_("Counted"), TERMS, required=False)
    target_words = forms.CharField(
        label=_("In the words of the document"), required=False, max_length=200
    )
    left_out = forms.BooleanField(label=_("Leave this row out"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
    wide = ("main_task", "measure", "responsible_text", "targets", "target_words", "left_out")
    depending = ("target_least", "target_words")

    def __init__(self, *args: Any, line: Line, **given: Any) -> None:
        super().__init__(*args, **given)
        self.read = line.read
        field: Any = self.fields["targets"]
        field.choices = [(str(n), target_words(one)) for n, one in enumerate(self.read.targets)]
        if not self.read.targets:
            del self.fields["targets"]
        for name, said in line.about.items():
            self.fields[name].help_text = said
        self.fields["target_kind"].help_text = self._missed()

    def _missed(self) -> Label:
        missed = "；".join(missed_in(self.read.measure))
        if missed:
            return _("Not read as a target: %(words)s") % {"words": missed}
        return "" if self.read.targets else _("No target was found in the measure.")

    def clean(self) -> dict[str, Any]:
        given = dict(super().clean() or self.cleaned_data)
        has_day = DueKind(given.get("due_kind") or DueKind.UNREAD).has_day
        if has_day and not given.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", ValidationError(_("Say by which day it is due.")))
        self._check_target(given)
        return given

    def _check_target(self, given: dict[str, Any]) -> None:
        kind, least = given.get("target_kind"), given.get("target_least")
        typed = any(given.get(name) not in (None, "") for name in OF_TARGET)
        if typed and not kind and "target_kind" not in self.errors:
            self.add_error("target_kind", ValidationError(_("A rate, or a count?")))
        if kind and least is None and "target_least" not in self.errors:
            self.add_error("target_least", ValidationError(_("Say how much at least.")))
        if kind == RATE and least is not None and least > WHOLE:
            self.add_error("target_least", ValidationError(_("A rate is 100 % at most.")))
        if kind and not given.get("target_words") and "target_words" not in self.errors:
            self.add_error("target_words", ValidationError(_("Say what is counted.")))

    def _typed(self, words: dict[str, Any]) -> list[dict]:
        kind, least, per, said = (words.pop(name) for name in OF_TARGET)
        if not kind:
            return []
        return [Target(kind, least, "" if kind == RATE else per, said).as_data()]

    def given(self) -> dict[str, Any]:
        words = dict(self.cleaned_data)
        typed = self._typed(words)
        kept = {int(n) for n in words.pop("targets", [])}
        due_on: date | None = words["due_on"]
        has_day = DueKind(words["due_kind"]).has_day
        words["due_on"] = due_on.isoformat() if due_on and has_day else ""
        read = [one for n, one in enumerate(self.read.targets) if n in kept]
        words["targets"] = read + typed
        return words


def target_words(target: dict) -> str:
    """≥ 100%, ≥ 4 each year, with the words in which the document says so."""
    least = f"≥ {target['at_least']:g}"
    if target["kind"] == "rate":
        return f"{least}%　{target['words']}"
    per = dict(TERMS).get(target["per"], "")
    return f"{least}　{per}　{target['words']}" if per else f"{least}　{target['words']}"


class WordsForm(PortalForm):
    """For each word that names no unit: which unit or group it is, a new unit, or nobody."""

    kind = choice_field(_("Kind of the new units"), OrganizationKind.choices, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, words: list[str], directory: Directory, **given: Any) -> None:
        super().__init__(*args, **given)
        self.words = {f"word_{n}": word for n, word in enumerate(words)}
        groups = [(f"group:{key}", one.name) for key, one in directory.groups.items()]
        units = [
            (f"unit:{key}", one.name)
            for key, one in directory.organizations.items()
            if one.holds_on(directory.on)
        ]
        ways = [("", _("Decide later")), (NEW, _("Make a new unit")), (LEFT, _("Names nobody"))]
        choices = [*ways, (_("Groups"), groups), (_("Units"), units)]
        for name, word in self.words.items():
            field = forms.ChoiceField(label=word, choices=choices, required=False)
            field.widget.attrs["class"] = "form-select"
            self.fields[name] = field
        self.order_fields([*self.words, "kind"])

    def given(self) -> dict[str, Any]:
        kind = self.cleaned_data["kind"] or OrganizationKind.AGENCY
        found: dict[str, str | NewUnit] = {}
        for name, word in self.words.items():
            meant = self.cleaned_data[name]
            if meant == NEW:
                found[word] = NewUnit(word, word, kind, Side.GOVERNMENT)
            elif meant:
                found[word] = meant
        return {"words": found, "version": self.cleaned_data["version"]}


class RollForm(PortalForm):
    """Which tasks go on in the next year, and by when."""

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    title = forms.CharField(label=_("Title"), max_length=200)
    reporting = choice_field(_("Long-term tasks are reported on"), TERMS)

    def __init__(self, *args: Any, task_list: TaskList, tasks: list[Task], **given: Any) -> None:
        super().__init__(*args, **given)
        old, new = str(task_list.year), str(task_list.year + 1)
        first = {"year": task_list.year + 1, "title": task_list.title.replace(old, new)}
        for name, value in {**first, "reporting": task_list.reporting}.items():
            self.initial.setdefault(name, value)
        self.tasks = tasks
        for task in tasks:
            goes_on = DueKind(task.due_kind).goes_on
            due = task.due_text if task.due_kind == DueKind.LONG_TERM else "长期坚持"
            on = forms.BooleanField(label=task.label, required=False, initial=goes_on)
            text = forms.CharField(label=task.label, required=False, max_length=100)
            text.initial = due if goes_on else ""
            on.widget.attrs.update({"class": "form-check-input"})
            text.widget.attrs.update({"class": "form-control"})
            self.fields[f"on_{task.number}"] = on
            self.fields[f"due_{task.number}"] = text

    @property
    def head(self) -> list[forms.BoundField]:
        return [self[name] for name in ("year", "title", "reporting")]

    @property
    def rows(self) -> list[tuple[Task, forms.BoundField, forms.BoundField]]:
        return [(one, self[f"on_{one.number}"], self[f"due_{one.number}"]) for one in self.tasks]

    def clean(self) -> dict[str, Any]:
        given = dict(super().clean() or self.cleaned_data)
        for task in self.tasks:
            due = given.get(f"due_{task.number}", "")
            if given.get(f"on_{task.number}") and due_of(due).kind == DueKind.UNREAD:
                message = _("Say by when it is due: 长期坚持, 2027年12月, 2027年12月并长期坚持.")
                self.add_error(f"due_{task.number}", ValidationError(message))
        return given

    def given(self) -> dict[str, Any]:
        words = self.cleaned_data
        on = [task.number for task in self.tasks if words[f"on_{task.number}"]]
        head = {name: words[name] for name in ("year", "title", "reporting")}
        return {**head, "dues": {n: words[f"due_{n}"] for n in on}}
