"""A confirmed text becomes a document: looked at on paper, issued, told to its readers."""

from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from foundations.access.policy import policy_for
from foundations.access.visibility import Visibility
from foundations.audit.actor import Actor
from foundations.audit.trail import action
from foundations.notifications.send import notify_once
from mechanisms.queries import party
from meetings.actions.closing import close_if_done
from meetings.actions.steps import all_officers, day_of, office_language
from meetings.actions.texts import locked_text, move_text, require_text_state, rule_of
from meetings.models import Invitation, Meeting, MeetingText
from meetings.models.invitations import GUEST_CATEGORIES
from meetings.papers import minutes
from meetings.papers import texts as papers
from meetings.states import TextClass, TextState
from members.models import RoleBinding
from members.states import Role
from services.documents.actions import draft, issue, redraft
from services.documents.models import OfficialDocument


@action
def issue_text(
    text_id: int, *, actor: Actor, at: datetime, number: str = "", version: int | None = None
) -> MeetingText:
    """Issue a confirmed text as a document, numbered if its class has a series, and tell
    its readers. `number` is typed for a series that the unit's own system keeps."""
    text = locked_text(text_id)
    policy_for(MeetingText).require(actor, "issue", text)
    text.require_version(version)
    require_text_state(text, TextState.CONFIRMED)
    on = day_of(at)
    document = _paper(text, actor, on)
    text.document = issue(document.pk, actor=actor, on=on, at=at, number=number)
    move_text(text, TextState.ISSUED, actor, number=text.document.number)
    _tell_readers(text, at)
    if text.text_class == TextClass.MINUTES:
        close_if_done(text.meeting, actor)
    return text


@action
def prepare_paper(text_id: int, *, actor: Actor, at: datetime) -> OfficialDocument:
    """The paper of a text that is not issued yet, brought up to date, to be looked at."""
    text = locked_text(text_id)
    policy_for(MeetingText).require(actor, "revise", text)
    if text.state == TextState.ISSUED:
        return text.document
    return _paper(text, actor, day_of(at))


def _paper(text: MeetingText, actor: Actor, on: date) -> OfficialDocument:
    """The draft of the text's document: made once, then kept up with the text."""
    context = papers.context(text, on)
    if text.document is not None:
        return redraft(text.document.pk, actor=actor, title=text.title, context=context)
    text.document = draft(
        text.text_class,
        text,
        actor=actor,
        organization=party(text.meeting.mechanism, text.meeting.host).lead,
        jurisdiction=text.jurisdiction,
        title=text.title,
        context=context,
        visibility=text.visibility,
        internal=text.internal,
        mark=minutes.mark_of(text),
        series_key=rule_of(text.meeting, text.text_class).series,
    )
    # The text itself did not change: a form that is open elsewhere stays good.
    MeetingText.objects.filter(pk=text.pk).update(document=text.document)
    return text.document


def _tell_readers(text: MeetingText, at: datetime) -> None:
    with office_language():
        title = _("Issued: %(title)s") % {"title": text.title}
    notify_once(readers_of(text, day_of(at)), text, reason="issued", title=title, at=at)


def readers_of(text: MeetingText, on: date) -> list:
    """The accounts that are told of its issue: its list, as far as it has accounts."""
    users = {user.pk: user for user in all_officers(text.meeting, on)}
    for invitation in _on_the_list(text.meeting):
        for person in _addressed(invitation, text):
            if person is not None and hasattr(person, "user"):
                users[person.user.pk] = person.user
    if text.visibility != Visibility.MEETING:
        sides = text.meeting.mechanism.parties.values("side")
        leaders = RoleBinding.objects.on(on).filter(
            role=Role.LEADER, jurisdiction=text.jurisdiction, organization__side__in=sides
        )
        users.update({one.user_id: one.user for one in leaders.select_related("user")})
    return list(users.values())


def _addressed(invitation: Invitation, text: MeetingText) -> tuple:
    """A text for the participants goes to whoever came; any other to the invitee as well."""
    if text.visibility == Visibility.MEETING:
        return (invitation.attendee,)
    return (invitation.person, invitation.substitute)


def _on_the_list(meeting: Meeting) -> QuerySet[Invitation]:
    return (
        Invitation.objects.filter(meeting=meeting, notified_at__isnull=False)
        .exclude(category__in=GUEST_CATEGORIES)
        .select_related("person__user", "substitute__user")
    )
