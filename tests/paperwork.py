"""Documents in a wanted state; what a test is about goes through the actions itself."""

from contextlib import contextmanager
from datetime import date, datetime

from django.core.files.storage import default_storage
from django.utils import timezone

from foundations.access.visibility import Visibility
from foundations.audit.trail import acting
from services.documents import actions
from services.documents.models import OfficialDocument
from tests.papers import MINUTES, NOTICE

ON = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 9, 0, tzinfo=timezone.get_default_timezone())


def make_draft(city, **given) -> OfficialDocument:
    """A draft of a notice about a unit of the city, by the government's officer."""
    values = {
        "kind": "notice",
        "subject": city.organizations["agency"],
        "actor": city.users["gov_officer"],
        "organization": city.organizations["justice"],
        "jurisdiction": city.jurisdiction,
        "title": NOTICE["title"],
        "context": NOTICE,
        "visibility": Visibility.JOINT,
        "series_key": "gov-letter",
    }
    values |= given
    return actions.draft(values.pop("kind"), values.pop("subject"), **values)


def issue(city, document, **given) -> OfficialDocument:
    values = {"actor": city.users["gov_officer"], "on": ON, "at": AT} | given
    return actions.issue(document.pk, **values)


def make_minutes(city, **given) -> OfficialDocument:
    """A draft of internal minutes."""
    values = {
        "kind": "minutes",
        "title": MINUTES["title"],
        "context": MINUTES,
        "organization": city.organizations["gov"],
        "series_key": "minutes",
        "internal": True,
        "mark": "内部资料",
    }
    return make_draft(city, **values | given)


@contextmanager
def rolled_back():
    """An outer action that fails at its end."""
    try:
        with acting():
            yield
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass


def bytes_of(file) -> bytes:
    """The stored bytes of a FileField, or of a name in the storage."""
    with default_storage.open(getattr(file, "name", file)) as stored:
        return stored.read()
