"""load_profile: what it makes and what it leaves."""

from datetime import date
from functools import partial
from pathlib import Path

import pytest
import yaml
from django.core.management import call_command

from foundations.audit.models import AuditEntry
from mechanisms.loading.reading import read_profile
from mechanisms.models import Mechanism, Provision
from mechanisms.profile import get_profile
from mechanisms.queries import parties, party, provision
from members.models import Person, User
from members.rosters import roster
from tests.profiles import everything, load, refused, written

YINING = Path(__file__).parent.parent / "mechanisms" / "profiles" / "yining.yaml"


@pytest.fixture
def profile(tmp_path):
    """profile(old, new, …) is a file with the small profile, each `old` made `new`."""
    return partial(written, tmp_path / "profile.yaml")


@pytest.mark.django_db
def test_it_makes_the_institution_and_never_an_account(profile, capsys):
    answer = load(profile(), capsys)

    assert answer["ok"] is True
    assert {change["outcome"] for change in answer["changes"]} == {"create"}
    mechanism = Mechanism.objects.get(key="small")
    assert [side.lead.name for side in parties(mechanism)] == ["小城人民政府", "小城人民法院"]
    assert party(mechanism, "court").lead.short_name == "市法院"
    assert provision(mechanism, "SM-1", date(2024, 1, 2)).citation == "制度一"
    assert provision(mechanism, "SM-2", date(2024, 1, 2)) is None
    assert get_profile(mechanism, date(2025, 1, 1)).meeting.cadence_provision == "SM-1"
    assert Person.objects.get().name == "王彬"
    assert [line.person.name for line in roster(mechanism.body, date(2024, 1, 2))] == ["王彬"]
    assert not User.objects.exists()
    assert AuditEntry.objects.filter(action="mechanisms.version.loaded", actor=None).count() == 1


@pytest.mark.django_db
def test_loading_twice_changes_nothing(profile, capsys):
    load(profile(), capsys)
    before = everything()

    again = load(profile("schema: 1", "# 只改了注释\nschema: 1"), capsys)

    assert everything() == before
    assert [change["outcome"] for change in again["changes"]] == ["leave"]


@pytest.mark.django_db
def test_a_rehearsal_tells_all_and_writes_nothing(profile, capsys):
    before = everything()

    told = load(profile(), capsys, "--dry-run")

    assert everything() == before
    assert told["changes"] == load(profile(), capsys)["changes"]


@pytest.mark.django_db
def test_the_same_version_with_other_content_is_refused(profile, capsys):
    load(profile(), capsys)
    before = everything()

    faults = refused(profile("每两个月召开一次", "每两个月召开一次会议"), capsys)

    assert [(line, path) for line, path, _message in faults] == [(5, "mechanism.version")]
    assert "请为新内容换一个版本号" in faults[0][2]
    assert everything() == before


@pytest.mark.django_db
def test_a_later_version_changes_units_and_leaves_the_roster(profile, capsys):
    load(profile(), capsys)
    later = profile(
        'version: "1"',
        'version: "2"',
        "effective_from: 2024-01-02",
        "effective_from: 2025-03-01",
        "short_name: 市法院",
        "short_name: 市人民法院",
        "name: 王 彬",
        "name: 李明",
        "every_months: 2",
        "every_months: 3",
    )

    changes = load(later, capsys)["changes"]

    told = {(change["outcome"], change["kind"]): change for change in changes}
    assert told["change", "单位"]["detail"] == "简称：市法院 → 市人民法院"
    assert "名单已有记录" in told["leave", "成员名单"]["detail"]
    assert [person.name for person in Person.objects.all()] == ["王彬"]
    mechanism = Mechanism.objects.get(key="small")
    before, after = date(2025, 2, 28), date(2025, 3, 1)
    assert provision(mechanism, "SM-1", before).parameters["every_months"] == 2
    assert provision(mechanism, "SM-1", after).parameters["every_months"] == 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("title", "more", "clause", "cited"),
    [
        ("小城联席会议制度", "", "一", "制度一"),
        ("小城联席会议制度（试行）", "", "三（二）", "制度三（二）"),
        ("关于加强府院联动工作的实施意见", "", "第五条", "意见第五条"),
        ("小城《府院联动机制》", "", "二", "机制二"),
        ("小城府院联动二十条", "", "一", "《联席会议制度》一"),
        ("小城联席会议制度", "\n  cited_as: 联席制度", "一", "联席制度一"),
        ("小城联席会议制度", "\n  cited_as: 联席制度", "附件", "附件"),
    ],
)
def test_a_clause_is_cited_by_the_kind_of_its_document(
    profile, capsys, title, more, clause, cited
):
    changed = profile(
        "  title: 小城联席会议制度", f"  title: {title}{more}", "clause: 一", f"clause: {clause}"
    )

    load(changed, capsys)

    assert Provision.objects.get().citation == cited


@pytest.mark.django_db
def test_the_text_answer_names_what_it_creates(capsys):
    call_command("load_profile", YINING)

    told = capsys.readouterr().out
    assert told.startswith("新建（39）\n  地区　伊宁市\n")
    assert "  条款　45 条\n" in told
    assert "热孜艳·买买提明" in told


def test_yining_is_what_a_yaml_reader_sees_too():
    """Our narrower reader changes dates only: they stay text."""

    ours = read_profile(YINING).source
    theirs = yaml.safe_load(YINING.read_text(encoding="utf-8"))
    assert ours["text"] == theirs["text"]
    assert ours["mechanism"]["issued_on"] == "2023-06-12"
