"""What is asked about performance, visits, notices, analyses and questions answered."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.explanations import ExplanationWords
from cases.actions.losses import LossWords
from cases.actions.visits import VisitWords
from cases.flow.asks import LOSS_GROUNDS, METHODS
from cases.models import Acceptance, DutySource, Intention, Party, To
from cases.models.visits import RESULTS
from foundations.access.form_shapes import (
    TokenForm,
    VersionForm,
    choice_field,
    day_field,
    long_field,
)
from members.forms.fields import unit_field
from services.documents.forms import UploadForm


def line_field(label: Any, *, required: bool = True, most: int = 120) -> forms.CharField:
    return forms.CharField(label=label, required=required, max_length=most)


def short_field(label: Any, *, required: bool = True, most: int = 300) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=label, required=required, max_length=most, widget=widget)


class OwedForm(TokenForm):
    organization = unit_field(_("Owed by the agency"), required=False)
    party = forms.ModelChoiceField(
        label=_("or by the party"),
        required=False,
        queryset=Party.objects.none(),
        to_field_name="public_id",
    )
    source = choice_field(_("Rests on"), DutySource.choices)
    due_on = day_field(_("To be performed by"))
    what = short_field(_("What is to be done"))
    wide = ("what",)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if bool(given.get("organization")) == bool(given.get("party")):
            self.add_error("organization", _("Choose one agency or one party."))
        return given

    def given(self) -> dict[str, Any]:
        given = super().given()
        organization, party = given.pop("organization"), given.pop("party")
        return {"owed_by": organization or party, **given}


class ProofForm(UploadForm):
    """The proof may be missing: what was done can be seen otherwise."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["file"].required = False
        self.fields["file"].label = _("Proof")


class PerformForm(ProofForm, VersionForm):
    on = day_field(_("Performed on"))
    remark = short_field(_("How it was performed"), most=500)
    field_order = ("on", "remark", "file", "declared")
    wide = ("remark", "file", "declared")


class ReportForm(ProofForm, TokenForm):
    organization = unit_field(_("Agency"))
    on = day_field(_("Reported on"))
    text = long_field(_("How it was performed"), rows=4)
    late = short_field(_("Why it is recorded only now"), required=False)
    field_order = ("organization", "on", "text", "file", "declared", "late")
    wide = ("text", "file", "declared", "late")


class ConfirmForm(VersionForm):
    on = day_field(_("Found on"))
    done = forms.TypedChoiceField(
        label=_("Finding"),
        choices=[("1", _("Performed in full")), ("0", _("Not, or not in full"))],
        coerce=lambda value: value == "1",
    )
    remark = short_field(_("Remark"), required=False, most=500)
    wide = ("remark",)


class ReleaseForm(VersionForm):
    on = day_field(_("Fell away on"))
    remark = short_field(_("Why it need not be performed"), most=500)
    wide = ("remark",)


class ArrangeForm(TokenForm):
    on = day_field(_("Arranged on"))
    late = short_field(_("Why it is recorded only now"), required=False)
    wide = ("late",)


class VisitForm(TokenForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    on = day_field(_("Visited on"))
    method = choice_field(_("How"), METHODS)
    person = line_field(_("Who was visited"))
    result = choice_field(_("Result"), RESULTS)
    said = long_field(_("What was said"), required=False)
    measure = short_field(_("What is done now, if all is not well"), required=False)
    next_on = day_field(_("Next visit by, if all is not well"), required=False)
    late = short_field(_("Why it is recorded only now"), required=False)
    wide = ("said", "measure", "late")

    def given(self) -> dict[str, Any]:
        given = super().given()
        plain = {name: given.pop(name) for name in ("token", "version", "late")}
        return {"words": VisitWords(**given), **plain}


def letter_field() -> forms.BooleanField:
    label = _("Issue the letter here, as PDF and Word")
    return forms.BooleanField(label=label, required=False, initial=True)


class SendForm(VersionForm):
    addressee = line_field(_("Addressee of the notice"))
    number = line_field(_("Number of the letter"), required=False, most=80)
    on = day_field(_("Sent on"))
    letter = letter_field()
    wide = ("letter",)


class ReceiveForm(VersionForm):
    on = day_field(_("Received on"))


class RemarkForm(VersionForm):
    remark = short_field(_("Reason"), most=200)
    wide = ("remark",)


class ListForm(TokenForm):
    """The collected outcomes of a period, for one addressee."""

    organ = unit_field(_("Reconsideration organ"))
    to = choice_field(_("Kind of addressee"), To.choices)
    addressee = line_field(_("Addressee of the notice"))
    number = line_field(_("Number of the letter"), required=False, most=80)
    first_on = day_field(_("Decided from"))
    last_on = day_field(_("Decided until"))
    on = day_field(_("Sent on"))
    letter = letter_field()
    wide = ("letter",)

    def given(self) -> dict[str, Any]:
        given = super().given()
        return {**given, "jurisdiction": given["organ"].jurisdiction}


class WantForm(VersionForm):
    by = day_field(_("Wanted by"))


class LossForm(VersionForm):
    cause = choice_field(_("Cause of the loss"), LOSS_GROUNDS)
    rectify_by = day_field(_("To be rectified by"))
    analysis = long_field(_("What went wrong"))
    lesson = long_field(_("Lesson"))
    rectification = long_field(_("Rectification measures"))
    wide = ("analysis", "lesson", "rectification")

    def given(self) -> dict[str, Any]:
        given = super().given()
        version = given.pop("version")
        return {"words": LossWords(**given), "version": version}


class ReviewForm(VersionForm):
    accepted = forms.TypedChoiceField(
        label=_("Finding"),
        choices=[("", _("Choose")), ("1", _("Accepted, to be rectified")), ("0", _("Sent back"))],
        coerce=lambda value: value == "1",
    )
    remark = short_field(_("Remark"), required=False, most=500)
    wide = ("remark",)


class RectifiedForm(VersionForm):
    on = day_field(_("Rectified on"))
    remark = short_field(_("Remark"), required=False, most=500)
    wide = ("remark",)


class NoticeForm(TokenForm):
    window = line_field(_("Place and phone"), most=200)
    answered_by = line_field(_("Who answers"))


class ExplanationForm(VersionForm):
    on = day_field(_("Questions answered on"))
    place = line_field(_("Place"))
    attendees = short_field(_("Who was there"))
    questions = long_field(_("Questions"))
    answers = long_field(_("Answers"))
    acceptance = choice_field(_("Acceptance"), Acceptance.choices)
    intention = choice_field(_("Intention to appeal"), Intention.choices)
    wide = ("attendees", "questions", "answers")

    def given(self) -> dict[str, Any]:
        given = super().given()
        version = given.pop("version")
        return {"words": ExplanationWords(**given), "version": version}
