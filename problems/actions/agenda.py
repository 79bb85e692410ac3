"""A problem or a question is put on a meeting, as a topic of the unit that keeps it."""

from datetime import datetime
from typing import Any, TypeVar

from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from meetings.actions.topics import submit
from meetings.models import Meeting
from problems.actions.steps import locked, require_open
from problems.models import Problem, Question

R = TypeVar("R", Problem, Question)


@action
def problem_on_agenda(problem_id: int, **given: Any) -> Problem:
    return _put(locked(Problem, problem_id), "problems.problem.on_agenda", **given)


@action
def question_on_agenda(question_id: int, **given: Any) -> Question:
    return _put(locked(Question, question_id), "problems.question.on_agenda", **given)


def _put(
    row: R,
    verb: str,
    *,
    actor: Actor,
    at: datetime,
    meeting: Meeting,
    kind: str,
    opinion: str,
    presenter_name: str,
    token: str | None = None,
) -> R:
    """Raises PermissionDenied; RuleBroken "matter_over" and what a topic may be refused for."""
    policy_for(type(row)).require(actor, "keep", row)
    require_open(row)
    words: dict[str, Any] = {
        "kind": kind,
        "title": row.title,
        "opinion": opinion,
        "presenter_name": presenter_name,
        "form_token": token,
    }
    topic = submit(meeting.pk, actor=actor, at=at, organization=row.organization, **words)
    if row.topic_id != topic.pk:
        row.topic = topic
        row.store()
        record(actor, verb, row, meeting=str(meeting))
    return row
