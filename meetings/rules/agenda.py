"""Is a meeting prepared as the text asks: agreed on and notified, with topics that hold."""

from collections.abc import Iterator
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Contact
from mechanisms.findings import Clause, Finding, Occasion, Words, weigh_occasions
from mechanisms.findings import weigh_use as weigh_used
from mechanisms.profile import MeetingRules, TopicType
from mechanisms.queries import parties
from mechanisms.states import ComplianceState
from mechanisms.states import RuleKind as K
from meetings.models import Meeting, Topic
from meetings.plan import rules_of
from meetings.rules.rows import held_this_year
from meetings.states import CALLED, HELD, TopicState
from services.documents.models import Attachment

S = ComplianceState


def notified(clause: Clause) -> Finding:
    """Each meeting: first the sides agree, then each notifies its own people, before it is
    held."""
    sides = {one.side for one in parties(clause.mechanism)}
    rows = clause.mechanism.meetings.filter(
        state__in=CALLED, day_agreed_at__isnull=False, planned_on__gte=clause.since
    )
    found = [_notices_of(one, sides) for one in rows.prefetch_related("side_notices")]
    words = Words(
        kept=_("Agreed between the sides; each side notified its own people."),
        missing=_("A side has not notified its own people yet."),
        idle=_("No meeting was called within a year."),
        period=_("Each meeting"),
    )
    return weigh_occasions(clause, found, words)


def _notices_of(meeting: Meeting, sides: set[str]) -> Occasion:
    """Done on the day on which the last side issued its first notice."""
    first: dict[str, date] = {}
    for notice in meeting.side_notices.all():
        day = timezone.localtime(notice.at).date()
        first[notice.side] = min(day, first.get(notice.side, day))
    done_on = max(first.values()) if sides <= set(first) else None
    agreed = timezone.localtime(meeting.day_agreed_at).date()
    due_on = meeting.held_on or meeting.planned_on
    return Occasion(meeting, meeting.title, min(agreed, due_on), due_on, done_on)


def prepared(clause: Clause) -> Finding:
    """Each meeting held: its topics came with a concrete opinion and material."""
    listed = Topic.objects.on_agenda().select_related("carried_from__carried_from")
    rows = held_this_year(clause).prefetch_related(Prefetch("topics", listed, to_attr="listed"))
    meetings = list(rows)
    having = _with_material([topic for meeting in meetings for topic in _listed(meeting)])
    found = [_prepared(one, rules_of(clause.mechanism, one.held_on), having) for one in meetings]
    words = Words(
        kept=_("Topics came with concrete opinions and material."),
        missing=_("A topic came without its opinion or material."),
        idle=_("No meeting within a year."),
        period=_("Each meeting"),
    )
    return weigh_occasions(clause, found, words)


def _prepared(meeting: Meeting, rules: MeetingRules, having: set[int]) -> Occasion:
    """Not done while a topic of the agenda lacks what its type asks for; a day later it is
    overdue. `having` are the topics with material."""
    needing = {kind.key for kind in rules.topic_types if kind.needs_opinion}
    topics = _listed(meeting)
    bare = any(one.kind in needing and not one.opinion.strip() for one in topics)
    lacking = rules.material_required and any(one.pk not in having for one in topics)
    whole = bool(topics) and not bare and not lacking
    done_on = meeting.held_on if whole else None
    return Occasion(meeting, meeting.title, meeting.held_on, meeting.held_on, done_on)


def _listed(meeting: Meeting) -> list[Topic]:
    """What stood on its agenda besides what stands on every one."""
    return [one for one in meeting.__dict__["listed"] if not one.is_standing]


def _with_material(topics: list[Topic]) -> set[int]:
    """Those that came with a file, or came back from a meeting to which they had brought one."""
    kind = ContentType.objects.get_for_model(Topic)
    rows = Attachment.objects.filter(subject_type=kind, removed_at__isnull=True)
    before = {one.pk: {one.pk, *_earlier(one)} for one in topics}
    found = rows.filter(subject_id__in=set().union(*before.values()))
    having = set(found.values_list("subject_id", flat=True))
    return {pk for pk, same in before.items() if same & having}


def _earlier(topic: Topic) -> Iterator[int]:
    """The rows of the same topic at the meetings from which it was carried over."""
    earlier = topic.carried_from
    while earlier is not None:
        yield earlier.pk
        earlier = earlier.carried_from


