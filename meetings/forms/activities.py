"""What is asked about a joint activity, step by step; its kind says which of the fields."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.models import Hearing, Procedure
from foundations.access.form_shapes import (
    ActForm,
    Choosing,
    LinesField,
    TokenForm,
    VersionForm,
    WordsForm,
    choice_field,
    day_field,
    long_field,
)
from meetings.actions.activities import ActivityWords
from meetings.actions.activity_guests import Came
from meetings.actions.activity_outcomes import FileWords, OpinionWords
from meetings.models import Activity, ActivityInvitation
from meetings.states import (
    OBSERVED,
    PUBLISHED,
    RESEARCHED,
    GuestGroup,
    Medium,
    PublicityContent,
)
from members.forms.fields import unit_field, units_field
from members.models import OrganizationGroup
from services.documents.forms import FilesForm, UploadForm

OF_RESEARCH = ("visited", "members", "report_due_on")
OF_OBSERVATION = ("hearing",)
OF_PUBLICITY = ("medium", "content", "link", "masked")
OF_GUESTS = ("sign_up_by",)
MONTH = "%Y-%m"


def hour_field() -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=_("Begins at"), required=False, widget=widget)


def fields_of(kind: str) -> set[str]:
    """The fields that only some kinds have, as far as this one has them."""
    shown = set() if kind in PUBLISHED else set(OF_GUESTS)
    if kind in RESEARCHED:
        shown |= set(OF_RESEARCH)
    if kind in OBSERVED:
        shown |= set(OF_OBSERVATION)
    if kind in PUBLISHED:
        shown |= set(OF_PUBLICITY)
    return shown


class ActivityFields(Choosing):
    """The words of an activity of one kind."""

    title = forms.CharField(label=_("Title"), max_length=200)
    host = unit_field(_("Host"))
    month = forms.DateField(
        label=_("Month of the plan"),
        required=False,
        input_formats=[MONTH],
        widget=forms.DateInput(attrs={"type": "month"}, format=MONTH),
        help_text=_("Where the day is not known yet."),
    )
    on = day_field(_("Day"), required=False)
    until = day_field(_("Until"), required=False, help_text=_("If it takes several days."))
    starts_at = hour_field()
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    sign_up_by = day_field(_("Sign up by"), required=False)
    hearing = forms.ModelChoiceField(
        label=_("Hearing that is observed"),
        required=False,
        queryset=Hearing.objects.none(),
        to_field_name="public_id",
        help_text=_("Public hearings that are open to you."),
    )
    visited = unit_field(_("Unit or place visited"), required=False)
    members = forms.CharField(
        label=_("Who does the research"),
        max_length=300,
        required=False,
        help_text=_("Units and names of those who do it together."),
    )
    report_due_on = day_field(_("Report due on"), required=False)
    medium = choice_field(_("Medium of publication"), Medium.choices, required=False)
    content = choice_field(_("What is published"), PublicityContent.choices, required=False)
    link = forms.CharField(label=_("Where it is published"), max_length=300, required=False)
    masked = forms.BooleanField(
        label=_("Parties and personal data in it are masked."), required=False
    )
    about = long_field(_("What it is about"), required=False)
    co_hosts = units_field(_("Co-hosts"))
    wide = ("title", "about", "co_hosts", "members", "link", "masked")

    def __init__(self, *args: Any, kind: str, **given: Any) -> None:
        special = {*OF_RESEARCH, *OF_OBSERVATION, *OF_PUBLICITY, *OF_GUESTS} - fields_of(kind)
        self.kind = kind
        choices = {
            name: rows
            for name, rows in (given.pop("choices", None) or {}).items()
            if name not in special
        }
        super().__init__(*args, choices=choices, **given)
        for name in special:
            del self.fields[name]

    def words(self, given: dict[str, Any]) -> ActivityWords:
        given["co_hosts"] = list(given["co_hosts"])
        return ActivityWords(kind=self.kind, **given)


class PlanForm(ActivityFields, TokenForm):
    def given(self) -> dict[str, Any]:
        given = super().given()
        token = given.pop("token")
        return {"token": token, "words": self.words(given)}


class ReviseForm(ActivityFields, VersionForm):
    def given(self) -> dict[str, Any]:
        given = super().given()
        version = given.pop("version")
        return {"version": version, "words": self.words(given)}


class InviteForm(ActForm):
    """Units one by one or by their class, and guests from outside."""

    groups = forms.MultipleChoiceField(
        label=_("Guests"),
        required=False,
        choices=[one for one in GuestGroup.choices if one[0] != GuestGroup.UNIT],
        widget=forms.CheckboxSelectMultiple,
    )
    classes = forms.ModelMultipleChoiceField(
        label=_("Classes of units"),
        required=False,
        queryset=OrganizationGroup.objects.none(),
        to_field_name="key",
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Every unit that the class holds today."),
    )
    units = units_field(_("Units"))
    seats = forms.IntegerField(
        label=_("Seats each"), required=False, min_value=1, max_value=999,
        help_text=_("Leave it empty where any number may come."),
    )  # fmt: skip
    wide = ("groups", "classes", "units")

    def given(self) -> dict[str, Any]:
        given = super().given()
        classes = given.pop("classes")
        listed = [unit for one in classes for unit in one.organizations.all()]
        return {**given, "units": list(dict.fromkeys([*given["units"], *listed]))}


class SignUpForm(VersionForm):
    coming = forms.TypedChoiceField(
        label=_("Answer"),
        choices=[("1", _("Signs up")), ("0", _("Does not come"))],
        coerce=lambda value: value == "1",
    )
    people = LinesField(label=_("Who comes: name, a space, post"), required=False)
    remark = forms.CharField(label=_("Remark"), max_length=200, required=False)
    depending = ("people", "remark")
    wide = ("people", "remark")


class MoveForm(VersionForm):
    on = day_field(_("New day"))
    until = day_field(_("Until"), required=False)
    starts_at = hour_field()
    place = forms.CharField(label=_("Place"), max_length=120)
    reason = forms.CharField(label=_("Reason"), max_length=200)
    wide = ("place", "reason")


class WhyForm(VersionForm):
    reason = forms.CharField(label=_("Reason"), max_length=200)
    wide = ("reason",)


class HoldForm(VersionForm):
    """The day on which it took place; then, invitation by invitation, a tick for each who
    signed up, the names of others, and how many more came."""

    held_on = day_field(_("It took place on"))
    uninvited = units_field(
        _("Units that came without being asked"),
        _("They are put on the list; then their people are named here."),
    )

    def __init__(
        self, *args: Any, invitations: Iterable[ActivityInvitation] = (), **given: Any
    ) -> None:
        super().__init__(*args, **given)
        self.invitations = list(invitations)
        for one in self.invitations:
            self._ask(one)
        self.order_fields([name for name in self.fields if name != "uninvited"])
        wide = ("people_", "named_", "uninvited")
        self.wide = tuple(name for name in self.fields if name.startswith(wide))

    def _ask(self, invitation: ActivityInvitation) -> None:
        everyone = list(invitation.attendees.all())
        people = [one for one in everyone if one.signed_up]
        besides = [str(one) for one in everyone if not one.signed_up]
        named = [(str(one.pk), str(one)) for one in people]
        if named:
            ticks = forms.MultipleChoiceField(
                label=_("%(who)s: who came") % {"who": invitation.who},
                choices=named,
                required=False,
                widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
            )
            self.fields[f"people_{invitation.public_id}"] = ticks
            self.initial[f"people_{invitation.public_id}"] = [
                str(one.pk) for one in people if one.came is not False
            ]
        self._ask_besides(invitation, besides)
        self._ask_number(invitation, sum(bool(one.came) for one in everyone))

    def _ask_besides(self, invitation: ActivityInvitation, besides: list[str]) -> None:
        """Who came without having signed up."""
        label = _("%(who)s: who came without signing up") % {"who": invitation.who}
        field = LinesField(label=label, required=False)
        field.help_text = _("One a line: name, a space, post.")
        field.widget.attrs |= {"rows": 2, "class": "form-control"}
        self.fields[f"named_{invitation.public_id}"] = field
        self.initial[f"named_{invitation.public_id}"] = "\n".join(besides)

    def _ask_number(self, invitation: ActivityInvitation, known: int) -> None:
        more = _("%(who)s: more people, not named")
        self.fields[f"more_{invitation.public_id}"] = forms.IntegerField(
            label=more % {"who": invitation.who},
            required=False,
            min_value=0,
            max_value=9999,
            widget=forms.NumberInput(attrs={"class": "form-control"}),
        )
        if invitation.came is not None:
            self.initial[f"more_{invitation.public_id}"] = invitation.came - known

    def given(self) -> dict[str, Any]:
        said = self.cleaned_data
        came = {
            one.pk: Came(
                people=frozenset(int(pk) for pk in said.get(f"people_{one.public_id}", ())),
                more=said.get(f"more_{one.public_id}") or 0,
                named=tuple(said.get(f"named_{one.public_id}", ())),
            )
            for one in self.invitations
        }
        plain = {name: said[name] for name in ("held_on", "version")}
        return {**plain, "came": came, "uninvited": list(said["uninvited"])}


class OpinionForm(WordsForm):
    words = OpinionWords
    organization = unit_field(_("In the name of"))
    author = forms.CharField(
        label=_("Who says it"), max_length=60, help_text=_("A name, or what they are.")
    )
    on = day_field(_("Day"))
    text = long_field(_("Opinion"), rows=5)
    helped = forms.BooleanField(label=_("They helped to mediate."), required=False)
    wide = ("text", "helped")


class CaseField(forms.ModelChoiceField):
    """By its number alone: a list of parties is no part of a review."""

    def label_from_instance(self, obj: Procedure) -> str:
        return obj.number


class ReviewedFileForm(WordsForm):
    words = FileWords
    organization = unit_field(_("Whose file"))
    procedure = CaseField(
        label=_("Case"),
        queryset=Procedure.objects.none(),
        to_field_name="public_id",
        required=False,
        help_text=_("If it is a case of this portal that you see."),
    )
    name = forms.CharField(
        label=_("File"),
        max_length=120,
        required=False,
        help_text=_("Its number or name, without parties; left empty, the number of the case."),
    )
    score = forms.DecimalField(label=_("Score"), min_value=0, max_value=100, decimal_places=2)
    reviewer = forms.CharField(label=_("Reviewed by"), max_length=60, required=False)
    findings = long_field(_("Findings"), required=False)
    award = forms.CharField(label=_("Award"), max_length=60, required=False)
    wide = ("procedure", "findings")

    def clean(self) -> dict[str, Any]:
        given = dict(super().clean() or self.cleaned_data)
        case = given.get("procedure")
        if not given.get("name"):
            given["name"] = case.number if case else ""
        if not given["name"] and "name" not in self.errors:
            self.add_error("name", ValidationError(_("Name the file, or choose its case.")))
        return given


class ReportForm(VersionForm, UploadForm):
    on = day_field(_("Handed in on"))
    text = long_field(_("Main findings"), rows=6)
    recipients = forms.CharField(label=_("Sent to"), max_length=300, required=False)
    copied_to = forms.CharField(label=_("Copied to"), max_length=300, required=False)
    field_order = ("on", "text", "recipients", "copied_to", "file", "declared", "version")
    wide = ("text", "recipients", "copied_to", "file", "declared")

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["file"].required = False

    def given(self) -> dict[str, Any]:
        given = super().given()
        return {"upload": given.pop("file"), **given}


class ConcludeForm(VersionForm):
    summary = long_field(_("Outcome"), rows=5)
    discussion = long_field(_("Discussion afterwards"), required=False, rows=4)
    link = forms.CharField(label=_("Where it is published"), max_length=300, required=False)
    wide = ("summary", "discussion", "link")


class ActivityFilesForm(FilesForm):
    """Material for everyone who sees the activity."""

    def given(self) -> dict[str, Any]:
        return {"uploads": self.cleaned_data["file"], "declared": self.cleaned_data["declared"]}


PLAIN = (
    "title",
    "on",
    "until",
    "starts_at",
    "place",
    "sign_up_by",
    "members",
    "report_due_on",
    "medium",
    "content",
    "link",
    "masked",
    "about",
    "version",
    "month",
)


def first_values(activity: Activity) -> dict[str, Any]:
    """What the form of an activity begins with."""
    related = {name: getattr(activity, name) for name in ("host", "visited", "hearing")}
    return {
        **{name: getattr(activity, name) for name in PLAIN},
        **{name: row.public_id if row else None for name, row in related.items()},
        "co_hosts": [one.public_id for one in activity.co_hosts.all()],
    }
