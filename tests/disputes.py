"""Disputes in a wanted state, for tests: registered, reconsidered, sued, step by step.

Everything goes through actions. `dispute(city)` is registered on `FILED` by the justice
bureau against the city's agency, with a person and a company as parties; procedures are
opened by their organ and moved with `stepped`. Who records is a worker of the organ,
unless `actor` is given; it is recorded on the day itself, unless `recorded` is.
"""

from dataclasses import replace
from datetime import date
from typing import Any

from cases.actions.disputes import DisputeWords, PartyWords, open_procedure, register_dispute
from cases.actions.steps import take
from cases.models import Dispute, Participant, Procedure, Professional
from cases.states import AGENCY_ROLES, CLAIMANT_ROLES, Kind, Source
from members.models import Organization, User
from members.states import OrganizationKind, Side
from services.deadlines.models import Deadline
from services.documents.models import NumberSeries
from tests.city import City
from tests.letters import account, moment, procuratorate, unit

__all__ = ["account", "moment", "procuratorate", "unit"]

FILED = date(2026, 3, 2)
PERSON = PartyWords("natural", "张三", phone="13800005678", district="试验市东城街道")
COMPANY = PartyWords("legal", "试验建材有限公司")
WORKERS = {
    "justice": "gov_officer",
    "section": "gov_officer",
    "gov": "gov_officer",
    "court": "court_officer",
    "division": "court_officer",
    "agency": "agency_contact",
}


def worker(city: City, organization: Organization) -> User:
    """An account that does the daily work of the organization, made if there is none."""
    key = WORKERS.get(organization.key, f"{organization.key}_clerk")
    return account(city, key, organization.key)


def centre(city: City) -> Organization:
    """The centre for settling disputes, with its account `centre_clerk`."""
    made = unit(
        city,
        "centre",
        "试验市行政争议协调化解中心",
        "争议化解中心",
        kind=OrganizationKind.CENTRE,
        side=Side.CENTRE,
    )
    worker(city, made)
    return made


def higher_court(city: City) -> Organization:
    """The court of appeal, with its account `higher_court_clerk`."""
    made = unit(
        city,
        "higher_court",
        "试验地区中级人民法院",
        "中级法院",
        kind=OrganizationKind.COURT,
        side=Side.COURT,
    )
    worker(city, made)
    return made


LOCAL = {
    "FY-PERF-REP": "10 days",
    "FY-VISIT-A": "30 days",
    "FY-VISIT-B": "5 days",
    "XS-PLAN": "15 days",
}


def keeping(city: City, *rules: str) -> None:
    """The city's text names these limits that single places have laid down for themselves;
    without names all of them."""
    version = city.mechanism.versions.get()
    rows = [{"key": rule, "length": LOCAL[rule]} for rule in rules or LOCAL]
    source = {**version.source, "deadlines": rows}
    type(version).objects.filter(pk=version.pk).update(source=source)
    city.mechanism.__dict__.pop("_versions", None)
    city.mechanism.__dict__.pop("_version_rows", None)


def mediator(city: City, key: str = "mediator", of: str = "centre") -> Professional:
    """A mediator of the register with an account of her own, the city's user `key`."""
    if of == "centre":
        centre(city)
    user = account(city, key, of)
    found = Professional.objects.filter(user=user).first()
    if found is None:
        found = Professional(
            jurisdiction=city.jurisdiction,
            profession="mediator",
            name=user.display_name,
            organization=city.organizations[of],
            user=user,
            valid_from=date(2024, 1, 2),
        )
        found.store()
    return found


def words(city: City, **changes: Any) -> DisputeWords:
    """What the intake form gives, for the city's agency and two parties."""
    given = DisputeWords(
        registered_by=city.organizations["justice"],
        agency=city.organizations["agency"],
        source=Source.WINDOW,
        area="urban_management",
        act_kind="行政处罚",
        act="责令限期拆除临时构筑物",
        parties=[PERSON, COMPANY],
        filed_on=FILED,
    )
    return replace(given, **changes)


