"""Set-up of texts in the library."""

from datetime import date, datetime

from bulletins.actions.library import ItemWords, add_files, add_item, publish_item
from bulletins.models import LibraryItem
from tests.city import City
from tests.gatherings import text_file
from tests.sitting import moment

ENTERED = moment(date(2026, 3, 2))


def draft(city: City, *, by: str = "court_officer", unit: str = "court", **words) -> LibraryItem:
    said = {
        "organization": city.organizations[unit],
        "kind": "typical_case",
        "title": "某公司诉某局行政处罚案",
        "number": "（2025）试0101行初9号",
        "summary": "处罚前应当听取陈述和申辩。",
        "masked": True,
    }
    return add_item(actor=city.users[by], at=ENTERED, words=ItemWords(**{**said, **words}))


def published(city: City, *, at: datetime = ENTERED, by: str = "court_officer", **words):
    made = draft(city, by=by, **words)
    return publish_item(made.pk, actor=city.users[by], at=at)


def with_file(city: City, item: LibraryItem, words: str) -> LibraryItem:
    file = text_file(content=words)
    return add_files(
        item.pk, actor=city.users["court_officer"], at=ENTERED, file=[file], declared=True
    )
