"""A small institution's profile for tests, its loading and its refusal."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from foundations.audit.models import AuditEntry
from mechanisms.models import Mechanism, MechanismVersion, Provision
from members.models import Jurisdiction, Organization, Person, Seat

PROFILES = settings.BASE_DIR / "mechanisms" / "profiles"
CHENGXI = settings.BASE_DIR / "tests" / "samples" / "profiles" / "chengxi.yaml"
"""A county of three sides, written by someone who had only read `docs/profiles.md`."""
SMALL = """\
schema: 1
jurisdiction: {key: small, name: 小城}
mechanism:
  key: small
  version: "1"
  title: 小城联席会议制度
  short_title: 联席会议制度
  issued_on: 2024-01-02
  effective_from: 2024-01-02
  issuers: [小城人民政府, 小城人民法院]
  body: joint
organizations:
  - {key: gov, name: 小城人民政府, short_name: 市政府, kind: government, side: government}
  - {key: court, name: 小城人民法院, short_name: 市法院, kind: court, side: court}
bodies:
  - key: joint
    name: 联席会议
    seats:
      - {role: convenor, side: government, name: 王 彬, organization: gov, title: 副市长}
      - {role: convenor, side: court, ex_officio: true, organization: court, title: 院长}
parties:
  - {side: government, lead: gov, acting: gov, secretariat: gov}
  - {side: court, lead: court, acting: court, secretariat: court}
meeting:
  cadence_provision: SM-1
  topic_types:
    - {key: report, label: 情况通报}
text:
  - chapter: 一、总则
    clauses:
      - clause: 一
        text: 每两个月召开一次。
        provisions:
          - number: SM-1
            operative: 每两个月
            duty_bearers: [government, court]
            modal: shall
            rule_kind: meeting_cadence
            subject: regular_meeting
            parameters: {every_months: 2, hosting: alternate}
            realised_by: {room: meetings, record: meeting_series}
"""


def written(path: Path, *changes: str, text: str = SMALL) -> Path:
    """A file with the small profile, each first of a pair of `changes` made the second."""
    for old, new in zip(changes[::2], changes[1::2], strict=True):
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    return path


def load(path, capsys, *options) -> dict:
    call_command("load_profile", path, "--format", "json", *options)
    return json.loads(capsys.readouterr().out)


def refused(path, capsys) -> list[tuple[int, str, str]]:
    with pytest.raises(CommandError):
        call_command("load_profile", path, "--format", "json")
    answer = json.loads(capsys.readouterr().out)
    assert answer["ok"] is False
    return [(one["line"], one["path"], one["message"]) for one in answer["errors"]]


@pytest.fixture
def loaded(db):
    """loaded(key) is the institution of that key, just loaded."""

    def loaded(key: str) -> Mechanism:
        call_command("load_profile", PROFILES / f"{key}.yaml", verbosity=0)
        return Mechanism.objects.get(key=key)

    return loaded


def everything() -> tuple[int, ...]:
    """How many rows there are of all that a profile makes."""
    models = (Jurisdiction, Organization, Person, Seat, Mechanism, MechanismVersion, Provision)
    return tuple(model.objects.count() for model in (*models, AuditEntry))
