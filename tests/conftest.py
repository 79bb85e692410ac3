"""Shared by all tests."""

import pytest
from django.contrib.contenttypes.models import ContentType

from tests.city import City, make_city
from tests.processes import broker, pytest_collection_modifyitems, worker  # noqa: F401


@pytest.fixture(autouse=True)
def _fresh_content_types():
    """Query counts must not depend on which test ran first."""
    ContentType.objects.clear_cache()


@pytest.fixture
def city(db) -> City:
    return make_city()


@pytest.fixture
def as_user(client):
    """as_user(user) is a client that is signed in as that user."""

    def signed_in(user):
        client.force_login(user, backend="members.backends.AccountBackend")
        return client

    return signed_in
