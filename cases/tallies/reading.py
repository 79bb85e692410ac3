"""Reading what the counting rows of disputes are derived from: a fixed number of statements."""

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import cast

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Q, QuerySet, Value

from cases.flow.table import tables
from cases.hearings.reading import attendances
from cases.hearings.states import HearingState
from cases.models import (
    Appearance,
    Event,
    Explanation,
    Hearing,
    Link,
    Participant,
    Performance,
    PerformanceState,
    Procedure,
    Visit,
)
from cases.states import AGENCY_ROLES, EITHER_ROLES, Kind
from cases.tallies.rights import RULES
from cases.tallies.story import Agency, Chapter, Happened, Owed, Story, Window
from members.states import Side
from services.deadlines.models import Deadline

PETITION = "petition_risk"
"""A follow-up visit that found that the party turns to petitions."""
WITH_RIGHTS = (Kind.RECONSIDERATION, Kind.FIRST_INSTANCE, Kind.SECOND_INSTANCE)
DONE = (PerformanceState.PERFORMED, PerformanceState.CONFIRMED)
STEPS = tuple(
    sorted(
        {
            step.key
            for table in tables().values()
            for step in table.steps.values()
            if step.pauses or step.resumes or step.key == "appeal"
        }
    )
)
"""The steps that a tally asks for: what stops and starts clocks, and appeals."""
OWED, EXPLAINED, STEP, LINK, HELD = "owed", "explained", "step", "link", "held"


def read(disputes: Sequence[int], procedures: Iterable[Procedure] | None = None) -> list[Story]:
    """The stories of disputes by their keys; at most five statements. `procedures` are all
    theirs, where they are at hand, with their disputes."""
    stories = _begun(_procedures(disputes) if procedures is None else procedures)
    chapters = {pk: one for story in stories for pk, one in story.chapters.items()}
    whose = _enter(disputes, chapters)
    _tell(disputes, chapters)
    _open_windows(chapters, whose)
    _attend(chapters)
    return stories


def _procedures(disputes: Sequence[int]) -> QuerySet[Procedure]:
    rows = Procedure.objects.filter(dispute__in=disputes)
    return rows.select_related("dispute__jurisdiction").order_by()


def _begun(procedures: Iterable[Procedure]) -> list[Story]:
    found: dict[int, Story] = {}
    for row in sorted(procedures, key=lambda one: (one.opened_on, one.pk)):
        story = found.setdefault(row.dispute_id, Story(row.dispute, {}))
        story.chapters[row.pk] = Chapter(row)
    return list(found.values())


def _enter(disputes: Sequence[int], chapters: dict[int, Chapter]) -> dict[int, Chapter]:
    """The agencies of each procedure, in their order; and the chapter of each participant."""
    rows = Participant.objects.filter(procedure__dispute__in=disputes)
    names = ("pk", "procedure_id", "role", "organization_id", "organization__side")
    whose = {}
    for pk, procedure, role, unit, side in rows.order_by("role", "order", "pk").values_list(
        *names
    ):
        whose[pk] = chapters[procedure]
        either = role in EITHER_ROLES and side == Side.GOVERNMENT
        if unit is not None and (role in AGENCY_ROLES or either):
            chapters[procedure].agencies.append(Agency(unit, role))
    return whose


def _tell(disputes: Sequence[int], chapters: dict[int, Chapter]) -> None:
    """What is owed, what was explained, found on visits and done, and what followed what: in
    one statement, whose rows are a tag, a procedure, a key, two days and a word."""
    rows = _owed(disputes).union(*_others(disputes), all=True)
    for tag, procedure, key, on, until, word in sorted(rows, key=itemgetter(3, 2)):
        chapter = chapters[procedure]
        if tag == OWED:
            chapter.owed.append(Owed(key, on, until if word in DONE else None))
        elif tag == STEP:
            chapter.steps.append(Happened(word, on))
        elif tag == LINK:
            chapter.earlier.append(key)
        elif tag == PETITION:
            chapter.petitioned.append(on)
        elif tag == HELD:
            chapter.heard = True
        else:
            chapter.explained = True


def _owed(disputes: Sequence[int]) -> QuerySet:
    """The first arm names the types of all."""
    rows = Performance.objects.filter(procedure__dispute__in=disputes, organization__isnull=False)
    kept = rows.exclude(state=PerformanceState.RELEASED).order_by()
    return kept.values_list(
        Value(OWED), "procedure_id", "organization_id", "due_on", "performed_on", "state"
    )


def _others(disputes: Sequence[int]) -> list[QuerySet]:
    answered = Explanation.objects.filter(
        participant__procedure__dispute__in=disputes, held_on__isnull=False
    )
    visits = Visit.objects.filter(procedure__dispute__in=disputes, result=PETITION)
    steps = Event.objects.filter(procedure__dispute__in=disputes, step__in=STEPS)
    links = Link.objects.filter(later__dispute__in=disputes)
    held = Hearing.objects.filter(procedure__dispute__in=disputes, state=HearingState.HELD)
    return [
        _arm(answered, EXPLAINED, "participant__procedure_id", "held_on"),
        _arm(visits, PETITION, "procedure_id", "on"),
        _arm(steps, STEP, "procedure_id", "on", word="step"),
        _arm(held, HELD, "procedure_id", "on"),
        _arm(links, LINK, "later_id", "later__opened_on", key="earlier_id"),
    ]


def _arm(
    rows: QuerySet, tag: str, procedure: str, on: str, key: str = "pk", word: str = ""
) -> QuerySet:
    said = F(word) if word else Value("")
    return rows.order_by().values_list(Value(tag), procedure, key, F(on), F(on), said)


def _open_windows(chapters: dict[int, Chapter], whose: dict[int, Chapter]) -> None:
    """The rights that a closed procedure gave: they hang on it, or on who takes part in it."""
    closed = {
        pk
        for pk, one in chapters.items()
        if one.procedure.kind in WITH_RIGHTS and not one.procedure.is_open
    }
    if not closed:
        return
    parts = {pk: one for pk, one in whose.items() if one.procedure.pk in closed}
    types = ContentType.objects.get_for_models(Procedure, Participant)
    own, of_parts = types[Procedure].pk, types[Participant].pk
    asked = Q(subject_type=own, subject_id__in=closed)
    asked |= Q(subject_type=of_parts, subject_id__in=list(parts))
    rows = Deadline.objects.filter(asked, rule__in=RULES, window=True)
    names = ("subject_type_id", "subject_id", "rule", "trigger_on", "due_on")
    for kind, pk, rule, trigger_on, due_on in rows.values_list(*names):
        chapter = chapters[pk] if kind == own else parts[pk]
        chapter.windows.append(Window(rule, trigger_on, due_on))


def _attend(chapters: dict[int, Chapter]) -> None:
    """How agencies stood at the hearings that were held."""
    heard = [pk for pk, one in chapters.items() if one.heard]
    if not heard:
        return
    rows = Appearance.objects.filter(
        hearing__procedure__in=heard, hearing__state=HearingState.HELD
    )
    for one in attendances(rows):
        chapters[cast("int", one.instance)].attendances.append(one)
