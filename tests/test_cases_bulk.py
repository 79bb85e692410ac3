"""Many disputes at once are the same rows as one by one through the actions, table by table."""

from dataclasses import replace
from datetime import date

import pytest

from cases.actions.bulk.building import Building
from cases.actions.bulk.session import Session
from cases.actions.bulk.writing import write
from cases.actions.disputes import open_procedure, register_dispute
from cases.actions.steps import take
from cases.drafts import Course, Draft, Taken, Who
from cases.models import Dispute, Link, LossAnalysis, OutcomeNotice, Participant, Procedure
from foundations.audit.models import AuditEntry
from services.deadlines.models import Deadline
from services.documents.models import NumberSeries
from tests.disputes import moment, words, worker

WHY = "批量导入"
AT = moment(date(2026, 9, 1), 10)
LEFT_OUT = {"id", "dispute", "procedure", "earlier", "later", "party", "subject_id"}


@pytest.fixture
def numbered(city):
    NumberSeries.objects.create(
        jurisdiction=city.jurisdiction,
        organization=city.organizations["justice"],
        key="dispute",
        name="争议登记号",
        pattern="试争〔{year}〕{n}号",
    )
    return city


def step(key: str, month: int, day: int, **given) -> Taken:
    return Taken(key, date(2026, month, day), given, WHY)


def courses(city) -> dict[str, tuple[list[Course], str]]:
    """By name: the courses, and the account that records them."""
    gov, court = city.organizations["gov"], city.organizations["court"]
    units = [city.organizations["agency"], gov]
    number = "试府复〔2026〕7号"
    accepted = [step("accept", 3, 6, number=number, track="ordinary"), step("send", 3, 9)]
    heard = [
        step("answered", 3, 16, respondent=Who("agencies")),
        step("heard", 3, 20, method="phone", note="当事人同意书面审理"),
    ]
    lost = {"mode": "revoked", "ground_of_loss": "evidence", "performance_due": date(2026, 5, 20)}
    served = [step("serve", 4, 22, served_party=Who("claimants", n)) for n in (0, 1)]
    received = Course("reconsideration", gov, date(2026, 3, 3), given={"source": "window"})
    sued = Course(
        "first_instance",
        court,
        date(2026, 3, 5),
        given={"source": "court", "suit_kind": "ordinary"},
        late=WHY,
    )
    filed = [
        step("file", 3, 9, number="（2026）鄂0199行初7号", track="ordinary", panel="第一合议庭"),
        step("send", 3, 11, served_party=Who("agencies")),
        step("answered", 3, 20, respondent=Who("agencies")),
        step("hear", 4, 2),
    ]
    judged = [
        step("pronounce", 5, 6, mode="claims_dismissed"),
        step("serve", 5, 7, served_party=Who("claimants", 0)),
        step("serve", 5, 7, served_party=Who("claimants", 1)),
        step("serve", 5, 8, served_party=Who("agencies")),
        step("effective", 6, 10),
    ]
    received = replace(received, late=WHY)
    decided = replace(received, steps=[*accepted, *heard, step("decide", 4, 20, **lost), *served])
    upheld = step("decide", 4, 20, mode="upheld")
    kept = replace(received, steps=[*accepted, *heard, upheld, served[0]])
    onward = replace(
        sued, on=date(2026, 4, 27), after=0, because="不服复议", agencies=units, late=WHY
    )
    return {
        "reconsideration under way": ([replace(received, steps=accepted)], "justice"),
        "lost and to be performed": ([decided], "justice"),
        "not accepted": ([replace(received, steps=[step("refuse", 3, 6)])], "justice"),
        "judged and effective": ([replace(sued, steps=[*filed, *judged])], "court"),
        "upheld, then sued with two defendants": ([kept, onward], ""),
        "registered alone": ([], "justice"),
    }


def draft_of(city, name: str) -> tuple[Draft, object]:
    taken, account = courses(city)[name]
    actor = worker(city, city.organizations[account]) if account else None
    changes = {"registered_by": city.organizations["court"]} if account == "court" else {}
    return Draft(words(city, **changes), taken), actor


