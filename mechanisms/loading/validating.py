"""The one door: a file goes in, a valid source comes out, or every fault of it."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator, FormatChecker

from mechanisms.loading.checks import check_profile
from mechanisms.loading.known_pages import unknown_pages
from mechanisms.loading.known_rules import unknown_rules
from mechanisms.loading.meeting import meeting_faults
from mechanisms.loading.messages import explain
from mechanisms.loading.reading import (
    Place,
    ProfileRefused,
    Reading,
    Trouble,
    read_profile,
    written,
)
from mechanisms.loading.schema import SCHEMA_VERSION, profile_schema

CHECKS = (check_profile, meeting_faults, unknown_rules, unknown_pages)
"""What a schema cannot say, asked of a source that fits it."""


def load_source(path: Path) -> dict:
    """The valid source in a file; raises ProfileRefused with all that is wrong in it."""
    return valid(read_profile(path))


def valid(reading: Reading) -> dict:
    """The source of a reading, if it has no fault."""
    if not isinstance(reading.source, dict):
        message = _("A profile begins with keys such as “schema: 1” and “jurisdiction:”.")
        raise ProfileRefused([Trouble(1, "", message)])
    version = reading.source.get("schema", SCHEMA_VERSION)
    if version != SCHEMA_VERSION:
        message = _("This portal reads profiles of schema %(known)d, not “%(version)s”.")
        data = {"known": SCHEMA_VERSION, "version": version}
        raise ProfileRefused([Trouble(reading.line_of(("schema",)), "schema", message % data)])
    found = {(place, text) for place, text in _schema_faults(reading.source)}
    if not found and not reading.troubles:
        source = reading.source
        faults = chain.from_iterable(check(source) for check in CHECKS)
        found = {(tuple(fault.path), fault.message) for fault in faults}
    troubles = [Trouble(reading.line_of(place), written(place), text) for place, text in found]
    if troubles or reading.troubles:
        raise ProfileRefused([*reading.troubles, *troubles])
    return reading.source


def _schema_faults(source: dict) -> Iterator[tuple[Place, str]]:
    dates = FormatChecker(formats=["date"])
    validator = Draft202012Validator(profile_schema(), format_checker=dates)
    for error in validator.iter_errors(source):
        yield from explain(error)
