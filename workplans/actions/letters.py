"""Supervision letters (督办函) to units that did not report on a task."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.access.policy import policy_for
from foundations.access.visibility import Visibility
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from foundations.notifications.send import notify_once
from members.models import Organization, User
from members.policy import works_for
from services.documents import actions as documents
from suggestions.actions.steps import day_of, office_language, people_of
from suggestions.profile import rules_of
from workplans.actions.progress import leads_of, locked_term, require_running
from workplans.models import SupervisionLetter, TaskTerm
from workplans.papers.letters import letter_context, letter_title


@action
def supervise(
    term_id: int,
    *,
    actor: Actor,
    at: datetime,
    due_on: date,
    reason: str = "",
    number: str = "",
) -> SupervisionLetter:
    """Send a supervision letter with its paper; the report of the term answers it.

    Without a reason the letter says what is late. Raises RuleBroken "not_running",
    "nothing_late" (field reason), "due_past" (due_on), and what documents raise (number).
    """
    term = locked_term(term_id)
    policy_for(TaskTerm).require(actor, "urge", term)
    require_running(term)
    on = day_of(at)
    if due_on < on:
        raise RuleBroken("due_past", _("This day is over already."), "due_on")
    if term.asked_by >= on and not reason.strip():
        message = _("Nothing is late: say why you urge all the same.")
        raise RuleBroken("nothing_late", message, "reason")
    letter = SupervisionLetter(
        term=term,
        by_organization=_sender(actor, term),
        by=actor,
        on=on,
        due_on=due_on,
        reason=reason.strip(),
        number=number.strip(),
    )
    letter.store()
    _issue(letter, number.strip(), actor, at)
    told = {"unit": term.unit.organization.short_name, "due_on": due_on.isoformat()}
    record(actor, "workplans.term.urged", term, **told, number=letter.number)
    _tell(letter, actor, at)
    return letter


def _sender(actor: Actor, term: TaskTerm) -> Organization:
    """The lead unit, or the keeper, for which the actor works."""
    units = leads_of(term)
    own = [unit for unit in units if isinstance(actor, User) and works_for(actor, unit)]
    return (own or units)[0]


def series_of(sender: Organization, term: TaskTerm, on: date) -> str:
    rules = rules_of(term.unit.task.task_list.mechanism, on)
    return rules.letter_series.get(sender.key, "")


def _issue(letter: SupervisionLetter, number: str, actor: Actor, at: datetime) -> None:
    paper = documents.draft(
        "urging_letter",
        letter,
        actor=actor,
        organization=letter.by_organization,
        jurisdiction=letter.term.unit.task.jurisdiction,
        title=letter_title(letter)[:200],
        context=letter_context(letter),
        visibility=Visibility.JOINT,
        series_key=series_of(letter.by_organization, letter.term, letter.on),
    )
    issued = documents.issue(paper.pk, actor=actor, on=letter.on, at=at, number=number)
    letter.number = issued.number
    letter.store()


def _tell(letter: SupervisionLetter, actor: Actor, at: datetime) -> None:
    unit = letter.term.unit.organization
    with office_language():
        words = {"n": letter.term.unit.task.label, "term": letter.term.name}
        title = _("Supervision letter: report on task %(n)s (%(term)s)") % words
        sender = {"sender": letter.by_organization.short_name, "due": letter.due_on.isoformat()}
        text = _("%(sender)s expects your report by %(due)s.") % sender
    people = [user for user in people_of(unit, at) if user != actor]
    notify_once(people, letter, reason="urged", title=title, text=text, at=at)
