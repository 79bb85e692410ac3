"""委派调解函 before filing, 委托调解函 in trial (K-17): from the court, or whoever refers."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cases.flow.guards.mediation import without_consent
from cases.models import Assignment, MediationConsent, Participant, Procedure
from cases.papers.paper import Paper
from cases.papers.people import contact_of
from cases.papers.words import (
    ROLES,
    case_words,
    full_name,
    lines_of,
    long_day,
    parts_of,
    place_of,
    self_name,
)
from cases.states import Kind, Track
from members.models import Organization, User
from members.policy import works_for
from members.states import Side
from services.deadlines.models import Deadline, DeadlineState

VERBS: dict[str, str] = {"before_filing": "委派", "in_trial": "委托"}
LIMITS: dict[str, tuple[str, int]] = {
    "before_filing": ("TJ-PRE", 30),
    Track.ORDINARY: ("TJ-IN", 15),
    Track.SIMPLIFIED: ("TJ-IN-B", 7),
}
ACKNOWLEDGED = "TJ-ACK"


def verb_of(procedure: Procedure) -> str:
    return VERBS.get(procedure.fact("referral") or "", "委派")


def referral_title(procedure: Procedure) -> str:
    return f"{verb_of(procedure)}调解函（{procedure.dispute.title}）"[:200]


def referrer_of(procedure: Procedure) -> Organization:
    """The court that has the suit, or that registered the dispute; else the organ itself."""
    inside = procedure.dispute.procedures.filter(public_id=procedure.fact("within") or "")
    suit = inside.select_related("organ").first()
    units = [suit.organ] if suit else []
    units += [procedure.organ, procedure.dispute.registered_by]
    return next((one for one in units if one.side == Side.COURT), procedure.organ)


def referral_context(procedure: Procedure, on: date) -> dict:
    dispute, sender = procedure.dispute, referrer_of(procedure)
    return {
        "title": f"{verb_of(procedure)}调解函",
        "red_head": sender.name,
        "number": procedure.number,
        "own": self_name(sender),
        "verb": verb_of(procedure),
        **_whom(procedure, sender),
        "matter": case_words(procedure),
        "consented": _consented(procedure),
        "parties": [_party(one) for one in parts_of(procedure)],
        "act": f"{dispute.act}（{dispute.act_number}）" if dispute.act_number else dispute.act,
        "claims": lines_of(dispute.claims),
        "facts": lines_of(dispute.facts),
        "limit": limit_words(procedure),
        "answer_by": _answer_by(procedure),
        "signer": sender.name,
        "date": long_day(procedure.happened_on("refer") or on),
        "person": contact_of(procedure.handler),
        "copy_to": [],
        "mark": "",
    }


def assigned(procedure: Procedure) -> Assignment | None:
    rows = procedure.assignments.live().select_related("professional__organization")
    found: Assignment | None = rows.last()
    return found


def _whom(procedure: Procedure, sender: Organization) -> dict:
    """To the body that mediates; within one house to the mediator's own, or in person."""
    found = assigned(procedure)
    chosen = found.professional if found else None
    if chosen is None:
        return {"addressees": [procedure.organ.name], "mediator": "你单位"}
    home = chosen.organization.name if chosen.organization else chosen.firm
    unit = procedure.organ.name if procedure.organ != sender else home
    if not unit or unit == sender.name:
        return {"addressees": [f"{chosen.name}调解员"], "mediator": "你"}
    where = "你单位" if unit == home or not home else home
    return {"addressees": [unit], "mediator": f"{where}调解员{chosen.name}"}


def _consented(procedure: Procedure) -> str:
    """The day on which the last of the parties agreed; "" while one has not."""
    said = MediationConsent.objects.latest_of(procedure)
    if not said or without_consent(procedure):
        return ""
    return long_day(max(one.on for one in said.values()))


def _party(part: Participant) -> dict:
    party = part.party
    return {
        "role": ROLES[part.role],
        "called": full_name(part),
        "phone": party.phone if party else "",
        "address": party.address if party else "",
    }


def limit_words(procedure: Procedure) -> str:
    """Until a day once the mediator has accepted; before, so many days from then."""
    track = procedure.fact("track") or Track.ORDINARY
    referral = procedure.fact("referral") or ""
    rule, days = LIMITS[referral if referral in LIMITS else track]
    more = "各方当事人同意延长的，按约定延长"
    running = Deadline.objects.about(procedure).filter(rule=rule)
    found = running.exclude(state=DeadlineState.CANCELLED).order_by("-pk").first()
    if found is not None:
        return f"至{long_day(found.due_on)}届满；{more}"
    return f"自调解员确认接受之日起{days}日；{more}"


def _answer_by(procedure: Procedure) -> str:
    asked = Deadline.objects.about(procedure).filter(
        rule=ACKNOWLEDGED, state__in=(DeadlineState.OPEN, DeadlineState.SUSPENDED)
    )
    found = asked.order_by("-pk").first()
    return long_day(found.due_on) if found else ""


def _referred(rows: QuerySet[Procedure]) -> QuerySet[Procedure]:
    rows = rows.filter(kind=Kind.MEDIATION, facts__referral__in=list(VERBS), closed_on=None)
    near = ("organ", "dispute__jurisdiction", "dispute__registered_by", "handler__person")
    return rows.select_related(*near)


def _lacks(procedure: Procedure) -> list[str]:
    found = []
    if assigned(procedure) is None:
        found.append(_("No mediator is assigned yet."))
    if without_consent(procedure):
        found.append(_("Not every party has agreed to mediation."))
    return found


def _refers(user: User, procedure: Procedure) -> bool:
    return works_for(user, referrer_of(procedure))


def _told(procedure: Procedure) -> list[Organization]:
    found = assigned(procedure)
    chosen = found.professional if found else None
    units = [procedure.organ, chosen.organization if chosen else None]
    return [one for one in units if one and one != referrer_of(procedure)]


PAPERS = (
    Paper(
        kind="mediation_referral",
        model=Procedure,
        path="dispute",
        ready=_referred,
        title=referral_title,
        context=referral_context,
        issuer=referrer_of,
        place=place_of,
        may=_refers,
        lacks=_lacks,
        number=lambda row: row.number,
        told=_told,
        names_people=True,
    ),
)
