"""A profile's sections on suggestions and on time limits name only what the file has."""

import pytest
from django.utils import timezone

from mechanisms.models import Mechanism
from services.deadlines.overrides import override_of
from suggestions.profile import rules_of
from tests.profiles import SMALL, load, refused, written

pytestmark = pytest.mark.django_db
SECTIONS = """\
number_series:
  - {key: letters, organization: court, name: 司法建议, pattern: "小法建〔{year}〕{n}号"}
suggestions:
  copies:
    - {kind: judicial, to: gov, mode: forced, provision: SM-1}
  urged_by: [gov]
  urging_provision: SM-1
  yearly_provision: SM-1
  class_after: 4
  series: {judicial: letters}
  letter_series: {court: letters}
deadlines:
  - {key: FY-PERF-REP, length: 10 workdays, provision: SM-1}
text:
"""


@pytest.fixture
def profile(tmp_path):
    """profile(old, new) is the small profile with both sections, `old` made `new`."""
    text = SMALL.replace("text:\n", SECTIONS, 1)
    return lambda *changes: written(tmp_path / "profile.yaml", *changes, text=text)


def test_the_sections_are_the_rules_of_the_institution(profile, capsys):
    load(profile(), capsys)
    mechanism, today = Mechanism.objects.get(), timezone.localdate()

    rules = rules_of(mechanism, today)
    own = override_of(mechanism, "FY-PERF-REP", today)

    assert [(rule.to, rule.mode) for rule in rules.copies_of("judicial")] == [("gov", "forced")]
    assert rules.copies_of("procuratorial") == []
    assert (rules.urged_by, rules.urging_provision, rules.yearly_provision) == (
        ("gov",),
        "SM-1",
        "SM-1",
    )
    assert (rules.class_after, rules.verify_days) == (4, 15)
    assert (rules.series, rules.letter_series) == ({"judicial": "letters"}, {"court": "letters"})
    assert (own.length.n, own.length.unit) == (10, "workdays")


@pytest.mark.parametrize(
    ("old", "new", "path", "message"),
    [
        pytest.param(
            "to: gov, mode", "to: nobody, mode", "suggestions.copies[1].to", "nobody", id="copy"
        ),
        pytest.param(
            "forced, provision: SM-1",
            "forced, provision: SM-9",
            "suggestions.copies[1].provision",
            "SM-9",
            id="clause of a copy",
        ),
        pytest.param(
            "urged_by: [gov]",
            "urged_by: [nobody]",
            "suggestions.urged_by[1]",
            "nobody",
            id="urges",
        ),
        pytest.param(
            "urging_provision: SM-1",
            "urging_provision: SM-9",
            "suggestions.urging_provision",
            "SM-9",
            id="clause of urging",
        ),
        pytest.param(
            "yearly_provision: SM-1",
            "yearly_provision: SM-9",
            "suggestions.yearly_provision",
            "SM-9",
            id="clause of the report",
        ),
        pytest.param(
            "{judicial: letters}",
            "{judicial: none}",
            "suggestions.series.judicial",
            "none",
            id="series of a kind",
        ),
        pytest.param(
            "{court: letters}",
            "{nobody: letters}",
            "suggestions.letter_series.nobody",
            "nobody",
            id="whose urging letters",
        ),
        pytest.param(
            "key: FY-PERF-REP", "key: NO-RULE", "deadlines[1].key", "NO-RULE", id="unknown rule"
        ),
        pytest.param(
            "10 workdays, provision: SM-1",
            "10 workdays, provision: SM-9",
            "deadlines[1].provision",
            "SM-9",
            id="clause of a limit",
        ),
        pytest.param(
            "length: 10 workdays",
            "length: ten days",
            "deadlines[1].length",
            "ten days",
            id="length",
        ),
    ],
)
def test_what_the_file_does_not_have_is_refused_where_it_stands(
    profile, capsys, old, new, path, message
):
    faults = refused(profile(old, new), capsys)

    assert [given for _line, given, _message in faults] == [path]
    assert message in faults[0][2]
