"""What is asked about a topic: its words, its material, what becomes of it, who reads it."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from foundations.access.forms import OnceForm, PortalForm
from meetings.forms.days import GivenForm, VersionedForm, reason_field
from meetings.models import Meeting, Topic
from meetings.plan import rules_of
from meetings.policy.topics import possible_readers
from meetings.states import TopicState
from members.models import Organization, Person, User
from members.rosters import roster
from services.documents.forms import UploadForm

MOST_MINUTES = 240


class TopicWords(GivenForm):
    """What a topic says; shared by giving one in and changing one."""

    wide: tuple[str, ...] = ("title", "opinion", "pending_case", "confidential")
    title = forms.CharField(label=_("Title of the topic"), max_length=200)
    kind = forms.ChoiceField(label=_("Type"))
    minutes_planned = forms.IntegerField(
        label=_("Minutes planned"), min_value=1, max_value=MOST_MINUTES, initial=15
    )
    opinion = forms.CharField(
        label=_("Concrete opinion"),
        max_length=4000,
        error_messages={
            "required": _(
                "A topic of this type needs a concrete opinion: what should be decided or done."
            )
        },
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    presenter = forms.ModelChoiceField(
        label=_("Presenter"), queryset=Person.objects.none(), required=False
    )
    presenter_name = forms.CharField(
        label=_("Presenter not on the list"), required=False, max_length=120
    )
    pending_case = forms.BooleanField(label=_("Touches a pending case"), required=False)
    confidential = forms.BooleanField(
        label=_("Internal and confidential"),
        required=False,
        help_text=_("Only readers named by you open it; others see a line without its title."),
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = rules_of(meeting.mechanism, meeting.planned_on)
        self.fields["kind"].choices = [(kind.key, kind.label) for kind in rules.topic_types]
        plain = {kind.key: kind.label for kind in rules.topic_types if not kind.needs_opinion}
        opinion = self.fields["opinion"]
        opinion.required = self.data.get("kind") not in plain
        opinion.help_text = (
            _("What should be decided or done. Not needed for: %(types)s.")
            % {"types": "、".join(plain.values())}
            if plain
            else _("What should be decided or done.")
        )
        self.fields["presenter"].queryset = self._presenters(meeting)

    @staticmethod
    def _presenters(meeting: Meeting) -> QuerySet[Person]:
        """People on the roster, and those of units whose topics or people are wanted."""
        body = meeting.mechanism.body
        seated = [line.person.pk for line in roster(body, meeting.planned_on)] if body else []
        invited = meeting.invitations.filter(person__isnull=False).values("person")
        return Person.objects.filter(Q(pk__in=seated) | Q(pk__in=invited)).order_by("pk")


class TopicForm(TopicWords, OnceForm):
    """A new topic; `late` asks a secretariat why it comes after the due day."""

    wide = (*TopicWords.wide, "late_reason")
    organization = forms.ModelChoiceField(
        label=_("Submitted by"), queryset=Organization.objects.none(), empty_label=None
    )
    late_reason = forms.CharField(
        label=_("Why it is added after the due day"), max_length=300, required=False
    )
    field_order = (
        "organization",
        "kind",
        "title",
        "opinion",
        "presenter",
        "presenter_name",
        "minutes_planned",
        "late_reason",
        "pending_case",
        "confidential",
    )

    def __init__(
        self, *args: Any, organizations: QuerySet[Organization], late: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations
        if not late:
            del self.fields["late_reason"]


class TopicChangeForm(TopicWords, VersionedForm):
    pass


class MaterialForm(UploadForm):
    """A file for a topic; beside it stands what a decision missed."""

    confidential = forms.BooleanField(
        label=_("Internal and confidential material"),
        required=False,
        help_text=_("Opened by the named readers only, every time recorded."),
    )


class ReasonForm(GivenForm):
    wide: tuple[str, ...] = ("reason",)
    reason = reason_field()


class MergeForm(ReasonForm):
    wide = ("into", "reason")
    into = forms.ModelChoiceField(label=_("Treated within"), queryset=Topic.objects.none())
    field_order = ("into", "reason")

    def __init__(self, *args: Any, others: QuerySet[Topic], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = others.filter(
            state__in=(TopicState.SUBMITTED, TopicState.ACCEPTED)
        )


class ReadersForm(GivenForm):
    wide = ("users",)
    users = forms.ModelMultipleChoiceField(
        label=_("Readers"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("People with an account who take part in this meeting."),
    )

    def __init__(self, *args: Any, topic: Topic, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["users"].queryset = possible_readers(topic.meeting, on)


class UndertakingForm(PortalForm):
    wide = ("agreed",)
    agreed = forms.BooleanField(label=_("I have read the undertaking and sign it."))
