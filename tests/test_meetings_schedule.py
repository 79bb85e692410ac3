"""`manage.py schedule_meetings`: planned by hand, shown without writing, refused."""

import json
import re
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from mechanisms.models import MechanismVersion
from meetings.actions.days import cancel, postpone
from meetings.management.commands.schedule_meetings import PROFILES
from meetings.models import Meeting, MeetingSeries
from tests.city import SOURCE
from tests.sitting import moment, planned_series

PLAN_QUERIES = 18
TODAY = timezone.localdate()
FROM = ["--from", "2023-06-20", "--host", "government"]


def schedule(*arguments: str) -> tuple[list[dict], str]:
    """The JSON list that the command prints, and what it says beside it."""
    out, err = StringIO(), StringIO()
    call_command("schedule_meetings", *arguments, "--format", "json", stdout=out, stderr=err)
    return json.loads(out.getvalue()), err.getvalue()


def test_three_years_of_alternating_hosts_without_drift(city):
    rows, _said = schedule("--mechanism", "testing", *FROM, "--until", "2026-12-31")

    assert [row["ordinal"] for row in rows] == list(range(1, 23))
    assert [row["host"] for row in rows] == ["government", "court"] * 11
    assert [row["nominal_on"][5:] for row in rows[:6]] == [
        f"{month:02}-20" for month in (6, 8, 10, 12, 2, 4)
    ]
    assert rows[-1]["nominal_on"] == "2026-12-20"
    assert rows[-1]["proposed_on"] == "2026-12-21"
    assert set(rows[0]) == {"ordinal", "nominal_on", "proposed_on", "host", "reason"}
    assert rows[1]["reason"].startswith("上一次定期会议（计划6月20日）由市政府主办")
    assert Meeting.objects.count() == 22


def test_doing_it_again_makes_nothing_twice_and_goes_on_without_an_origin(city):
    schedule("--mechanism", "testing", *FROM, "--until", "2023-12-31")

    again, _said = schedule("--mechanism", "testing", *FROM, "--until", "2023-12-31")
    longer, _said = schedule("--mechanism", "testing", "--until", "2024-02-20")

    assert (len(again), len(longer), Meeting.objects.count()) == (4, 5, 5)
    assert MeetingSeries.objects.count() == 1


@pytest.mark.parametrize("mechanism", ["testing", "yining"])
def test_a_dry_run_shows_the_plan_and_writes_nothing(city, mechanism):
    rows, _said = schedule("--mechanism", mechanism, *FROM, "--until", "2023-12-20", "--dry-run")

    assert [row["host"] for row in rows] == ["government", "court", "government", "court"]
    assert not Meeting.objects.exists()
    assert not MeetingSeries.objects.exists()


def test_the_end_of_the_month_is_clipped_from_the_origin(city):
    rows, _said = schedule(
        *["--mechanism", "testing", "--from", "2023-12-31", "--host", "court"],
        *["--until", "2024-06-30", "--dry-run"],
    )

    assert [row["nominal_on"] for row in rows] == [
        "2023-12-31",
        "2024-02-29",
        "2024-04-30",
        "2024-06-30",
    ]


def test_what_happened_to_existing_meetings_is_in_the_list(city):
    series = planned_series(city, until=date(2026, 12, 31))
    officer, now = city.users["gov_officer"], moment(date(2026, 2, 2))
    second, third = (series.meetings.get(ordinal=n) for n in (2, 3))
    postpone(second.pk, actor=officer, at=now, day=date(2026, 3, 20), reason="开庭")
    cancel(third.pk, actor=officer, at=now, reason="换届")

    rows, _said = schedule("--mechanism", "testing", "--until", "2026-07-12", "--dry-run")

    assert [row["proposed_on"] for row in rows] == [
        "2026-01-12",
        "2026-03-20",
        "2026-05-12",
        "2026-07-13",
    ]
    assert [row["host"] for row in rows] == ["government", "court", "government", "government"]
    assert "已延期至3月20日" in rows[1]["reason"]


def profile_with(city, **meeting) -> None:
    MechanismVersion.objects.create(
        mechanism=city.mechanism,
        number="2",
        effective_from=date(2024, 2, 1),
        digest=f"testing-2 {meeting}",
        source={**SOURCE, "meeting": {**SOURCE["meeting"], **meeting}},
        loaded_at=moment(date(2024, 2, 1)),
    )


def test_hosts_together_are_a_list(city):
    profile_with(city, host_policy="co_host")

    rows, _said = schedule("--mechanism", "testing", *FROM, "--until", "2023-06-20")

    assert rows[0]["host"] == ["government", "court"]


