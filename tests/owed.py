"""Matters owed in the small city, their instalments, and bulletins that told them."""

from datetime import date

from bulletins.cadence import Cadence
from bulletins.models import (
    Bulletin,
    Circulation,
    Covered,
    Instalment,
    InstalmentState,
    Obligation,
)
from bulletins.states import BulletinState
from mechanisms.models import Provision
from tests.city import City
from tests.letters import moment

BEGAN = date(2026, 1, 1)


def owe(city: City, key: str = "suits", **given) -> Obligation:
    """A matter of the court's to the government's two units, unless told otherwise."""
    units = city.organizations
    debtor, office = given.pop("debtor", "court"), given.pop("office", "division")
    creditors = given.pop("to", ("gov", "justice"))
    row = Obligation(
        jurisdiction=city.jurisdiction,
        mechanism=city.mechanism,
        key=key,
        number=given.pop("number", "T-25"),
        name=given.pop("name", "行政诉讼案件审理情况"),
        debtor=units[debtor],
        office=units[office],
        cadence=given.pop("cadence", Cadence.MONTH),
        terms=given.pop("terms", {"day": 20}),
        valid_from=given.pop("valid_from", BEGAN),
        watched_from=given.pop("watched_from", BEGAN),
        **given,
    )
    row.store()
    row.creditors.set([units[name] for name in creditors])
    return row


def clause(city: City, number: str = "T-25") -> Provision:
    """The clause that the matters of the tests cite."""
    version = city.mechanism.versions.get()
    return Provision.objects.create(
        version=version,
        number=number,
        clause="四（一）1（2）",
        citation="《试验市联席会议制度》四（一）1（2）",
        chapter="四",
        text="行政诉讼案件审理情况。",
        operative="行政诉讼案件审理情况",
        duty_bearers=["court"],
        beneficiaries=["gov", "justice"],
        modal="shall",
        rule_kind="exchange",
        subject="court_statistics",
        parameters={"matter": "审理情况", "as_needed": True},
        realised_by={"room": "bulletins", "record": "obligation", "page": "bulletins:board"},
        order=1,
    )


def instalment(owed: Obligation, due_on: date, **given) -> Instalment:
    row = Instalment(
        obligation=owed,
        term=given.pop("term", f"2026-month-{due_on.month}"),
        label=given.pop("label", f"2026年{due_on.month}月"),
        first_on=given.pop("first_on", due_on.replace(day=1)),
        last_on=given.pop("last_on", due_on),
        due_on=due_on,
        **given,
    )
    row.store()
    return row


def told(city: City, row: Instalment, on: date, stage: str = "sent", **given) -> Bulletin:
    """A circulated bulletin that answered the instalment."""
    bulletin = Bulletin(
        jurisdiction=city.jurisdiction,
        mechanism=city.mechanism,
        issuer=row.obligation.debtor,
        title=given.pop("title", f"关于{row.label}行政诉讼案件审理情况的通报"),
        state=BulletinState.CIRCULATED,
        year=on.year,
        sequence=Bulletin.objects.count() + 1,
        circulated_on=on,
        **given,
    )
    bulletin.store()
    Covered.objects.create(bulletin=bulletin, obligation=row.obligation, instalment=row)
    at = moment(on)
    for unit in row.obligation.creditors.all():
        Circulation.objects.create(
            bulletin=bulletin,
            organization=unit,
            sent_at=at,
            received_at=at if stage in ("recv", "read") else None,
            read_at=at if stage == "read" else None,
        )
    row.state, row.done_on = InstalmentState.SENT, on
    row.store()
    return bulletin
