"""Proposals from disputes: an agreement that is performed badly (WJ-77), and a hearing that
an agency failed in one of the ways of 法释〔2020〕3号 art. 12.

The portal notices, a person of the court decides. What was agreed and who came stands with
the dispute; a proposal keeps only where, so that it is shown to whoever may see it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.hearings.states import Breach, HearingState
from cases.models import Appearance, Dispute, DutySource, Performance
from cases.performance import performed_badly
from foundations.access.errors import RuleBroken
from foundations.access.policy import visible_to
from foundations.audit.actor import Actor
from foundations.calendars.periods import add_months
from mechanisms.models import Mechanism, MechanismParty
from members.models import Organization, User
from members.policy import works_for
from members.states import Side
from suggestions.actions.steps import office_language
from suggestions.actions.wording import LetterWords
from suggestions.copying import copy_lines
from suggestions.models import Proposal
from suggestions.numbers import read_case_number
from suggestions.proposal_kinds import Fact, ProposalKind, register
from suggestions.states import Kind, Trigger
from suggestions.units import successor_of

PERFORMANCE, ABSENCE = "performance", "absence"
MONTHS = 12
"""What is older is not proposed any more, so that old records bring no flood."""
APPEAR_RULE = "《最高人民法院关于行政机关负责人出庭应诉若干问题的规定》（法释〔2020〕3号）第十二条"


@dataclass(frozen=True)
class Found:
    """One matter on which a court may write; `data` is what the proposal keeps."""

    reason: str
    unit: Organization
    court: Organization
    mark: str
    data: dict[str, Any]


def of_performance(item: Performance) -> Found | None:
    """WJ-77: what an agency promised in an agreement was performed late, or is overdue."""
    unit, dispute = item.organization, item.dispute
    court = _court_of(dispute)
    if unit is None or court is None or item.source != DutySource.AGREEMENT:
        return None
    done = str(item.performed_on) if item.performed_on else ""
    data = _data(dispute, item.procedure.number, due=str(item.due_on), done=done)
    return Found(PERFORMANCE, unit, court, f"performance:{item.public_id}", data)


def of_appearance(appearance: Appearance) -> Found | None:
    """法释〔2020〕3号 art. 12: no head without a good reason, nobody, left, refused."""
    procedure = appearance.hearing.procedure
    court, dispute = procedure.organ, procedure.dispute
    near = court.side == Side.COURT and court.jurisdiction_id == dispute.jurisdiction_id
    if not appearance.breach or not near or dispute.mechanism is None:
        return None
    given = {"breach": appearance.breach, "heard": str(appearance.hearing.on)}
    data = _data(dispute, procedure.number, **given)
    mark = f"appearance:{appearance.public_id}"
    return Found(ABSENCE, appearance.organization, court, mark, data)


def found_on(on: date) -> Iterator[Found]:
    """All that is to be proposed on a day and was not proposed yet."""
    since = add_months(on, -MONTHS)
    known = set(
        Proposal.objects.filter(reason__in=(PERFORMANCE, ABSENCE)).values_list("mark", flat=True)
    )
    late = performed_badly(on).filter(source=DutySource.AGREEMENT, due_on__gt=since)
    for item in late.select_related("dispute__mechanism", "procedure", "organization"):
        yield from _new(of_performance(item), known)
    failed = Appearance.objects.filter(
        ~Q(breach=""), hearing__state=HearingState.HELD, hearing__on__gt=since
    )
    path = "hearing__procedure"
    for row in failed.select_related(
        "organization", f"{path}__organ", f"{path}__dispute__mechanism"
    ):
        yield from _new(of_appearance(row), known)


def _new(found: Found | None, known: set[str]) -> Iterator[Found]:
    if found is not None and found.mark not in known:
        yield found


def _court_of(dispute: Dispute) -> Organization | None:
    """The court that had the dispute last, or that of the institution."""
    mechanism = dispute.mechanism
    if mechanism is None:
        return None
    handled = dispute.procedures.filter(
        organ__side=Side.COURT, organ__jurisdiction=dispute.jurisdiction_id
    )
    last = handled.select_related("organ").order_by("-opened_on", "-pk").first()
    if last is not None:
        return last.organ.lead
    rows = MechanismParty.objects.filter(mechanism=mechanism, side=Side.COURT)
    party = rows.select_related("lead").first()
    return party.lead if party else None


def _data(dispute: Dispute, number: str, **more: str) -> dict[str, Any]:
    mechanism = dispute.mechanism.key if dispute.mechanism else ""
    shown = {"dispute": dispute.public_id, "register": dispute.number, "number": number}
    return {"mechanism": mechanism, **shown, **more}


def performance_sentence(proposal: Proposal) -> str:
    data = proposal.data
    names = {
        "unit": proposal.organization.short_name,
        "number": data["register"],
        "due": data["due"],
        "done": data["done"],
    }
    if data["done"]:
        return (
            _("%(unit)s performed late what was agreed in %(number)s (due %(due)s, done %(done)s)")
            % names
        )
    return (
        _("%(unit)s has not performed what was agreed in %(number)s by %(due)s (as noticed)")
        % names
    )


def absence_sentence(proposal: Proposal) -> str:
    data = proposal.data
    return _("%(unit)s at the hearing of %(number)s on %(day)s: %(breach)s") % {
        "unit": proposal.organization.short_name,
        "number": data["number"] or data["register"],
        "day": data["heard"],
        "breach": Breach(data["breach"]).label,
    }


def facts(proposal: Proposal, user: User) -> list[Fact]:
    """The dispute, for whoever may see it; by its number for others."""
    rows = visible_to(user, Dispute).filter(public_id=proposal.data["dispute"])
    number = proposal.data["number"]
    return [Fact(str(one), one.get_absolute_url(), number) for one in rows]


def performance_words(proposal: Proposal, actor: Actor, on: date) -> tuple[Mechanism, LetterWords]:
    unit = _unit(proposal, on)
    with office_language():
        said = {
            "title": _("Judicial suggestion on performing what was agreed"),
            "background": performance_sentence(proposal),
            "problems": (
                (
                    _("What was agreed in mediation was not performed in time."),
                    _("Perform what was agreed, and see that later ones are performed in time."),
                    _("Performance"),
                ),
            ),
        }
    return _draft(proposal, actor, on, said, addressee=unit)


def absence_words(proposal: Proposal, actor: Actor, on: date) -> tuple[Mechanism, LetterWords]:
    """Art. 12 has it written to the supervisory organ and the agency's superior: whoever
    accepts the proposal names them."""
    with office_language():
        said = {
            "title": _("Judicial suggestion on heads appearing in court"),
            "background": absence_sentence(proposal),
            "legal_basis": APPEAR_RULE,
            "problems": (
                (
                    absence_sentence(proposal),
                    _("See that heads of agencies appear in court as the law wants it."),
                    _("Head in court"),
                ),
            ),
        }
    return _draft(proposal, actor, on, said, addressee=None)


def _draft(
    proposal: Proposal,
    actor: Actor,
    on: date,
    said: dict[str, Any],
    *,
    addressee: Organization | None,
) -> tuple[Mechanism, LetterWords]:
    mechanism = Mechanism.objects.filter(
        key=proposal.data["mechanism"], jurisdiction=proposal.jurisdiction
    ).first()
    if mechanism is None:
        raise RuleBroken("no_mechanism", _("The institution of this proposal is gone."))
    court = proposal.to_organization
    number, _hint = read_case_number(proposal.data["number"])
    reached = (addressee.pk,) if addressee else ()
    lines = copy_lines(mechanism, Kind.JUDICIAL, on, without={*reached, court.pk})
    own = isinstance(actor, User) and works_for(actor, court)
    hands: dict[str, Any] = {"handler": actor} if own else {}
    return mechanism, LetterWords(
        kind=Kind.JUDICIAL,
        issuer=court,
        triggers=(Trigger.OTHER,),
        cases=((number, ""),) if number else (),
        addressees=reached,
        copies=tuple(line.organization.pk for line in lines if line.is_usual),
        **hands,
        **said,
    )


def _unit(proposal: Proposal, on: date) -> Organization:
    unit = proposal.organization
    return unit if unit.holds_on(on) else successor_of(unit, on) or unit


register(
    PERFORMANCE,
    ProposalKind(
        label=gettext_lazy("Suggestion on an agreement performed badly"),
        sentence=performance_sentence,
        facts=facts,
        words=performance_words,
    ),
)
register(
    ABSENCE,
    ProposalKind(
        label=gettext_lazy("Suggestion on a head who did not appear"),
        sentence=absence_sentence,
        facts=facts,
        words=absence_words,
    ),
)
