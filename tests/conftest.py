"""Shared by all tests: caches that would make query counts depend on test order."""

import pytest
from django.contrib.contenttypes.models import ContentType


@pytest.fixture(autouse=True)
def _fresh_content_types():
    ContentType.objects.clear_cache()
