"""A sixth institution, written from `docs/profiles.md` alone, runs as data and nothing else.

A county of three sides: one meeting a year hosted by all of them, letters answered within 45
days, other seats, and a clause of every kind of rule.
"""

import json
from datetime import UTC, date, datetime
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse

from foundations.calendars.models import HolidayDay, HolidayYear
from foundations.calendars.tables import seed_notices
from mechanisms.models import Mechanism
from mechanisms.states import ComplianceState, RuleKind
from members.actions.accounts import bind_role, create_account
from members.actions.people import begin_post, create_person
from members.models import Body, Person, User
from members.rosters import roster
from members.states import Role
from suggestions.actions.service import serve
from suggestions.states import ServiceMode
from tests.city import City
from tests.drafting import issue, write
from tests.gatherings import text_file
from tests.letters import ISSUED, SERVED, moment
from tests.profiles import CHENGXI, everything, load, refused, written

LOADED = datetime(2026, 1, 4, 2, tzinfo=UTC)
TODAY = date(2026, 11, 23)
NOW = moment(TODAY)
SIDES = ["government", "court", "procuratorate"]
OFFICERS = {"gov_officer": "祁向晚", "court_officer": "邵临川", "procurator": "温如砚"}


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def county_of(mechanism: Mechanism) -> City:
    place = mechanism.jurisdiction
    units = {unit.key: unit for unit in place.organizations.all()}
    units["agency"] = units["market"]
    return City(place, mechanism, mechanism.body, organizations=units)


def add_account(county: City, key: str, person: Person, unit: str, role: str) -> None:
    user, _password = create_account(person.pk, actor=None, at=NOW, username=f"chengxi-{key}")
    place, since = county.jurisdiction, date(2026, 1, 1)
    bind_role(
        *[user.pk],
        actor=None,
        role=role,
        jurisdiction=place,
        organization=county.organizations[unit],
        valid_from=since,
    )
    User.objects.filter(pk=user.pk).update(must_change_password=False)
    county.users[key] = User.objects.get(pk=user.pk)


def appoint(county: City, name: str, unit: str, title: str) -> Person:
    person = create_person(county.jurisdiction.pk, actor=None, name=name)
    organization = county.organizations[unit]
    begin_post(person.pk, actor=None, organization=organization, title=title)
    return person


@pytest.fixture
def county(db):
    """The county as it stands on a day in November, loaded in January, with its officers."""
    seed_notices(HolidayYear, HolidayDay)
    with time_machine.travel(LOADED, tick=False):
        call_command("load_profile", CHENGXI, verbosity=0)
        made = county_of(Mechanism.objects.get())
        contact = appoint(made, "蓝秋水", "market", "法规股股长")
    with time_machine.travel(NOW, tick=False):
        for key, name in OFFICERS.items():
            person = Person.objects.get(name=name)
            unit = person.posts.order_by("pk")[0].organization.key
            add_account(made, key, person, unit, Role.LIAISON_OFFICER)
        add_account(made, "agency_contact", contact, "market", Role.MEMBER_UNIT)
        yield made


def test_the_file_has_no_fault_and_nothing_is_missing():
    assert "没有错误，也没有欠缺" in run("check_profile", str(CHENGXI))


def test_loading_it_again_changes_nothing(county, capsys):
    before = everything()

    answer = load(CHENGXI, capsys)

    assert {change["outcome"] for change in answer["changes"]} == {"leave"}
    assert everything() == before
    kinds = county.mechanism.versions.get().provisions.values_list("rule_kind", flat=True)
    assert set(kinds) == set(RuleKind.values)


def test_one_meeting_a_year_is_planned_and_hosted_by_all_three(county, as_user):
    asked = ["--from", "2026-12-18", "--host", "government", "--until", "2028-12-31"]

    told = run("schedule_meetings", "--mechanism", "chengxi", *asked, "--format", "json")

    rows = json.loads(told)
    assert [row["nominal_on"] for row in rows] == ["2026-12-18", "2027-12-18", "2028-12-18"]
    assert [row["host"] for row in rows] == [SIDES] * 3
    first = county.mechanism.meetings.order_by("planned_on")[0]
    assert first.hosts == SIDES
    client = as_user(county.users["procurator"])
    assert client.get(first.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("by", "kind", "issuer"),
    [("court_officer", "judicial", "court"), ("procurator", "procuratorial", "proc")],
)
def test_a_letter_is_answered_within_the_countys_own_period(county, by, kind, issuer):
    """45 days from September 28 end on November 12; the law's two months on November 30."""
    units = county.organizations
    given = {"kind": kind, "issuer": units[issuer], "addressees": (units["market"].pk,)}
    given["form"] = "general" if kind == "procuratorial" else "individual"
    draft = write(county, by, **given, copies=())
    letter = issue(county, draft, by, on=ISSUED)

    row = serve(
        letter.addressees.get().pk,
        actor=county.users[by],
        at=NOW,
        on=SERVED,
        mode=ServiceMode.POST,
        proofs=[text_file("回证.txt")],
        declared=True,
    )

    assert row.reply_due_on == date(2026, 11, 12)


