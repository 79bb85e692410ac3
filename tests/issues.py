"""Bulletins of the test court, as far along as a test needs them."""

from datetime import date

from bulletins.actions import bulletins as actions
from bulletins.actions.bulletin_words import BulletinWords
from bulletins.actions.circulation import circulate
from bulletins.cadence import Cadence
from bulletins.models import Bulletin, Instalment, Obligation
from tests.city import City
from tests.sitting import moment

DAY = date(2026, 11, 20)
AT = moment(DAY, 10)
BODY = "<h2>基本情况</h2><p>本季度收案平稳。</p>"


def obligation(city: City, key: str = "suits", *, debtor: str = "court", **more) -> Obligation:
    row = Obligation.objects.create(
        jurisdiction=city.jurisdiction,
        mechanism=city.mechanism,
        key=key,
        number="T-25",
        name=f"行政诉讼案件审理情况（{key}）",
        debtor=city.organizations[debtor],
        office=city.organizations[debtor],
        cadence=more.pop("cadence", Cadence.MONTH),
        terms={"day": 20},
        valid_from=date(2024, 1, 2),
        watched_from=date(2026, 1, 1),
        **more,
    )
    row.creditors.set([city.organizations[one] for one in ("gov", "justice") if one != debtor])
    return row


def instalment(row: Obligation, month: int = 10) -> Instalment:
    return Instalment.objects.create(
        obligation=row,
        term=f"2026-month-{month}",
        label=f"2026年{month}月",
        first_on=date(2026, month, 1),
        last_on=date(2026, month, 28),
        due_on=date(2026, month + 1, 20),
    )


def words(city: City, **more) -> BulletinWords:
    given = {
        "title": "第三季度行政审判情况通报",
        "body": BODY,
        "matter": "审判动态",
        "recipients": (city.organizations["gov"].pk, city.organizations["justice"].pk),
    }
    return BulletinWords(**{**given, **more})


def drafted(
    city: City, *, issuer: str = "court", actor: str = "court_officer", **more
) -> Bulletin:
    return actions.draft(
        city.mechanism.pk,
        actor=city.users[actor],
        at=AT,
        issuer_id=city.organizations[issuer].pk,
        words=words(city, **more),
    )


def reviewing(city: City, **more) -> Bulletin:
    made = drafted(city, **more)
    return actions.send_for_review(made.pk, actor=city.users["court_officer"], at=AT)


def signed(city: City, **more) -> Bulletin:
    made = reviewing(city, **more)
    return actions.sign(made.pk, actor=city.users["court_deputy"], at=AT)


def circulated(city: City, **more) -> Bulletin:
    made = signed(city, **more)
    return circulate(made.pk, actor=city.users["court_officer"], at=AT)
