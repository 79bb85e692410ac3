"""What is asked of a letter: its own fields, those of its kind, and rows of two sorts."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundations.access.forms import OnceForm, PortalForm
from mechanisms.models import Mechanism
from members.models import Organization, User
from members.rosters import users_of
from services.documents.forms import FilesForm
from suggestions.copying import CopyLine, copy_lines
from suggestions.forms.units import UnitsField
from suggestions.models import Suggestion
from suggestions.numbers import clean_number, read_case_number
from suggestions.policy.writing import issuers_for
from suggestions.reply_periods import ReplyPeriod, period_of
from suggestions.states import FORMS, Form, Kind, Trigger

STEPS = ("heard_on", "heard_note", "deliberated_on", "signed_on", "signed_by")


def small_number(text: str) -> int | None:
    """What a browser sent where a small number belongs; None for anything else."""
    return int(text) if text.isdecimal() and len(text) <= 5 else None


def day_field(label: Any, **more: Any) -> forms.DateField:
    """A browser's date control takes its first value in this form alone."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, required=False, **more)


def text_field(label: Any, rows: int, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=widget, required=False, max_length=8000, **more)


class LetterForm(OnceForm):
    """The letter itself; `kind` stays, and the fields fit the form chosen by now."""

    wide = (
        *("title", "addressees", "triggers", "background", "legal_basis", "heard_note"),
        *("more_copies", "long_reply"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    issuer = forms.ModelChoiceField(
        label=_("Issuer"), queryset=Organization.objects.none(), empty_label=None
    )
    division = forms.ModelChoiceField(
        label=_("Division in charge"), queryset=Organization.objects.none(), required=False
    )
    handler = forms.ModelChoiceField(
        label=_("Handler"), queryset=User.objects.none(), required=False
    )
    form = forms.ChoiceField(label=_("Form"))
    title = forms.CharField(label=_("Title of the letter"), max_length=200)
    area = forms.CharField(
        label=_("Area"),
        max_length=40,
        required=False,
        help_text=_("For the ledger: urban construction, social insurance and the like."),
    )
    triggers = forms.MultipleChoiceField(
        label=_("Why it is written"),
        choices=Trigger.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    addressees = UnitsField(
        label=_("Addressees"),
        max_length=2000,
        required=False,
        help_text=_("Short names or pinyin initials, parted by 、; each has clocks of its own."),
    )
    background = text_field(
        _("What happened, and what is done already"),
        5,
        help_text=_("Why it matters, and which steps the addressee has taken by now."),
    )
    legal_basis = text_field(_("Legal basis"), 3)
    reply_length = forms.IntegerField(label=_("Reply within"), required=False, min_value=1)
    long_reply = forms.BooleanField(label=_("A longer period than usual is meant"), required=False)
    heard_on = day_field(_("Addressee heard on"))
    deliberated_on = day_field(_("Deliberated on"))
    heard_note = text_field(_("What the addressee said"), 3)
    signed_on = day_field(_("Signed by the president on"))
    signed_by = forms.CharField(label=_("Signed by"), max_length=60, required=False)
    copies = forms.MultipleChoiceField(label=_("Copied to"), required=False)
    more_copies = UnitsField(
        label=_("Other units copied"),
        max_length=1000,
        required=False,
        help_text=_("Short names or pinyin initials, parted by 、."),
    )
    contact = forms.CharField(label=_("Contact"), max_length=60, required=False)
    contact_phone = forms.CharField(label=_("Contact's phone"), max_length=40, required=False)

    def __init__(
        self, *args: Any, kind: str, mechanism: Mechanism, user: User, on: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.mechanism, self.user, self.on = kind, mechanism, user, on
        self._fill_hands()
        self._fill_form()
        self._fill_period()
        self._fill_copies()
        for name in ("addressees", "more_copies"):
            field: Any = self.fields[name]
            field.among(mechanism.jurisdiction, on)

    def _fill_hands(self) -> None:
        issuers = issuers_for(self.user, self.kind, self.mechanism.jurisdiction, self.on)
        divisions = Organization.objects.on(self.on).filter(
            parent__in=issuers
        ) | Organization.objects.on(self.on).filter(parent__acts_for__in=issuers)
        self._choose("issuer", issuers)
        self._choose("division", divisions.distinct())
        people = {user.pk for unit in issuers for user in users_of(unit, self.on)}
        self._choose("handler", User.objects.filter(pk__in={*people, self.user.pk}))

    def _choose(self, name: str, rows: Any) -> None:
        field: Any = self.fields[name]
        field.queryset = rows

    def _fill_form(self) -> None:
        forms_of_kind = [(form, Form(form).label) for form in FORMS[self.kind]]
        field: Any = self.fields["form"]
        field.choices = forms_of_kind
        self.chosen = self._typed("form") or forms_of_kind[0][0]
        if self.chosen != Form.COMPREHENSIVE:
            for name in STEPS:
                del self.fields[name]
        if len(forms_of_kind) == 1:
            field.widget = forms.HiddenInput()
            self.initial["form"] = forms_of_kind[0][0]

    def _typed(self, name: str) -> Any:
        """What stands in a field now, sent or first value."""
        return self.data.get(name) if self.is_bound else self.initial.get(name)

    def _fill_period(self) -> None:
        known = self.chosen if self.chosen in FORMS[self.kind] else FORMS[self.kind][0]
        self.period: ReplyPeriod = period_of(self.kind, known, self.mechanism, self.on)
        length = small_number(str(self._typed("reply_length") or ""))
        if self.period.own_unit is None:
            del self.fields["reply_length"]
        if self.period.is_long(length):
            usual = self.period.words(self.period.usual_max)
            self.fields["long_reply"].help_text = gettext("usually at most %(usual)s") % {
                "usual": usual
            }
        else:
            del self.fields["long_reply"]

    def _fill_copies(self) -> None:
        self.lines: list[CopyLine] = copy_lines(self.mechanism, self.kind, self.on)
        field: Any = self.fields["copies"]
        field.choices = [(str(line.organization.pk), line.organization) for line in self.lines]
        more = self.initial.get("more_copies")
        if isinstance(more, list):
            clause = {line.organization.pk for line in self.lines}
            self.initial["more_copies"] = [unit for unit in more if unit.pk not in clause]

    @property
    def copy_boxes(self) -> list[tuple[CopyLine, bool]]:
        """Each recipient by a clause, and whether it is ticked."""
        if self.is_bound and hasattr(self.data, "getlist"):
            ticked = set(self.data.getlist("copies"))
        else:
            usual = [line.organization.pk for line in self.lines if line.is_usual]
            ticked = {str(pk) for pk in self.initial.get("copies", usual)}
        return [
            (line, line.is_forced or str(line.organization.pk) in ticked) for line in self.lines
        ]

    @property
    def period_note(self) -> str:
        """How the reply period stands if nothing is typed, in one sentence."""
        if self.period.must_be_named:
            return gettext("No text names a period for this kind: the letter names one.")
        names = {"period": self.period.usual_words}
        if self.period.own_unit is None:
            return gettext("%(period)s, fixed by law.") % names
        return gettext("Left empty: %(period)s. From the day after service.") % names


class RowForm(PortalForm):
    """One of several rows with the same names, sent as lists."""

    def __init__(self, *args: Any, place: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"id_{place}_%s", **kwargs)
        self.place = place

    def _mark_invalid(self, name: str) -> None:
        super()._mark_invalid(name)
        if name in self.fields:
            where = f"id_{self.place}_{name}_error"
            self.fields[name].widget.attrs["aria-describedby"] = where

    @property
    def is_blank(self) -> bool:
        values = self.data if self.is_bound else self.initial
        return not any(str(values.get(name) or "").strip() for name in self.fields)


class ProblemRow(RowForm):
    problem = text_field(_("Problem"), 3)
    advice = text_field(_("Advice"), 3)
    tag = forms.CharField(
        label=_("Kind of problem"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"list": "tags"}),
    )


class CaseRow(RowForm):
    case = forms.CharField(label=_("Case number"), max_length=60, required=False)
    case_note = forms.CharField(label=_("Note"), max_length=100, required=False)

    def clean_case(self) -> str:
        """Put into its usual form; `correction` tells when that changed anything."""
        typed = self.cleaned_data["case"]
        number, hint = read_case_number(typed)
        if hint:
            raise forms.ValidationError(hint)
        if number != typed.strip():
            self.correction = gettext(
                "Case number put right: “%(typed)s” is now “%(number)s”."
            ) % {
                "typed": typed,
                "number": number,
            }
        return number

    correction = ""


class IssueForm(PortalForm):
    """The day, and the number where the portal doesn't give it itself.

    Its page has another form beside it, so its fields name the form that they belong to.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)
    on = forms.DateField(
        label=_("Issued on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    number = forms.CharField(
        label=_("Document number"),
        max_length=80,
        help_text=_("As your office system gave it; brackets are put right by the portal."),
    )

    def __init__(self, *args: Any, typed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not typed:
            del self.fields["number"]
        for field in self.fields.values():
            field.widget.attrs["form"] = "issue"

    def given(self) -> dict:
        return self.cleaned_data

    @property
    def correction(self) -> str:
        """What was put right in the typed number, as a sentence; "" for nothing."""
        typed = self.data.get("number", "")
        number, changed = clean_number(typed)
        if not changed:
            return ""
        return gettext("You typed “%(typed)s”; it was put into the usual form “%(number)s”.") % {
            "typed": typed.strip(),
            "number": number,
        }


class WithdrawForm(PortalForm):
    wide = ("reason",)
    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )

    def given(self) -> dict:
        return self.cleaned_data


class AddresseeForm(PortalForm):
    wide = ("organization",)
    organization = UnitsField(
        label=_("Unit"),
        max_length=120,
        help_text=_("A short name or its pinyin initials."),
    )

    def __init__(self, *args: Any, letter: Suggestion, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organization"]
        field.among(letter.jurisdiction, on)

    def clean_organization(self) -> int:
        units = self.cleaned_data["organization"]
        if len(units) != 1:
            raise forms.ValidationError(_("Name one unit."))
        return units[0].pk

    def given(self) -> dict:
        return {"organization_id": self.cleaned_data["organization"]}


class LetterFileForm(FilesForm):
    wide = ("declared",)

    def given(self) -> dict:
        return {
            "files": self.cleaned_data["file"],
            "declared": self.cleaned_data["declared"],
        }


def form_choices(kind: str) -> list[tuple[str, Any]]:
    return [(form, Form(form).label) for form in FORMS[Kind(kind)]]