def test_the_seats_are_those_of_the_county(county, as_user):
    office = Body.objects.get(jurisdiction=county.jurisdiction, key="office")

    held = [(line.role, line.side, line.person.name) for line in roster(county.body, TODAY)]
    assert [one for one in held if one[0] == "deputy_convenor"] == [
        ("deputy_convenor", "government", "程以衡"),
        ("deputy_convenor", "court", "陆闻笛"),
        ("deputy_convenor", "procuratorate", "阮青禾"),
    ]
    assert [one[2] for one in held if one[0] == "liaison_officer"] == [*OFFICERS.values()]
    assert [line.role for line in roster(office, TODAY)] == [
        "liaison_officer",
        "office_director",
        "office_deputy_director",
        "office_deputy_director",
    ]
    page = as_user(county.users["gov_officer"]).get(
        reverse("members:roster", args=[office.public_id])
    )
    assert "贺知微" in page.content.decode()


def test_a_seat_of_a_post_is_filled_by_whoever_holds_the_post(county):
    assert said_of(county)["CHX-2"] == ("broken", "缺：召集人 1 名、成员 1 名、成员 1 名。")

    fill(county)

    assert said_of(county)["CHX-2"][0] == "kept"


def fill(county: City) -> None:
    with time_machine.travel(LOADED, tick=False):
        appoint(county, "江望舒", "gov", "常务副县长")
        appoint(county, "梅听雨", "market", "局长")
        appoint(county, "宋寄北", "natural", "局长")


def judged(on: date = TODAY) -> list[dict]:
    told = run("compliance", "--mechanism", "chengxi", "--on", str(on), "--format", "json")
    return json.loads(told)


def said_of(county: City) -> dict[str, tuple[str, str]]:
    return {row["provision"]: (row["state"], row["said"]) for row in judged()}


STATES = {
    "kept": {2, 3, 4, 5},
    "broken": {
        10,  # the quarters that ended in March, June and September were never told
        20,  # nobody handed in the third quarter
        24,  # the rules of defence were due on June 30
        25,  # no handlers are entered
    },
    "not_yet_due": {
        1,  # to be attested by December 31
        6,  # the first meeting by January 1
        12,  # as needed
        13,  # no plan of the year
        18,  # the year's report still may come
        19,  # the year still runs
        21,  # no figure yet
        27,
        28,  # the task list is a draft
    },
    "not_applicable": {7, 8, 9, 11, 14, 15, 16, 17, 22, 23, 26},
}
"""Written by hand: all quiet in the county since January, but for the seats."""


def test_every_clause_has_its_state(county):
    fill(county)
    run("open_returns", "--on", "2026-07-01")
    run("open_instalments", "--on", "2026-11-23")
    run("open_returns", "--on", "2026-11-23")

    rows = judged()

    found: dict[str, set[int]] = {}
    for row in rows:
        found.setdefault(row["state"], set()).add(int(row["provision"].removeprefix("CHX-")))
    assert found == STATES
    assert [row["provision"] for row in rows] == [f"CHX-{n}" for n in range(1, 29)]
    assert {row["state"] for row in rows} <= set(ComplianceState.values)
    assert all(row["evidence"] for row in rows if row["state"] == "kept")
    assert all(row["said"] for row in rows)


def test_the_pages_show_what_is_owed_and_every_page_of_a_clause_opens(county, as_user):
    run("open_instalments", "--on", "2026-11-23")
    run("open_returns", "--on", "2026-11-23")
    client = as_user(county.users["gov_officer"])
    shown = {
        "bulletins:board": ["行政机关负责人出庭应诉情况", "行政诉讼监督决定", "典型案例"],
        "returns:list": ["旁听庭审情况"],
        "workplans:list": ["2026年府院检协作重点任务清单"],
        "mechanisms:text": ["府院检协作办法", "自收到建议之日起45日内", "各方共同主办"],
        "dashboards:compliance": ["CHX-1", "CHX-28", "尚无数据"],
    }

    for name, words in shown.items():
        own = ["chengxi"] if name in ("mechanisms:text", "dashboards:compliance") else []
        page = client.get(reverse(name, args=own)).content.decode()
        assert [word for word in words if word not in page] == [], name
    text = client.get(reverse("mechanisms:text", args=["chengxi"])).content.decode()
    pages = {one.split('"')[0] for one in text.split('href="')[1:]}
    for url in sorted(page for page in pages if page.startswith("/") and "/static/" not in page):
        assert client.get(url).status_code in (200, 302), url


def test_the_users_of_the_county_see_only_theirs(county, city, as_user):
    pages = {"chengxi": county.users["gov_officer"], "testing": city.users["gov_officer"]}

    for own, user in pages.items():
        for key in pages:
            page = as_user(user).get(reverse("dashboards:compliance", args=[key]))
            assert page.status_code == (200 if key == own else 404), (own, key)
    board = as_user(city.users["gov_officer"]).get(reverse("bulletins:board"))
    assert "行政诉讼监督决定" not in board.content.decode()


def test_a_loaded_version_is_neither_changed_nor_overlapped(county, tmp_path, capsys):
    before = everything()
    found = []

    for changes in (['version: "1"', 'version: "2"'], ["trial: true", "trial: false"]):
        copy = written(tmp_path / "copy.yaml", *changes, text=CHENGXI.read_text(encoding="utf-8"))
        found += refused(copy, capsys)

    assert [(path, message) for _line, path, message in found] == [
        (
            "mechanism.effective_from",
            "第 1 版已于 2026-01-01 生效；新版本的生效日须晚于这一天。",
        ),
        (
            "mechanism.version",
            "第 1 版已载入，内容与本文件不同。已载入的版本不能改动：请为新内容换一个版本号，"
            "并写明生效日。",
        ),
    ]
    assert everything() == before
