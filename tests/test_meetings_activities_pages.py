"""Joint activities on pages: found, planned, answered, held and concluded in the browser."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from meetings.actions import activity_outcomes
from meetings.models import Activity
from meetings.papers.activities import PAPERS
from meetings.states import GuestGroup
from meetings.work import activities as work
from meetings.work.reading import Reading
from members.desk import laid
from tests import activities as told
from tests import disputes
from tests.activities import AT, DAY, later

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def today():
    with time_machine.travel(AT, tick=False):
        yield


def page(client, name, *args, **query):
    return client.get(reverse(f"meetings:{name}", args=args, query=query))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_length(city, as_user, django_assert_num_queries, count):
    for _n in range(count):
        told.announced(city, "agency")
    client = as_user(city.users["court_officer"])
    page(client, "activities")

    with django_assert_num_queries(LIST):
        shown = page(client, "activities")

    assert len(shown.context["ledger"].page.object_list) == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_any_number_of_guests(
    city, as_user, django_assert_num_queries, count
):
    units = ["agency", "justice", "gov"][:count]
    activity = told.announced(city, *units)
    client = as_user(city.users["court_officer"])
    client.get(activity.get_absolute_url())

    with django_assert_num_queries(DETAIL):
        shown = client.get(activity.get_absolute_url())

    assert len(shown.context["asked"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_plan_costs_the_same_for_any_length(city, as_user, django_assert_num_queries, count):
    for _n in range(count):
        told.announced(city)
    client = as_user(city.users["court_officer"])
    page(client, "activity-plan", city.mechanism.key)

    with django_assert_num_queries(PLAN):
        shown = page(client, "activity-plan", city.mechanism.key)

    assert shown.context["count"] == count


def test_the_plan_shows_a_year_month_by_month(city, as_user):
    told.plan(city, title="宪法宣传", kind="publicity", on=None, month=date(2027, 3, 1),
              sign_up_by=None)  # fmt: skip
    client = as_user(city.users["gov_officer"])

    this = page(client, "activity-plan", city.mechanism.key).content.decode()
    following = page(client, "activity-plan", city.mechanism.key, year=2027).content.decode()

    assert "宪法宣传" not in this
    assert "宪法宣传" in following
    assert "2027 年联合活动计划" in following


@pytest.mark.parametrize(
    ("kind", "asked", "left_out"),
    [
        ("training", {"sign_up_by"}, {"hearing", "medium", "visited", "report_due_on"}),
        ("joint_research", {"visited", "members", "report_due_on"}, {"hearing", "medium"}),
        ("hearing_observation", {"hearing", "sign_up_by"}, {"medium", "visited"}),
        ("publicity", {"medium", "content", "masked", "link"}, {"sign_up_by", "hearing"}),
    ],
)
def test_each_kind_asks_for_its_own(city, as_user, kind, asked, left_out):
    client = as_user(city.users["court_officer"])

    fields = set(
        page(client, "activity-new", city.mechanism.key, kind=kind).context["form"].fields
    )

    assert asked <= fields
    assert not left_out & fields


def test_first_the_kind_is_asked(city, as_user):
    shown = page(as_user(city.users["court_officer"]), "activity-new", city.mechanism.key)

    assert "复议听证观摩" in shown.content.decode()


def planned(city, **given) -> dict:
    return {
        "title": "行政应诉业务培训",
        "host": city.organizations["court"].public_id,
        "on": "2026-12-10",
        "starts_at": "09:30",
        "place": "五楼报告厅",
        "form_token": "a",
        **given,
    }


def test_it_goes_from_plan_to_outcome_in_the_browser(city, as_user):
    client = as_user(city.users["court_officer"])
    new = reverse("meetings:activity-new", args=[city.mechanism.key], query={"kind": "training"})
    assert client.post(new, planned(city)).status_code == 302
    assert client.post(new, planned(city)).status_code == 302
    activity = Activity.objects.get()

    def send(name, **words):
        activity.refresh_from_db()
        words.setdefault("version", activity.version)
        address = reverse(f"meetings:activity-{name}", args=[activity.public_id])
        answer = client.post(address, words)
        assert answer.status_code == 302, answer.context["form"].errors

    agency = city.organizations["agency"].public_id
    send("invite", units=[agency], groups=[GuestGroup.PUBLIC], seats="4")
    send("announce")
    sign_up(city, as_user, activity)
    with time_machine.travel(later(), tick=False):
        client = as_user(city.users["court_officer"])
        unit = activity.invitations.get(group="unit")
        public = activity.invitations.get(group="public")
        person = unit.attendees.get()
        came = {f"people_{unit.public_id}": [person.pk], f"more_{public.public_id}": "8"}
        send("hold", held_on="2026-12-10", **came)
        send("opinion", organization=city.organizations["court"].public_id, author="学员",
             on="2026-12-10", text="内容实用")  # fmt: skip
        send("conclude", summary="参训人员掌握证据规则")
        client = as_user(city.users["gov_officer"])
        shown = client.get(activity.get_absolute_url()).content.decode()
    assert "参训人员掌握证据规则" in shown
    assert "到场 9 人" in shown
    assert "艾力" not in shown


def sign_up(city, as_user, activity):
    client = as_user(city.users["agency_contact"])
    row = activity.invitations.get(group="unit")
    address = reverse("meetings:activity-answer", args=[row.public_id])
    refused = client.post(address, {"coming": "1", "people": "", "version": row.version})
    assert refused.status_code == 422
    assert "请填写参加人员姓名" in refused.content.decode()
    sent = {"coming": "1", "people": "艾力 法规科科长", "version": row.version}
    assert client.post(address, sent).status_code == 302


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"on": ""}, "至少填写月份"),
        ({"until": "2026-12-01"}, "结束日期不能早于开始日期"),
        ({"title": ""}, "必填"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(city, as_user, given, words):
    client = as_user(city.users["court_officer"])
    new = reverse("meetings:activity-new", args=[city.mechanism.key], query={"kind": "training"})

    answer = client.post(new, planned(city, **given))

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Activity.objects.exists()


def desk(city, who, on):
    reading = Reading(city.users[who], on)
    return [item.title for item in laid(reading.user, (reading, work.sorts(reading)))]


@pytest.mark.parametrize(
    ("make", "who", "on", "expected"),
    [
        ("month", "court_officer", told.TODAY, ["确定“行政应诉业务培训”的日期"]),
        ("announced", "agency_contact", told.TODAY, ["报名参加“行政应诉业务培训”"]),
        ("announced", "court_officer", told.TODAY, []),
        ("announced", "court_officer", DAY, ["登记“行政应诉业务培训”的到场情况"]),
        ("announced", "gov_officer", told.TODAY, []),
        ("report", "court_officer", DAY, ["提交“行政应诉业务培训”的报告"]),
        ("held", "court_officer", DAY, ["办结“行政应诉业务培训”"]),
    ],
)
def test_what_lies_on_whose_desk(city, make, who, on, expected):
    {
        "month": lambda: told.plan(city, on=None, sign_up_by=None, month=date(2026, 11, 1)),
        "announced": lambda: told.announced(city, "agency"),
        "held": lambda: told.took_place(city, "agency"),
        "report": lambda: told.took_place(
            city, kind="joint_research", report_due_on=date(2027, 1, 15)
        ),
    }[make]()

    assert desk(city, who, on) == expected


@pytest.mark.parametrize("kind", ["notice", "attendance", "scores"])
def test_papers_are_for_the_hosts(city, as_user, kind):
    activity = told.announced(city, "agency", groups=["public"])
    address = reverse("meetings:activity-paper", args=[activity.public_id, kind])

    made = as_user(city.users["court_officer"]).get(address)
    refused = as_user(city.users["agency_contact"]).get(address)

    assert b"".join(made.streaming_content).startswith(b"%PDF")
    assert refused.status_code == 403


def test_the_report_is_a_paper_once_it_is_handed_in(city, as_user):
    activity = told.took_place(city, "agency", kind="joint_research")
    address = reverse("meetings:activity-paper", args=[activity.public_id, "report"])
    client = as_user(city.users["court_officer"])
    assert client.get(address).status_code == 404

    given = {"on": DAY, "text": "问题三类。\n建议两条。", "recipients": "市委、市政府"}
    activity_outcomes.hand_in_report(
        activity.pk, actor=city.users["court_officer"], at=told.later(DAY), **given
    )

    assert b"".join(client.get(address).streaming_content).startswith(b"%PDF")
    activity.refresh_from_db()
    context = PAPERS["report"].context(activity, DAY)
    assert (context["addressees"], len(context["paragraphs"])) == (["市委", "市政府"], 2)


@pytest.mark.parametrize(
    ("kind", "discipline"),
    [
        ("training", "会场纪律"),
        ("hearing_observation", "法庭纪律"),
        ("reconsideration_observation", "听证纪律"),
    ],
)
def test_its_notice_bears_the_day_on_which_it_went_out(city, kind, discipline):
    activity = told.announced(city, "agency", kind=kind)
    later_on = date(2026, 12, 30)

    notice = PAPERS["notice"].context(activity, later_on)
    sheet = PAPERS["attendance"].context(activity, later_on)

    assert notice["date"] == "2026年11月23日"
    assert discipline in notice["requirements"][-1]
    assert [row["n"] for row in sheet["rows"]] == list(range(1, 13)), "lines to write on"


def test_who_came_without_signing_up_is_named(city, as_user):
    activity = told.announced(city, "agency")
    asked = activity.invitations.get()
    address = reverse("meetings:activity-hold", args=[activity.public_id])
    key = asked.public_id
    with time_machine.travel(told.later(DAY), tick=False):
        client = as_user(city.users["court_officer"])
        for names in ("马兰 科员\n王东", "马兰 科员"):
            activity.refresh_from_db()
            given = {"held_on": DAY, "version": activity.version, f"more_{key}": "2"}
            client.post(address, {**given, f"named_{key}": names})
        form = client.get(address).context["form"]
        shown = client.get(activity.get_absolute_url()).content.decode()

    asked.refresh_from_db()
    assert asked.came == 3
    assert [str(one) for one in asked.attendees.all()] == ["马兰 科员"]
    assert (form[f"named_{key}"].value(), form[f"more_{key}"].value()) == ("马兰 科员", 2)
    assert "未报名到场" in shown


def test_a_unit_that_was_not_asked_is_put_on_the_list(city, as_user):
    activity = told.announced(city, "agency")
    address = reverse("meetings:activity-hold", args=[activity.public_id])
    unit = city.organizations["justice"]
    given = {"held_on": DAY, "version": activity.version, "uninvited": [unit.public_id]}
    with time_machine.travel(told.later(DAY), tick=False):
        client = as_user(city.users["court_officer"])
        assert client.post(address, given).url == address
        asked = activity.invitations.get(organization=unit)
        activity.refresh_from_db()
        named = {"held_on": DAY, "version": activity.version}
        client.post(address, {**named, f"named_{asked.public_id}": "马兰 科员"})
        shown = client.get(activity.get_absolute_url()).content.decode()

    asked.refresh_from_db()
    assert asked.came == 1
    assert "未经邀请到场" in shown


def test_a_file_may_be_a_case_that_the_reviewer_sees(city, as_user):
    activity = told.took_place(city, "agency", kind="file_review")
    case = disputes.filed(disputes.suit(city), disputes.FILED)
    client = as_user(city.users["court_officer"])
    address = reverse("meetings:activity-file", args=[activity.public_id])
    unit = city.organizations["agency"].public_id
    given = {"organization": unit, "score": "91", "form_token": "a" * 32}

    refused = client.post(address, given)
    assert "填写案卷名称，或选择案件" in refused.content.decode()
    client.post(address, {**given, "procedure": case.public_id})

    reviewed = activity.files.get()
    assert (reviewed.procedure, reviewed.name) == (case, case.number)
    shown = client.get(activity.get_absolute_url()).content.decode()
    assert case.dispute.get_absolute_url() in shown


def test_its_file_for_a_calendar(city, as_user):
    activity = told.announced(city, "agency")
    client = as_user(city.users["agency_contact"])

    file = page(client, "activity-calendar", activity.public_id).content.decode()

    assert f"UID:{activity.public_id}@portal" in file
    assert "DTSTART;TZID=Asia/Shanghai:20261210T093000" in file


LIST, DETAIL, PLAN = 16, 19, 12
