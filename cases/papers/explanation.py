"""判后答疑告知书 and 判后答疑笔录 (K-12, WJ-67…70): the court's own."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cases.actions.explanations import last_day_to_appeal
from cases.models import Acceptance, Explanation, Intention
from cases.papers.paper import Paper
from cases.papers.words import (
    ROLES,
    case_words,
    full_name,
    lines_of,
    long_day,
    people_of,
    place_of,
)
from foundations.access.policy import policy_for
from foundations.access.visibility import Visibility
from members.models import User

NOTICE, RECORD = "判后答疑告知书", "判后答疑笔录"
ACCEPTANCES: dict[str, str] = {
    Acceptance.ACCEPTED: "服判",
    Acceptance.PARTLY: "部分服判",
    Acceptance.REFUSED: "不服判",
}
INTENTIONS: dict[str, str] = {
    Intention.NONE: "表示不上诉",
    Intention.UNDECIDED: "尚未决定是否上诉",
    Intention.APPEAL: "表示将提起上诉",
}


def _near(rows: QuerySet[Explanation]) -> QuerySet[Explanation]:
    return rows.select_related(
        "participant__procedure__organ",
        "participant__procedure__dispute__jurisdiction",
        "participant__party",
        "participant__organization",
    )


def _held(rows: QuerySet[Explanation]) -> QuerySet[Explanation]:
    return _near(rows).filter(held_on__isnull=False)


def notice_title(row: Explanation) -> str:
    return f"{NOTICE}（{row.participant}）"


def record_title(row: Explanation) -> str:
    return f"{RECORD}（{row.participant}，{long_day(row.held_on)}）"


def notice_context(row: Explanation, on: date) -> dict:
    """It is served together with the judgment, so it bears the day of that (WJ-68)."""
    last = last_day_to_appeal(row.participant)
    return {
        **_case(row),
        "title": NOTICE,
        "paper": NOTICE,
        "subject_title": "",
        "own_number": row.procedure.number,
        "addressees": [full_name(row.participant)],
        "window": row.window,
        "answered_by": row.answered_by,
        "last_day": long_day(last),
        "signer": row.procedure.organ.name,
        "date": long_day(row.notified_on),
        "copy_to": [],
    }


def record_context(row: Explanation, on: date) -> dict:
    recorder = row.recorded_by
    return {
        **_case(row),
        "title": RECORD,
        "party": full_name(row.participant),
        "role": ROLES[row.participant.role],
        "held": long_day(row.held_on),
        "place": row.place,
        "attendees": row.attendees,
        "answered_by": row.answered_by,
        "recorder": {"name": str(recorder) if recorder else ""},
        "questions": lines_of(row.questions),
        "answers": lines_of(row.answers),
        "acceptance": ACCEPTANCES.get(row.acceptance, ""),
        "intention": INTENTIONS.get(row.intention, ""),
        "last_day": long_day(last_day_to_appeal(row.participant)),
    }


def _case(row: Explanation) -> dict:
    procedure = row.procedure
    outcome = procedure.outcome
    return {
        "issuer": procedure.organ.name,
        "number": procedure.number,
        "people": people_of(procedure),
        "case": case_words(procedure),
        "case_number": procedure.number,
        "outcome": outcome.name if outcome else "",
        "closed": long_day(procedure.closed_on),
    }


def _lacks(row: Explanation) -> list[str]:
    return [] if row.procedure.number else [_("The case has no number yet.")]


def _explains(user: User, row: Explanation) -> bool:
    return policy_for(Explanation).can(user, "edit", row)


def _paper(kind: str, **given: Any) -> Paper:
    return Paper(
        kind=kind,
        model=Explanation,
        path="participant__procedure__dispute",
        issuer=lambda row: row.procedure.organ,
        place=lambda row: place_of(row.procedure),
        may=_explains,
        lacks=_lacks,
        number=lambda row: row.procedure.number,
        names_people=True,
        visibility=Visibility.COURT_INTERNAL,
        **given,
    )


PAPERS = (
    _paper("explanation_notice", ready=_near, title=notice_title, context=notice_context),
    _paper("explanation_record", ready=_held, title=record_title, context=record_context),
)