def one_by_one(city, draft: Draft, actor) -> Dispute:
    made = register_dispute(city.mechanism.pk, actor=actor, at=AT, words=draft.words)
    opened: list[Procedure] = []
    for course in draft.courses:
        procedure = open_procedure(
            made.pk,
            course.kind,
            organ=course.organ,
            actor=actor,
            at=AT,
            on=course.on,
            given=course.given,
            earlier=None if course.after is None else opened[course.after],
            reason=course.because,
            agencies=course.agencies,
            late=course.late,
        )
        opened.append(procedure)
        for taken in course.steps:
            given = {key: named(procedure, value) for key, value in taken.given.items()}
            common = {"actor": actor, "at": AT, "on": taken.on, "reason": taken.reason}
            take(procedure.pk, taken.step, given=given, **common)
    return Dispute.objects.get(pk=made.pk)


def named(procedure: Procedure, value):
    if not isinstance(value, Who):
        return value
    return list(getattr(procedure.participants, value.side)())[value.n]


def at_once(city, draft: Draft, actor) -> Dispute:
    session = Session(city.mechanism, actor=actor, at=AT)
    built = Building(session, draft)
    assert built.faults == []
    write(session, [built])
    return Dispute.objects.latest("pk")


def rows_of(dispute: Dispute, entries) -> dict[str, list]:
    """Everything written for a dispute, without keys and what is drawn at random."""
    procedures = list(dispute.procedures.order_by("pk"))
    parts = Participant.objects.filter(procedure__in=procedures).order_by("pk")
    names = {part.public_id: f"part {n}" for n, part in enumerate(parts)}
    about = [*procedures, *parts, *dispute.performances.all()]
    limits = [one for row in about for one in Deadline.objects.about(row).order_by("pk")]
    tables = {
        "dispute": [dispute],
        "access": dispute.access.order_by("principal"),
        "parties": dispute.parties.all(),
        "procedures": procedures,
        "links": Link.objects.filter(earlier__in=procedures).order_by("pk"),
        "participants": parts,
        "events": [event for one in procedures for event in one.events.order_by("pk")],
        "limits": limits,
        "performances": dispute.performances.all(),
        "notices": OutcomeNotice.objects.filter(procedure__in=procedures).order_by("pk"),
        "losses": LossAnalysis.objects.filter(procedure__in=procedures).order_by("pk"),
    }
    found = {name: [plain(row, names) for row in rows] for name, rows in tables.items()}
    found["limits"] = [
        (str(one.subject), line) for one, line in zip(limits, found["limits"], strict=True)
    ]
    found["trail"] = [
        (one.action, one.subject_type.model, one.subject_label, one.data, one.actor_label)
        for one in entries
    ]
    return found


def plain(row, names: dict[str, str]) -> dict:
    columns = {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields}
    relations = {f"{name}_id" for name in LEFT_OUT}
    drop = LEFT_OUT | relations | {"public_id", "created_at", "since", "version", "number"}
    kept = {name: value for name, value in columns.items() if name not in drop}
    if isinstance(kept.get("facts"), dict):
        kept["facts"] = {key: renamed(value, names) for key, value in kept["facts"].items()}
    if hasattr(row, "party_id") and row.party_id:
        kept["party"] = str(row.party)
    if hasattr(row, "number"):
        kept["numbered"] = bool(row.number)
    return kept


def renamed(value, names: dict[str, str]):
    return names.get(value, value) if isinstance(value, str) else value


@pytest.mark.parametrize(
    "name",
    [
        "reconsideration under way",
        "lost and to be performed",
        "not accepted",
        "judged and effective",
        "upheld, then sued with two defendants",
        "registered alone",
    ],
)
def test_many_at_once_are_as_one_by_one(numbered, name):
    draft, actor = draft_of(numbered, name)
    start = AuditEntry.objects.count()
    single = one_by_one(numbered, draft, actor)
    middle = AuditEntry.objects.count()
    entries = list(AuditEntry.objects.order_by("pk")[start:middle])
    wanted = rows_of(single, entries)
    keys = Procedure.objects.filter(dispute=single)
    keys.update(number_key="")  # the organ's number is free again

    many = at_once(numbered, draft, actor)

    found = rows_of(many, list(AuditEntry.objects.order_by("pk")[middle:]))
    for one in (*wanted["procedures"], *found["procedures"]):
        one.pop("number_key")
    for table, rows in wanted.items():
        assert told(found[table]) == told(rows), table


def told(rows: list) -> list:
    """The register number is the next one, not the same."""
    return [str(row).replace("试争〔2026〕2号", "试争〔2026〕1号") for row in rows]
