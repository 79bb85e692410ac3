"""Issues of enforcement in the test city: found, reported as rectified."""

from datetime import date

from tests.city import City
from tests.sitting import moment
from workplans.actions.issues import Found, enter, rectify
from workplans.models import IssueLedgerEntry
from workplans.states import Category

FOUND_ON = date(2026, 10, 12)


def found(city: City, **more) -> IssueLedgerEntry:
    words = {
        "organization": city.organizations["agency"],
        "category": Category.PROCEDURE,
        "cause": "未依法催告",
        "what": "强制拆除前没有催告当事人。",
        "found_on": FOUND_ON,
        "rectify_by": date(2026, 12, 11),
        **more,
    }
    return enter(
        city.mechanism,
        actor=city.users["gov_officer"],
        at=moment(date(2026, 11, 20)),
        found_by=city.organizations["justice"],
        words=Found(**words),
    )


def rectified(city: City, on: date = date(2026, 11, 20), **more) -> IssueLedgerEntry:
    entry = found(city, cause="听证告知期限不足", **more)
    return rectify(
        entry.pk,
        actor=city.users["agency_contact"],
        at=moment(on),
        measures="修订流程，组织学习。",
        rectified_on=on,
    )