def dispute(city: City, **changes: Any) -> Dispute:
    """A registered dispute; `changes` are fields of DisputeWords."""
    NumberSeries.objects.get_or_create(
        jurisdiction=city.jurisdiction,
        organization=city.organizations["justice"],
        key="dispute",
        defaults={"name": "争议登记号", "pattern": "试争〔{year}〕{n}号"},
    )
    given = words(city, **changes)
    return register_dispute(
        city.mechanism.pk,
        actor=worker(city, given.registered_by),
        at=moment(given.filed_on, 10),
        words=given,
    )


def opened(
    city: City, kind: str, of: Dispute, organ: str | Organization, on: date, **changes: Any
) -> Procedure:
    """Any kind of procedure of a dispute, opened by its organ on a day.

    `earlier`, `reason`, `claimants`, `agencies`, `late` and `actor` go to `open_procedure`;
    the rest is what the opening step asks for, its own reason as `because`.
    """
    office = city.organizations[organ] if isinstance(organ, str) else organ
    named = ("earlier", "reason", "claimants", "agencies", "late", "actor", "recorded")
    plain = {name: changes.pop(name) for name in named if name in changes}
    recorded = plain.pop("recorded", on)
    if "because" in changes:
        changes["reason"] = changes.pop("because")
    plain.setdefault("actor", worker(city, office))
    return open_procedure(
        of.pk, kind, organ=office, at=moment(recorded, 11), on=on, given=changes, **plain
    )


def reconsideration(
    city: City, of: Dispute | None = None, on: date = FILED, **changes: Any
) -> Procedure:
    """A reconsideration that the government received on a day."""
    changes.setdefault("source", "window")
    return opened(city, Kind.RECONSIDERATION, of or dispute(city), "gov", on, **changes)


def suit(city: City, of: Dispute | None = None, on: date = FILED, **changes: Any) -> Procedure:
    """A first instance whose complaint the city's court received on a day."""
    changes.setdefault("source", "court")
    return opened(city, Kind.FIRST_INSTANCE, of or dispute(city), "court", on, **changes)


def stepped(procedure: Procedure, key: str, on: date, **given: Any) -> Procedure:
    """The procedure after a step; `given` is what the step asks for.

    `actor` (the system unless given), `recorded` (the day it is recorded on), `late` (why
    only then) and `version` are of the recording.
    """
    actor = given.pop("actor", None)
    recorded = given.pop("recorded", on)
    late, version = given.pop("late", ""), given.pop("version", None)
    at = moment(recorded, 15)
    return take(
        procedure.pk, key, actor=actor, at=at, on=on, given=given, reason=late, version=version
    )


def accepted(procedure: Procedure, on: date, track: str = "ordinary", n: int = 1) -> Procedure:
    """A reconsideration after it was accepted."""
    number = f"试府复〔{on.year}〕{n}号"
    return stepped(procedure, "accept", on, number=number, track=track)


def filed(procedure: Procedure, on: date, track: str = "ordinary", n: int = 1) -> Procedure:
    """A first instance after the court filed it."""
    number = f"（{on.year}）鄂0199行初{n}号"
    return stepped(procedure, "file", on, number=number, track=track)


def agency_part(procedure: Procedure, n: int = 0) -> Participant:
    """The n-th respondent or defendant."""
    return procedure.participants.filter(role__in=AGENCY_ROLES)[n]


def party_part(procedure: Procedure, n: int = 0) -> Participant:
    """The n-th applicant or plaintiff."""
    return procedure.participants.filter(role__in=CLAIMANT_ROLES)[n]


def limits(*subjects: Any, live: bool = True) -> dict[str, date]:
    """The last days of the limits of procedures and participants, by rule."""
    found = {}
    for subject in subjects:
        rows = Deadline.objects.about(subject)
        rows = rows.filter(state__in=("open", "suspended")) if live else rows
        found |= dict(rows.order_by("pk").values_list("rule", "due_on"))
    return found