def topics_of(clause: Clause) -> QuerySet[Topic]:
    """What stood on the agenda of the meetings held within a year, the newest first."""
    rows = Topic.objects.filter(
        meeting__mechanism=clause.mechanism,
        meeting__state__in=HELD,
        meeting__held_on__range=(clause.since, clause.on),
        state=TopicState.ACCEPTED,
    )
    return rows.select_related("meeting").order_by("-meeting__held_on", "order", "pk")


def _treated(topic: Topic) -> Occasion:
    """Shown by its meeting: a topic may be confidential, and is not named."""
    return Occasion(topic.meeting, topic.meeting.title, topic.meeting.held_on)


def covered(clause: Clause) -> Finding:
    """The matters that the text names stood on the agenda within a year, each of them.

    Which topic belongs to a matter is told by its type, else by its title. Without a period
    in the text a matter that did not come up is never broken.
    """
    items = clause.parameters.get("items", [])
    types = rules_of(clause.mechanism, clause.on).topic_types
    topics = list(topics_of(clause))
    missing = [item for item in items if not any(_is_of(one, item, types) for one in topics)]
    if clause.may or not items or len(missing) == len(items):
        wanted = [one for one in topics if any(_is_of(one, item, types) for item in items)]
        return weigh_used(clause, map(_treated, wanted if items else topics), _matters(items))
    shown = dict.fromkeys(
        _treated(one).evidence for one in topics if any(_is_of(one, item, types) for item in items)
    )
    if missing:
        said = _("Not on an agenda within a year: %(list)s.") % {"list": "、".join(missing)}
        return Finding(S.NOT_YET_DUE, said, tuple(shown), period=_("Regularly"))
    return Finding(S.KEPT, _matters(items).kept, tuple(shown), period=_("Regularly"))


def _matters(items: list[str]) -> Words:
    named = {"list": "、".join(items)}
    return Words(
        kept=_("On an agenda within a year: %(list)s.") % named,
        missing="",
        idle=_("Not on an agenda within a year: %(list)s.") % named,
        period=_("Regularly"),
    )


def _is_of(topic: Topic, item: str, types: tuple[TopicType, ...]) -> bool:
    label = next((one.label for one in types if one.key == topic.kind), "")
    by_type = bool(label) and (item in label or label in item)
    return by_type or (not topic.confidential and item in topic.title)


def discussed(clause: Clause) -> Finding:
    """Topics of the types that the text names; of any, where it names none."""
    wanted = clause.parameters.get("topic_types", [])
    types = rules_of(clause.mechanism, clause.on).topic_types
    topics = [
        one
        for one in topics_of(clause)
        if not wanted or any(_is_of(one, item, types) for item in wanted)
    ]
    words = Words(
        kept=_("Such matters were on an agenda within a year."),
        missing="",
        idle=_("No such matter was on an agenda within a year."),
        period=_("As needed"),
    )
    return weigh_used(clause, _once_a_meeting(topics), words)


def _once_a_meeting(topics: list[Topic]) -> list[Occasion]:
    return [_treated(one) for one in {one.meeting_id: one for one in topics}.values()]


def independent(clause: Clause) -> Finding:
    """Matters of pending cases were marked as such, and contacts about them registered."""
    marked = [one for one in topics_of(clause) if one.pending_case]
    contacts = Contact.objects.filter(
        dispute__jurisdiction=clause.mechanism.jurisdiction_id,
        on__range=(clause.since, clause.on),
    )
    noted = [
        Occasion(one, _("Register of contacts"), one.on, done_on=one.on)
        for one in contacts.select_related("dispute").order_by("-on", "-pk")
    ]
    told = [
        Occasion(one.record, one.label, one.on, done_on=one.on) for one in _once_a_meeting(marked)
    ]
    words = Words(
        kept=_("Topics on pending cases were marked, contacts about them registered."),
        missing="",
        idle=_("No pending case was touched within a year."),
        period=_("At all times"),
    )
    return weigh_occasions(clause, [*told, *noted], words)


RULES = {
    (K.CHECKLIST, "meeting_notice"): notified,
    (K.CHECKLIST, "topic"): prepared,
    (K.CHECKLIST, "topic_type"): covered,
    (K.CASE_FLOW, "case_on_agenda"): discussed,
    (K.CASE_FLOW, "pending_case"): independent,
    (K.TASK, "topic"): discussed,
}
