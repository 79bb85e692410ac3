"""Every clause of Cenxi against a table written by hand, from its words and what was told."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction

from tests.told_cenxi import loaded, tell

K, S, B, A, Y, N = "kept", "due_soon", "broken", "attested", "not_yet_due", "not_applicable"
SPRING, AUTUMN, TODAY = date(2026, 4, 2), date(2026, 9, 1), date(2026, 11, 23)

# number: as published and nothing told; in spring; in autumn; today
TABLE = {
    "CX-1": (K, K, K, K),
    "CX-2": (K, K, K, K),
    "CX-3": (N, N, K, K),  # 可邀请; an agency was invited in June
    "CX-4": (B, A, A, A),  # never attested since 2018; then from January 10 for a year
    "CX-5": (Y, Y, K, K),  # no interval in the text; one meeting, held on its day
    "CX-6": (Y, Y, Y, Y),  # the procuratorate's work was on no agenda
    "CX-7": (Y, Y, K, K),
    "CX-8": (Y, Y, Y, S),  # a problem of September, its measure due on November 27
    "CX-9": (Y, Y, B, K),  # a reply to guidance was due on July 31, came on September 15
    "CX-10": (Y, Y, Y, Y),
    "CX-11": (N, N, N, N),  # nothing was handed over
    "CX-12": (Y, Y, K, K),  # 另行规定, without a day; there since August
    "CX-13": (N, N, K, B),  # April: the head came; September: nobody did
    "CX-14": (N, N, Y, Y),  # heard, but no preparation on record
    "CX-15": (N, N, K, K),  # who came spoke
    "CX-16": (N, N, Y, Y),  # came, but said nothing on the resolution
    "CX-17": (N, N, Y, Y),  # not summed up
    "CX-18": (Y, Y, Y, Y),  # figures are counted; an assessment is not there
    "CX-19": (Y, Y, Y, Y),
    "CX-20": (N, N, N, N),  # 可以建议; the court suggested nothing
    "CX-21": (N, N, K, K),
    "CX-22": (N, N, K, K),  # copied on the day of issue
    "CX-23": (N, N, K, K),  # urged on August 10
    "CX-24": (N, N, B, K),  # the reply was due on July 8, came on September 21
    "CX-25": (N, N, B, K),
    "CX-26": (Y, B, B, B),  # the court reported on 2025, the procuratorate did not
    "CX-27": (Y, Y, K, K),  # the court told its own part
    "CX-28": (Y, K, K, K),  # January 20
    "CX-29": (Y, Y, Y, Y),
    "CX-30": (Y, Y, Y, Y),
    "CX-31": (Y, Y, Y, Y),
    "CX-32": (Y, Y, Y, Y),
    "CX-33": (Y, Y, K, K),
    "CX-34": (Y, Y, Y, Y),
    "CX-35": (Y, Y, Y, Y),
    "CX-36": (Y, Y, Y, K),  # October 14
    "CX-37": (Y, Y, Y, Y),
    "CX-38": (Y, Y, Y, Y),
    "CX-39": (Y, Y, K, K),  # August 20
    "CX-40": (Y, Y, Y, Y),
    "CX-41": (Y, Y, Y, Y),
    "CX-42": (Y, Y, Y, Y),
    "CX-43": (Y, Y, Y, Y),
    "CX-44": (K, K, K, K),  # the successors of the offices stand
    "CX-45": (Y, B, K, K),  # due on March 31, told on April 8
    "CX-46": (Y, Y, Y, Y),
    "CX-47": (N, N, K, K),  # 可以; a training in April
    "CX-48": (N, N, N, N),
    "CX-49": (N, N, N, N),
    "CX-50": (N, N, N, N),
    "CX-51": (N, N, K, K),  # 可; a draft was put to the court in August
    "CX-52": (Y, Y, Y, Y),
    "CX-53": (Y, Y, K, K),  # a case was published in June
    "CX-54": (N, N, N, N),  # no dispute is marked as grave
    "CX-55": (N, N, N, N),  # no judgment is there to be performed
    "CX-56": (N, N, N, N),
    "CX-57": (N, N, N, N),
    "CX-58": (Y, Y, Y, K),  # a warning on October 9
    "CX-59": (Y, Y, Y, B),  # planned for October 15 and not held
    "CX-60": (Y, Y, Y, B),
    "CX-61": (K, K, K, K),
}


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """The year, told once for this module and taken away again."""
    with django_db_blocker.unblock(), transaction.atomic():
        tell(loaded())
        yield
        transaction.set_rollback(True)


def states(on: date) -> list[dict]:
    said = StringIO()
    call_command("compliance", mechanism="cenxi", on=on, format="json", stdout=said)
    return json.loads(said.getvalue())


def table(column: int) -> dict[str, str]:
    return {number: row[column] for number, row in TABLE.items()}


def test_as_published_nothing_is_kept_but_what_stands(db):
    loaded(TODAY)

    assert {one["provision"]: one["state"] for one in states(TODAY)} == table(0)


@pytest.mark.parametrize(("column", "on"), [(1, SPRING), (2, AUTUMN), (3, TODAY)])
def test_a_year_told(told, db, column, on):
    found = states(on)

    assert {one["provision"]: one["state"] for one in found} == table(column)
    for one in found:
        assert one["evidence"] or one["state"] not in (K, A), one
        assert one["said"] or one["state"] != B, one
