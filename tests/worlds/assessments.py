"""Assessment schemes and sheets and their addresses, for the sweeps."""

from datetime import date
from decimal import Decimal

from django.db.models import Model

from assessments.actions import schemes, sheets, telling
from assessments.models import Scheme, Sheet
from tests.city import City
from tests.sitting import moment

# Room and record of each address, then its names.
TABLE = """
assessments scheme_drafted: scheme-edit scheme-adopt scheme-drop item-new
assessments scheme_adopted: scheme scheme-next sheet-new
assessments scheme_item: item-edit item-remove
assessments sheet_drafted: sheet sheet-count sheet-announce sheet-drop
assessments sheet_settled: sheet-publish
assessments sheet_published: sheet-correct
assessments line_told: unit agree
assessments score_drafted: judge
assessments score_told: object
assessments objected: answer
"""
# What has more than one part: name and the records of its parts.
MORE: dict[str, tuple[str, ...]] = {}
AT = moment(date(2026, 11, 24), 10)


def records(city: City) -> dict[str, Model]:
    """By one judged item; what is told can be objected to until after the day of the sweeps."""
    adopted = schemes.adopt(_scheme(city).pk, **_by(city))
    drafted, item = _scheme(city), _scheme(city).items.get()
    draft, told = _sheet(city, adopted, 8), _told(city, adopted, 9)
    score = told.assessed.get().scores.get()
    objecting = _told(city, adopted, 7)
    objection = telling.object_to(
        objecting.assessed.get().scores.get().pk,
        text="应为满分",
        actor=city.users["agency_contact"],
        at=AT,
    )
    settled = _settled(city, adopted, 6)
    published = telling.publish(_settled(city, adopted, 5).pk, **_by(city))
    return {
        "scheme_drafted": drafted,
        "scheme_adopted": adopted,
        "scheme_item": item,
        "sheet_drafted": draft,
        "sheet_settled": settled,
        "sheet_published": published,
        "line_told": told.assessed.get(),
        "score_drafted": draft.assessed.get().scores.get(),
        "score_told": score,
        "objected": objection,
    }


def _by(city: City) -> dict:
    return {"actor": city.users["gov_officer"], "at": AT}


def _scheme(city: City) -> Scheme:
    words = schemes.SchemeWords("考核方案", date(2026, 1, 1))
    made = schemes.draft_scheme(city.mechanism.pk, words=words, **_by(city))
    item = schemes.ItemWords("配合化解", "judged", Decimal(100))
    schemes.add_item(made.pk, words=item, **_by(city))
    return Scheme.objects.get(pk=made.pk)


def _sheet(city: City, scheme: Scheme, month: int) -> Sheet:
    days = date(2026, month, 1), date(2026, month, 28)
    words = sheets.SheetWords(f"{month}月考核", *days, [city.organizations["agency"]])
    return sheets.draft_sheet(scheme.pk, words=words, **_by(city))


def _told(city: City, scheme: Scheme, month: int) -> Sheet:
    made = _sheet(city, scheme, month)
    score = made.assessed.get().scores.get()
    sheets.judge(score.pk, mark=Decimal(80), reason="良好", **_by(city))
    return telling.announce(made.pk, object_by=date(2026, 12, 4), **_by(city))


def _settled(city: City, scheme: Scheme, month: int) -> Sheet:
    made = _told(city, scheme, month)
    contact = city.users["agency_contact"]
    telling.agree(made.assessed.get().pk, actor=contact, at=AT)
    return made
