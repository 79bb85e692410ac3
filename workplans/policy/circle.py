"""Who keeps lists, who leads tasks, who answers for them: questions that policies share."""

from datetime import date

from django.db.models import Q, QuerySet

from mechanisms.models import Mechanism, MechanismParty
from mechanisms.queries import parties
from members.models import Organization, User
from members.policy import WORKERS, works_for
from members.standing import standing
from members.states import Role
from workplans.models import ProgressReport, Task, TaskList, TaskTerm
from workplans.states import ListState, TermState, Verdict


def keepers_for(user: User, mechanism: Mechanism, on: date) -> list[Organization]:
    """In whose name the user may keep task lists of a mechanism: who acts for a side, and
    who does its daily work."""
    rows = parties(mechanism)
    named = [party.acting for party in rows] + [party.secretariat for party in rows]
    units = (unit for unit in dict.fromkeys(named) if unit.parent_id is None)
    return [unit for unit in units if unit.holds_on(on) and works_for(user, unit)]


def keeps(user: User, task_list: TaskList) -> bool:
    return works_for(user, task_list.keeper)


def seen_lists(user: User) -> Q:
    """A list in force is read by the units that it names and by those that the institution
    names as its parties; a draft by its keeper alone."""
    mine = standing(user)
    if not mine.is_staff:
        return Q(pk__in=())
    held = mine.organizations
    led = Task.lead_units.through.objects.filter(organization__in=held)
    named = Task.objects.filter(Q(units__organization__in=held) | Q(pk__in=led.values("task")))
    concerned = Q(mechanism__in=_of_party(held)) | Q(pk__in=named.values("task_list"))
    return (concerned & ~Q(state=ListState.DRAFT)) | Q(keeper__in=held)


def _of_party(organizations: frozenset[int]) -> QuerySet:
    """The mechanisms of which these are a party."""
    rows = MechanismParty.objects.filter(
        Q(lead__in=organizations) | Q(acting__in=organizations) | Q(secretariat__in=organizations)
    )
    return rows.values("mechanism")


def leads(user: User, task: Task) -> bool:
    """The keeper of the list, and the lead units of the task."""
    if keeps(user, task.task_list):
        return True
    mine = standing(user)
    return mine.has(*WORKERS) and any(
        unit.pk in mine.organizations for unit in task.lead_units.all()
    )


def judges(user: User, term: TaskTerm) -> bool:
    """Who leads the task, but for the own report; the keeper judges its own too."""
    task = term.unit.task
    own = works_for(user, term.unit.organization)
    return keeps(user, task.task_list) or (leads(user, task) and not own)


def answers_for(user: User, term: TaskTerm) -> bool:
    return term.state == TermState.OPEN and works_for(user, term.unit.organization)


def urges(user: User, term: TaskTerm) -> bool:
    return term.state == TermState.OPEN and judges(user, term)


def judges_report(user: User, report: ProgressReport) -> bool:
    return report.state == Verdict.SENT and judges(user, report.term)


def read_terms(user: User) -> Q:
    """Terms whose reports the user reads: of the own unit, of tasks that it leads or keeps,
    and as an officer or a leader of the mechanism."""
    mine = standing(user)
    if not mine.is_staff:
        return Q(pk__in=())
    led = Task.lead_units.through.objects.filter(organization__in=mine.organizations)
    near = "unit__task__task_list"
    officer = mine.is_secretariat or mine.has(Role.LEADER)
    of_party = _of_party(mine.organizations if officer else frozenset())
    return (
        Q(unit__organization__in=mine.organizations)
        | Q(unit__task__in=led.values("task"))
        | Q(**{f"{near}__keeper__in": mine.organizations})
        | Q(**{f"{near}__mechanism__in": of_party})
    )
