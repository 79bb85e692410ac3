"""What a step must pass besides the table of moves; each guard says why it refuses."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from cases.flow.table import Step
from cases.models import Participant, Procedure
from cases.states import AGENCY_ROLES, CLAIMANT_ROLES, Kind, PartyRole, Track
from foundations.access.errors import RuleBroken
from members.models import Organization
from services.deadlines.models import Deadline, DeadlineState

Given = Mapping[str, Any]
Guard = Callable[[Procedure, Step, date, Given], None]
LONGEST_EXTENSION = 30
MEDIABLE_IN_COURT = ("行政赔偿", "行政补偿", "自由裁量")
URGED_DAYS = timedelta(days=10)
ENFORCEMENT_YEARS = 2


def check_guards(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    """Raise the RuleBroken of the first guard that the step does not pass."""
    for name in step.needs:
        GUARDS[name](procedure, step, on, given)


def _registered(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    """先登后调 (WJ-59)."""
    if not procedure.dispute.number:
        raise RuleBroken(
            "not_registered", _("Register the dispute first: no mediation without a number.")
        )


def _every_consent(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    """Mediation rests on the consent of every party (WJ-4)."""
    parties = procedure.participants.exclude(party=None).exclude(role=PartyRole.THIRD_PARTY)
    missing = [str(one) for one in parties if one.consents.filter(agreed=True).count() == 0]
    if missing:
        raise RuleBroken(
            "no_consent",
            _("Record first that these agree to mediation: %(names)s.")
            % {"names": "、".join(missing)},
            "consents",
        )


def _numbered(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    if not procedure.number:
        raise RuleBroken("no_number", _("The mediation needs its number first."), "number")


def _impartial_mediator(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    mediator = given["mediator"]
    concerned = {procedure.dispute.agency_id}
    concerned |= set(
        procedure.participants.filter(role__in=AGENCY_ROLES).values_list("organization", flat=True)
    )
    if mediator.organization_id in concerned - {None}:
        raise RuleBroken(
            "partial_mediator",
            _("“%(name)s” works for the agency in dispute and cannot mediate in it.")
            % {"name": mediator.name},
            "mediator",
        )


def _once(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    """补正 is asked for once, with all items (复议法 31); an extension is given once (62)."""
    if procedure.events.filter(step=step.key).exists():
        raise RuleBroken("only_once", _("“%(step)s” is possible only once.") % {"step": step.name})


def _at_most_30_days(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    if not 1 <= int(given.get("length_days") or 0) <= LONGEST_EXTENSION:
        raise RuleBroken(
            "too_long",
            _("A reconsideration is extended by at most 30 days (复议法第六十二条)."),
            "length_days",
        )


def _heard_in_ordinary(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    """In the ordinary procedure the parties are heard (复议法 49)."""
    heard = procedure.events.filter(step="heard").exists()
    excused = str(given.get("reason", "")).strip()
    if procedure.track == Track.ORDINARY and not heard and not excused:
        raise RuleBroken(
            "not_heard",
            _(
                "In the ordinary procedure the parties are heard (复议法第四十九条). Record the "
                "hearing of their opinions, or say why they could not be heard."
            ),
            "reason",
        )


def _not_in_court(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    """M5: what a court has filed is not accepted in reconsideration."""
    suits = procedure.dispute.procedures.filter(kind=Kind.FIRST_INSTANCE, accepted_on__lte=on)
    if suits.exclude(mode__in=("withdrawn_settled", "withdrawn_own", "not_filed")).exists():
        raise RuleBroken(
            "in_court", _("A court has filed this dispute; reconsideration is closed to it.")
        )


def _not_in_reconsideration(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    """M5: after reconsideration was accepted there is no suit before it ends."""
    pending = procedure.dispute.procedures.filter(
        kind=Kind.RECONSIDERATION, accepted_on__isnull=False, closed_on=None
    )
    if pending.exists():
        raise RuleBroken(
            "in_reconsideration",
            _("Reconsideration was accepted and has not ended; a suit must wait for it."),
        )


def _reconsidered_first(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    """M4: reconsideration comes first; the court files only what has gone through it."""
    dispute = procedure.dispute
    if not dispute.reconsideration_first:
        return
    through = dispute.procedures.filter(kind=Kind.RECONSIDERATION, closed_on__isnull=False)
    if not through.exists() and not str(given.get("reason", "")).strip():
        raise RuleBroken(
            "reconsideration_first",
            _("Reconsideration comes first here (%(ground)s). Refuse, or say why it is filed.")
            % {"ground": dispute.reconsideration_first},
            "reason",
        )


def _no_open_first_instance(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    others = procedure.dispute.procedures.filter(kind=Kind.FIRST_INSTANCE, closed_on=None)
    if others.exclude(pk=procedure.pk).exists():
        raise RuleBroken("open_suit", _("There is an open first instance on this dispute."))


def _mediable_in_court(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    """行诉法 60: compensation, indemnity, discretion; else settle and withdraw (62)."""
    if given.get("mode") != "mediated" or str(given.get("reason", "")).strip():
        return
    if procedure.dispute.act_kind not in MEDIABLE_IN_COURT:
        raise RuleBroken(
            "not_mediable",
            _(
                "Only compensation, indemnity and discretion are mediated in court "
                "(行政诉讼法第六十条). Say which it is, or close it as settled and withdrawn."
            ),
            "reason",
        )


def _served_before_appeal(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    party: Participant = given["party"]
    if party.served_on is None or party.served_on > on:
        raise RuleBroken(
            "not_served",
            _("“%(party)s” has not been served yet; the period to appeal has not begun.")
            % {"party": party},
            "party",
        )


def _appeal_in_time(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    window = Deadline.objects.about(given["party"]).filter(rule__startswith="XS-APP-").last()
    if window is not None and on > window.due_on and not str(given.get("reason", "")).strip():
        raise RuleBroken(
            "appeal_late",
            _("The period to appeal ended on %(day)s. Say why the appeal is taken all the same.")
            % {"day": window.due_on},
            "reason",
        )


def _appeal_over(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    """A first judgment takes effect when nobody can appeal any more."""
    parts = procedure.participants.values_list("pk", flat=True)
    running = Deadline.objects.filter(
        rule__startswith="XS-APP-", subject_id__in=list(parts), state=DeadlineState.OPEN
    )
    if running.filter(due_on__gte=on).exists():
        raise RuleBroken("appeal_runs", _("A period to appeal is still running."), "on")


def _appealed_before(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    origin = procedure.origins.select_related("earlier").first()
    if origin is None or origin.earlier.state != "appealed":
        raise RuleBroken(
            "not_appealed", _("Record the appeal in the first instance before the second opens.")
        )


def _urged_ten_days(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    """强制法 54: not before ten working days after the reminder was served."""
    calendar = procedure.dispute.jurisdiction.calendar
    earliest = calendar.add_workdays(given["urged_on"], URGED_DAYS.days)
    if on <= earliest:
        raise RuleBroken(
            "urged_too_late",
            _("Ten working days after the reminder end on %(day)s; the court can be asked then.")
            % {"day": earliest},
            "urged_on",
        )


def _in_enforcement_period(procedure: Procedure, step: Step, on: date, given: Given) -> None:
    origin = procedure.origins.select_related("earlier").first()
    due = origin.earlier.fact("performance_due") if origin else None
    last = date.fromisoformat(due) if due else None
    if last and on > last.replace(year=last.year + ENFORCEMENT_YEARS, day=min(last.day, 28)):
        if not str(given.get("reason", "")).strip():
            raise RuleBroken(
                "enforcement_late",
                _("Two years since the last day to perform are over. Say why it is filed."),
                "reason",
            )


def claimants(procedure: Procedure) -> list[Participant]:
    return list(procedure.participants.filter(role__in=CLAIMANT_ROLES))


def agencies(procedure: Procedure) -> list[Organization]:
    rows = procedure.participants.filter(role__in=AGENCY_ROLES).select_related("organization")
    return [one.organization for one in rows if one.organization]


GUARDS: dict[str, Guard] = {
    "registered": _registered,
    "every_consent": _every_consent,
    "numbered": _numbered,
    "impartial_mediator": _impartial_mediator,
    "once": _once,
    "at_most_30_days": _at_most_30_days,
    "heard_in_ordinary": _heard_in_ordinary,
    "not_in_court": _not_in_court,
    "not_in_reconsideration": _not_in_reconsideration,
    "reconsidered_first": _reconsidered_first,
    "no_open_first_instance": _no_open_first_instance,
    "mediable_in_court": _mediable_in_court,
    "served_before_appeal": _served_before_appeal,
    "appeal_in_time": _appeal_in_time,
    "appeal_over": _appeal_over,
    "appealed_before": _appealed_before,
    "urged_ten_days": _urged_ten_days,
    "in_enforcement_period": _in_enforcement_period,
}
