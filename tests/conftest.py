"""Shared by all tests."""

import pytest
import time_machine
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils import timezone

from foundations.audit import guards
from foundations.calendars.models import HolidayDay, HolidayYear
from foundations.calendars.tables import seed_notices
from tests.city import City, make_city
from tests.messenger import office, offices  # noqa: F401 - fixtures
from tests.processes import (  # noqa: F401 - fixtures
    audit_guards,
    broker,
    pytest_collection_modifyitems,
    worker,
)
from tests.profiles import loaded  # noqa: F401 - a fixture
from tests.world import peopled, world  # noqa: F401 - fixtures

BEGUN = timezone.now()


@pytest.fixture(autouse=True)
def _the_day_on_which_the_run_began(request):
    """Modules ask for the day when they are collected; a run that goes on after midnight stays
    on that day. Servers of browser tests have the day of the machine."""
    if timezone.localdate() == timezone.localdate(BEGUN) or "browser" in request.keywords:
        yield
    else:
        with time_machine.travel(BEGUN):
            yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Tests that commit empty the tables afterwards, which the guards of the trail refuse."""
    with django_db_blocker.unblock():
        assert guards.installed(connection)
        guards.drop(connection)


@pytest.fixture(autouse=True)
def _fresh_content_types():
    """Query counts must not depend on which test ran first."""
    ContentType.objects.clear_cache()


@pytest.fixture
def city(db) -> City:
    """The test city; the holidays are seeded anew if a test that commits emptied them."""
    if not HolidayYear.objects.exists():
        seed_notices(HolidayYear, HolidayDay)
    return make_city()


@pytest.fixture
def as_user(client):
    """as_user(user) is a client that is signed in as that user."""

    def signed_in(user):
        client.force_login(user, backend="members.backends.AccountBackend")
        return client

    return signed_in
