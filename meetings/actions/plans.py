"""An addressee's adopted plan becomes a topic: its measures are proposed as resolutions."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from mechanisms.profile import MeetingRules
from meetings.actions.steps import locked, office_language
from meetings.actions.topics import submit
from meetings.models import Meeting, Topic
from meetings.plan import rules_of
from meetings.policy.plans import adopted, organization_for
from meetings.states import TopicState
from suggestions.models import Addressee, Measure

USUAL_KINDS = ("advice", "problem")


@action
def submit_plan(addressee_id: int, *, actor: Actor, at: datetime, meeting_id: int) -> Topic:
    """Give in a topic whose opinion are the measures still under way; once for an addressee.

    Raises RuleBroken: "no_plan", "plan_submitted", and what `meetings.actions.topics.submit`
    does; PermissionDenied for who does not see the letter, or gives in no topics.
    """
    meeting = locked(meeting_id)
    addressee = (
        Addressee.objects.select_for_update(of=("self",))
        .select_related("suggestion__mechanism", "suggestion__issuer", "organization")
        .get(pk=addressee_id)
    )
    if actor is not None and not policy_for(addressee).sees(actor, addressee):
        raise PermissionDenied("submit")
    standing = Topic.objects.filter(addressee=addressee).exclude(state=TopicState.WITHDRAWN)
    made = standing.first()
    if made is not None:
        return _same(made, meeting, actor)
    measures = list(adopted(addressee))
    if not measures:
        raise RuleBroken("no_plan", _("No adopted measure of this unit is under way."))
    title, opinion = _words(addressee, measures)
    topic = submit(
        meeting.pk,
        actor=actor,
        at=at,
        organization=organization_for(actor, meeting, addressee),
        kind=_kind(rules_of(meeting.mechanism, meeting.planned_on)),
        presenter_name=addressee.organization.short_name,
        title=title,
        opinion=opinion,
    )
    topic.addressee = addressee
    topic.store()
    record(actor, "meetings.topic.from_plan", topic, letter=str(addressee.suggestion))
    return topic


def _same(made: Topic, meeting: Meeting, actor: Actor) -> Topic:
    """Sent by two clicks it is the same topic."""
    if (made.meeting_id, made.submitted_by) == (meeting.pk, actor):
        return made
    message = _("The plan of this unit is a topic already: “%(title)s”.")
    raise RuleBroken("plan_submitted", message % {"title": made.shown_title})


def _kind(rules: MeetingRules) -> str:
    """Of the types of the text the one for advice; else one that asks for an opinion."""
    keys = [kind.key for kind in rules.topic_types]
    wanting = [kind.key for kind in rules.topic_types if kind.needs_opinion]
    return next((key for key in USUAL_KINDS if key in keys), (wanting or keys)[0])


def _words(addressee: Addressee, measures: list[Measure]) -> tuple[str, str]:
    """Title and opinion."""
    letter = addressee.suggestion
    names = {"unit": addressee.organization.short_name, "letter": str(letter)}
    with office_language():
        title = _("How %(unit)s carries out “%(letter)s”") % names
        head = _("Proposed as resolutions, from the plan of %(unit)s on “%(letter)s”:") % names
        lines = [
            _("%(n)d. %(measure)s (%(unit)s, responsible: %(person)s, by %(day)s)")
            % {
                **names,
                "n": place,
                "measure": measure.text,
                "person": measure.responsible,
                "day": measure.due_on.isoformat(),
            }
            for place, measure in enumerate(measures, 1)
        ]
    return title[:200], "\n".join([head, *lines])
