"""How the clauses that speak of letters of advice are judged."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from mechanisms import rules
from mechanisms.findings import Clause, Finding
from mechanisms.occasions import Judged, Source
from mechanisms.rules import Evaluate
from mechanisms.states import RuleKind as K
from services.deadlines.models import Deadline, DeadlineState
from suggestions.models import Addressee, Copy, Measure, Report, Suggestion, Supervision
from suggestions.models.reports import YEARLY_RULE
from suggestions.profile import rules_of
from suggestions.states import AddresseeState, Kind, LetterState

Rows = Callable[[Clause], QuerySet]


def letters(*kinds: str) -> Rows:
    """Letters that went out in the place of the clause, of these kinds, or of any."""

    def rows(clause: Clause) -> QuerySet[Suggestion]:
        place = clause.mechanism.jurisdiction_id
        found = Suggestion.objects.filter(jurisdiction=place, state=LetterState.ISSUED)
        return found.filter(kind__in=kinds) if kinds else found

    return rows


def of_letters(model: Any, path: str, *kinds: str) -> Rows:
    """What hangs on such letters, at `path`."""

    def rows(clause: Clause) -> QuerySet:
        found: QuerySet = model._default_manager.filter(**{f"{path}__in": letters(*kinds)(clause)})
        return found

    return rows


def copies(*kinds: str) -> Rows:
    """Copies that the clause asks for, where letters name it; else all of such letters."""

    def rows(clause: Clause) -> QuerySet[Copy]:
        found: QuerySet[Copy] = of_letters(Copy, "suggestion", *kinds)(clause)
        citing = found.filter(provision__number=clause.provision.number)
        return citing if citing.exists() else found

    return rows


def addressed(clause: Clause) -> QuerySet[Addressee]:
    rows: QuerySet[Addressee] = of_letters(Addressee, "suggestion")(clause)
    return rows.exclude(state__in=(AddresseeState.DRAFT, AddresseeState.WITHDRAWN))


def rectifying(clause: Clause) -> QuerySet[Addressee]:
    return addressed(clause).filter(rectify_due_on__isnull=False)


def yearly_limits(clause: Clause) -> QuerySet[Deadline]:
    """The report on last year's letters, as it is owed in the first quarter."""
    return Deadline.objects.filter(
        rule=YEARLY_RULE, jurisdiction=clause.mechanism.jurisdiction_id
    ).exclude(state__in=(DeadlineState.CANCELLED, DeadlineState.LAPSED))


def reports(clause: Clause) -> QuerySet[Report]:
    return Report.objects.filter(mechanism=clause.mechanism.pk, quarter=0)


def issued(label: Any, *kinds: str) -> Source:
    return Source(letters(*kinds), label, on="issued_on")


def copied(*kinds: str) -> Source:
    return Source(
        copies(*kinds),
        _("Copy"),
        on="suggestion__issued_on",
        due="suggestion__issued_on",
        done="sent_on",
        of="suggestion",
    )


JUDICIAL = _("judicial suggestions")
replied = Source(addressed, _("Reply"), on="served_on", due="reply_due_on", done="replied_on")
rectified = Source(
    rectifying, _("Rectification"), on="replied_on", due="rectify_due_on", done="rectified_on"
)
measured = Source(
    of_letters(Measure, "addressee__suggestion"),
    _("Measure"),
    on="addressee__replied_on",
    due="due_on",
    done="done_on",
)
urged = Source(of_letters(Supervision, "addressee__suggestion"), _("Supervision"), on="on")
owed = Source(
    yearly_limits, _("Report on suggestions"), on="trigger_on", due="due_on", done="closed_on"
)
reported = Source(reports, _("Report on suggestions"), on="issued_on")
arrived = Source(addressed, _("Suggestion"), on="served_on")
RECTIFIED = _("rectification after suggestions")

supervised = Judged(_("supervision of suggestions"), urged, use=True, arises=arrived)
carried_out = Judged(RECTIFIED, replied, rectified, measured)


def rectification(clause: Clause) -> Finding:
    """Whether agencies reply and put right what was advised; for the clause by which others
    urge them, whether those urged."""
    rules = rules_of(clause.mechanism, clause.on)
    urging = clause.provision.number == rules.urging_provision
    return (supervised if urging else carried_out)(clause)


YEARLY = Judged(_("yearly report on suggestions"), owed, reported, period=_("Every first quarter"))
RULES: dict[tuple[str, str], Evaluate] = {
    (K.TASK, "judicial_suggestion"): Judged(
        JUDICIAL, issued(_("Judicial suggestion"), Kind.JUDICIAL, Kind.OPINION_LETTER), use=True
    ),
    (K.TASK, "procuratorial_suggestion"): Judged(
        _("procuratorial suggestions"),
        issued(_("Procuratorial suggestion"), Kind.PROCURATORIAL),
        use=True,
    ),
    (K.TASK, "reconsideration_suggestion"): Judged(
        _("reconsideration opinions and suggestions"),
        issued(
            _("Reconsideration suggestion"),
            Kind.RECONSIDERATION_SUGGESTION,
            Kind.RECONSIDERATION_OPINION,
        ),
        use=True,
    ),
    (K.TASK, "rectification"): rectification,
    (K.TASK, "suggestion_supervision"): supervised,
    (K.COPY_TO, "judicial_suggestion"): Judged(
        _("copies of judicial suggestions"), copied(Kind.JUDICIAL, Kind.OPINION_LETTER)
    ),
    (K.COPY_TO, "procuratorial_suggestion"): Judged(
        _("copies of procuratorial suggestions"), copied(Kind.PROCURATORIAL)
    ),
    (K.COPY_TO, "reconsideration_suggestion"): Judged(
        _("copies of reconsideration suggestions"), copied(Kind.RECONSIDERATION_SUGGESTION)
    ),
    (K.COPY_TO, "suggestion"): Judged(_("copies of suggestions"), copied()),
    (K.COPY_TO, "reply"): Judged(_("replies to suggestions and their copies"), replied),
    (K.REPLY_DEADLINE, "suggestion"): Judged(_("replies to suggestions"), replied),
}


def register() -> None:
    for (kind, subject), evaluate in RULES.items():
        rules.register(kind, subject, evaluate)