def test_a_text_without_a_number_plans_nothing_and_says_so(city):
    profile_with(city, cadence_months=None)

    rows, said = schedule("--mechanism", "testing", *FROM, "--until", "2026-12-31")

    assert rows == []
    assert "没有规定召开间隔" in said


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("loaded", [False, True], ids=["packaged", "loaded"])
@pytest.mark.parametrize("key", ["gulou", "wujiagang", "cenxi", "yinchuan"])
@pytest.mark.parametrize("more", [[], FROM, ["--dry-run"]], ids=["bare", "from", "dry run"])
def test_a_real_text_without_a_number_plans_nothing_and_says_so(key, loaded, form, more):
    if loaded:
        call_command("load_profile", PROFILES / f"{key}.yaml", stdout=StringIO())
    out, err = StringIO(), StringIO()

    call_command(
        *["schedule_meetings", "--mechanism", key, "--until", "2026-12-31", "--format", form],
        *more,
        stdout=out,
        stderr=err,
    )

    assert out.getvalue() == "[]\n"
    assert f"“{key}”的制度文本没有规定召开间隔" in err.getvalue()
    assert not MeetingSeries.objects.exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(
            ["--mechanism", "nowhere", *FROM], "没有名为“nowhere”的机制", id="unknown mechanism"
        ),
        pytest.param(["--mechanism", "yining", *FROM], "尚未载入", id="not loaded"),
        pytest.param(["--mechanism", "testing"], "--from 和 --host", id="no origin"),
        pytest.param(
            ["--mechanism", "testing", "--from", "2023-13-40"],
            "“2023-13-40”不是日期",
            id="no date",
        ),
        *(
            pytest.param(
                ["--mechanism", key, "--from", "2023-06-20", "--host", "procuratorate", *more],
                "该方不承担主办",
                id=f"a side that does not host: {key} {more}",
            )
            for key, more in (
                ("testing", []),
                ("testing", ["--dry-run"]),
                ("yining", ["--dry-run"]),
            )
        ),
        pytest.param(
            ["--mechanism", "testing", "--from", "2027-01-01", "--host", "court"],
            "安排自2027年1月1日起算",
            id="an end before the beginning",
        ),
    ],
)
def test_what_cannot_be_planned_is_refused(city, arguments, words):
    with pytest.raises(CommandError, match=words) as refused:
        schedule(*arguments, "--until", "2026-12-31")

    assert refused.value.returncode == 1
    assert not MeetingSeries.objects.exists()
    assert not Meeting.objects.exists()


@pytest.mark.parametrize(
    "other", [["--from", "2023-07-20", "--host", "government"], ["--host", "court"]]
)
def test_another_plan_is_shown_but_not_made_while_one_runs(city, other):
    schedule("--mechanism", "testing", *FROM, "--until", "2023-12-31")
    asked = ["--mechanism", "testing", *other, "--until", "2023-12-31"]

    with pytest.raises(CommandError, match="2023年6月20日"):
        schedule(*asked)
    rows, said = schedule(*asked, "--dry-run")

    assert rows[0]["host"] == other[-1]
    assert "2023年6月20日" in said
    assert Meeting.objects.count() == 4
    assert MeetingSeries.objects.get().first_host == "government"


def test_the_text_form_is_one_line_a_meeting(city):
    out = StringIO()

    call_command(
        *["schedule_meetings", "--mechanism", "testing", *FROM, "--until", "2023-08-20"],
        stdout=out,
    )

    lines = out.getvalue().splitlines()
    assert lines[1].split()[:4] == ["2", "2023-08-20", "2023-08-21", "court"]


@pytest.mark.django_db
def test_loading_a_profile_with_an_origin_begins_its_plan_once(tmp_path):
    words = (Path(settings.BASE_DIR) / "mechanisms/profiles/yining.yaml").read_text("utf-8")
    origin = f"meeting:\n  origin: {{on: {TODAY.isoformat()}, host: court}}\n"
    profile = tmp_path / "yining.yaml"
    profile.write_text(re.sub(r"^meeting:\n(  origin:.*\n)?", origin, words, flags=re.M), "utf-8")

    for _time in range(2):
        call_command("load_profile", str(profile), stdout=StringIO())

    series = MeetingSeries.objects.get()
    assert (series.origin_on, series.first_host) == (TODAY, "court")
    assert series.meetings.first().host_organization.name == "伊宁市人民法院"
    assert set(series.meetings.values_list("state", flat=True)) == {"planned"}


# -- the page ------------------------------------------------------------------------


def test_the_plan_page_shows_grid_turns_and_duty(city, as_user):
    planned_series(city, until=date(2027, 1, 31))

    html = (
        as_user(city.users["court_deputy"])
        .get(reverse("meetings:plan", args=["testing"]))
        .content.decode()
    )

    assert "自2026年1月12日" in html
    assert "首次定期会议由市政府主办" in html
    assert "职责期限另行计算" in html
    assert "2026年3月12日" in html
    assert reverse("meetings:restart", args=["testing"]) not in html


def test_the_plan_page_takes_the_same_queries_however_long_the_plan(
    city, as_user, django_assert_num_queries
):
    client = as_user(city.users["gov_officer"])
    url = reverse("meetings:plan", args=["testing"])
    planned_series(city, until=date(2026, 1, 12))
    client.get(url)

    with django_assert_num_queries(PLAN_QUERIES):
        client.get(url)
    call_command("schedule_meetings", "--mechanism", "testing", "--until", "2027-03-31")
    with django_assert_num_queries(PLAN_QUERIES):
        client.get(url)


def test_an_officer_begins_the_plan_by_page_and_restarts_it_with_a_reason(city, as_user):
    client = as_user(city.users["court_officer"])
    url = reverse("meetings:restart", args=["testing"])

    client.post(url, {"origin_on": "2026-01-12", "first_host": "court"})
    first = MeetingSeries.objects.get()
    without = client.post(
        url, {"origin_on": "2099-01-12", "first_host": "government", "version": first.version}
    )
    done = client.post(
        url,
        {
            "origin_on": "2099-01-12",
            "first_host": "government",
            "reason": "改为单月",
            "version": first.version,
        },
    )

    assert first.first_host == "court"
    assert without.status_code == 422
    assert done.status_code == 302
    assert MeetingSeries.objects.get(ended_on=None).origin_on == date(2099, 1, 12)


@pytest.mark.parametrize(
    ("who", "plan", "restart"),
    [
        ("recorder", 200, 403),
        ("gov_convenor", 200, 403),
        ("agency_contact", 200, 403),
        ("court_officer", 200, 200),
    ],
)
def test_who_sees_the_plan_and_who_restarts_it(city, as_user, who, plan, restart):
    client = as_user(city.users[who])

    assert client.get(reverse("meetings:plan", args=["testing"])).status_code == plan
    assert client.get(reverse("meetings:restart", args=["testing"])).status_code == restart
