"""How the clauses on sides, seats and offices are judged: what has to be there on every day."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mechanisms import rules
from mechanisms.findings import Clause, Evidence, Finding, Words, weigh_standing
from mechanisms.queries import parties
from mechanisms.states import RuleKind as K
from members.models import Body, Organization, RoleBinding
from members.rosters import RosterLine, roster, vacancies
from members.states import OrganizationKind, Role, SeatRole

OFFICES = (OrganizationKind.CENTRE, OrganizationKind.WORKROOM)
CONTACTS = (Role.LIAISON_OFFICER, Role.RECORDER, Role.MEMBER_UNIT)


def seated(clause: Clause) -> Finding:
    """The seats that the clause counts, on each side where it says so; else any roster."""
    body = clause.mechanism.body
    lines = clause.once("roster", lambda: roster(body, clause.on)) if body else []
    short = list(_short(clause, lines))
    counted = clause.parameters.get("counts", {})
    if body:
        vacant = clause.once("vacancies", lambda: vacancies(body, clause.on))
        empty = [seat for seat in vacant if seat.role not in counted]
        short += [_seat_words(seat.role, 1) for seat in empty]
    words = Words(
        kept=_("All seats are filled."),
        missing=_missing(short) if lines else _("Nobody stands on the roster."),
    )
    return weigh_standing(clause, _roster_evidence(body, lines, clause), not short, words)


def _short(clause: Clause, lines: list[RosterLine]) -> Iterable[str]:
    """What is missing: 召集人 1 名; on each side where each has to have its own."""
    sides = [one.side for one in parties(clause.mechanism)]
    for role, count in clause.parameters.get("counts", {}).items():
        held = [line for line in lines if line.role == role]
        if clause.parameters.get("each_side"):
            missing = sum(max(0, count - sum(a.side == side for a in held)) for side in sides)
        else:
            missing = max(0, count - len(held))
        if missing:
            yield _seat_words(role, missing)


def _seat_words(role: str, n: int) -> str:
    words = ngettext("%(n)d %(role)s", "%(n)d %(role)s", n)
    return words % {"n": n, "role": SeatRole(role).label}


def _missing(short: list[str]) -> str:
    return _("Missing: %(list)s.") % {"list": "、".join(short)}


def _roster_evidence(body: Body | None, lines: list[RosterLine], clause: Clause) -> list[Evidence]:
    if body is None or not lines:
        return []
    begun = [line.seat.valid_from for line in lines if line.seat.valid_from]
    return [Evidence(body, _("Roster"), max(begun, default=clause.since))]


def party(clause: Clause) -> Finding:
    """The sides that the text names stand, each with the unit that acts for it."""
    known = parties(clause.mechanism)
    units = [unit for one in known for unit in (one.lead, one.acting)]
    return _units_stand(clause, units, _("Every side has its unit."))


def secretariat(clause: Clause) -> Finding:
    """The units that do the daily work stand."""
    units = [one.secretariat for one in parties(clause.mechanism)]
    return _units_stand(clause, units, _("The units that do the daily work stand."))


def offices(clause: Clause) -> Finding:
    """The centre or workroom that the clause names; any of them where no name fits."""
    rows = Organization.objects.on(clause.on).filter(
        jurisdiction=clause.mechanism.jurisdiction_id, kind__in=OFFICES
    )
    found = list(rows.order_by("order", "pk"))
    text = clause.provision.text
    named = [unit for unit in found if unit.name in text or unit.short_name in text]
    words = Words(kept=_("The office stands."), missing=_("There is no such office."))
    shown = [_unit_evidence(unit, clause.since) for unit in named or found]
    return weigh_standing(clause, shown, bool(shown), words)


def contacts(clause: Clause) -> Finding:
    """Every unit that the clause binds has somebody with an account; who lacks is named."""
    units = list(_bound(clause))
    bindings = RoleBinding.objects.on(clause.on).filter(role__in=CONTACTS)
    served = set(bindings.values_list("organization_id", "organization__parent_id"))
    known = {pk for pair in served for pk in pair if pk}
    having = [unit for unit in units if unit.pk in known]
    lacking = [unit.short_name for unit in units if unit.pk not in known]
    words = Words(
        kept=_("Every unit has named its contact."),
        missing=_("Without a contact: %(list)s.") % {"list": "、".join(lacking[:12])}
        if units
        else _("No unit is named that would need a contact."),
    )
    shown = [_unit_evidence(unit, clause.since) for unit in having]
    return weigh_standing(clause, shown, not lacking, words)


def _bound(clause: Clause) -> Iterable[Organization]:
    keys = clause.provision.duty_bearers
    place = clause.mechanism.jurisdiction_id
    named = Q(key__in=keys) | Q(groups__key__in=keys, groups__jurisdiction=place)
    leads = [one.lead_id for one in parties(clause.mechanism) if one.side in keys]
    rows = Organization.objects.on(clause.on).filter(jurisdiction=place)
    return rows.filter(named | Q(pk__in=leads)).distinct().order_by("order", "pk")


def _units_stand(clause: Clause, units: list[Organization], kept: str) -> Finding:
    standing = [unit for unit in units if unit.holds_on(clause.on)]
    gone = [unit.short_name for unit in units if not unit.holds_on(clause.on)]
    words = Words(kept=kept, missing=_missing(gone))
    shown = [_unit_evidence(unit, clause.since) for unit in dict.fromkeys(standing)]
    return weigh_standing(clause, shown, not gone, words)


def _unit_evidence(unit: Organization, otherwise: date) -> Evidence:
    return Evidence(unit, unit.short_name, unit.valid_from or otherwise)


def register() -> None:
    for subject in ("seat", "annex", "leading_group", "liaison_officer", "office"):
        rules.register(K.ROSTER, subject, seated)
    rules.register(K.ROSTER, "party", party)
    rules.register(K.ROSTER, "secretariat", secretariat)
    rules.register(K.ROSTER, "contact", contacts)
    rules.register(K.TASK, "organization", offices)
