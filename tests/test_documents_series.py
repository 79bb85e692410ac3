"""The section `number_series` of a profile, and what must be installed."""

import pytest
from django.utils import timezone

from foundations.audit.trail import acting
from mechanisms.sections import Outcome, registered
from services.documents import checks
from services.documents.models import NumberSeries
from services.documents.rendering import fonts
from services.documents.sections import SECTION, apply, check, plan

ROW = {
    "key": "gov-letter",
    "name": "司法局函",
    "organization": "justice",
    "pattern": "试司函〔{year}〕{n}号",
    "mode": "external",
}


def source(*rows: dict) -> dict:
    return {"organizations": [{"key": "justice"}, {"key": "court"}], "number_series": list(rows)}


def test_the_section_is_registered():
    assert registered()["number_series"] is SECTION


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({}, None),
        ({"organization": "nobody"}, "organization"),
        ({"pattern": "试司函〔2026〕{n}号"}, "pattern"),
        ({"pattern": "试司函〔{year}〕{n}{n}号"}, "pattern"),
    ],
)
def test_faults_name_their_place(change, place):
    faults = list(check(source({**ROW, **change})))

    assert [fault.path for fault in faults] == ([("number_series", 0, place)] if place else [])


def test_a_key_stands_once():
    assert [fault.path for fault in check(source(ROW, ROW))] == [("number_series", 1, "key")]


def test_loading_twice_changes_nothing_the_second_time(city):
    given = source(ROW, {**ROW, "key": "new", "name": "新序列"})
    version = city.mechanism.versions.get()
    kinds = [change.outcome for change in plan(given, city.mechanism)]

    with acting():
        apply(given, version, actor=None, at=timezone.now())

    assert kinds == [Outcome.CHANGE, Outcome.CREATE]
    series = NumberSeries.objects.get(key="gov-letter")
    assert (series.name, series.mode, series.organization.key) == (
        "司法局函",
        "external",
        "justice",
    )
    assert [change.outcome for change in plan(given, city.mechanism)] == [Outcome.LEAVE] * 2
    assert [change.outcome for change in plan(given, None)] == [Outcome.CREATE] * 2


def test_the_portal_starts_with_its_fonts():
    assert checks.fonts_are_installed(None) == []
    assert checks.subsets_are_quick(None) == []


def test_a_missing_face_stops_the_start(monkeypatch):
    monkeypatch.setattr(fonts, "NEEDED", ("No Such Face",))

    assert [found.id for found in checks.fonts_are_installed(None)] == ["documents.E001"]


def test_a_missing_library_stops_the_start(monkeypatch):
    monkeypatch.setattr(checks, "SUBSET_LIBRARY", "libnothing.so.9")

    assert [found.id for found in checks.subsets_are_quick(None)] == ["documents.E002"]
