"""The workbench: each count is the list behind it, and administrators have other pages."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from dashboards import desk
from foundations.ledgers.work import WorkItem
from tests.sitting import agreed, planned_series, proposed, topic_on_agenda

TODAY = date(2026, 11, 18)


def item(title: str, group: str = "todo", day: date | None = None) -> WorkItem:
    return WorkItem(group=group, title=title, url="/", verb="办理", day=day)


ITEMS = [
    item("late", day=date(2026, 11, 9)),
    item("late to sign", group="sign", day=date(2026, 11, 17)),
    item("today", day=TODAY),
    item("in seven days", group="returned", day=date(2026, 11, 25)),
    item("in eight days", day=date(2026, 11, 26)),
    item("no day", group="sign"),
    item("theirs, late", group="waiting", day=date(2026, 11, 1)),
]


@pytest.mark.parametrize(
    ("key", "titles"),
    [
        ("overdue", ["late", "late to sign"]),
        ("soon", ["today", "in seven days"]),
        ("sign", ["late to sign", "no day"]),
        ("todo", ["late", "today", "in eight days"]),
        ("waiting", ["theirs, late"]),
        ("returned", ["in seven days"]),
    ],
)
def test_what_each_count_holds(key, titles):
    pile = next(pile for pile in desk.piles(ITEMS, TODAY) if pile.key == key)

    assert [one.title for one in pile.items] == titles
    assert pile.count == len(titles)


def test_the_page_lists_every_item_once_under_its_most_urgent_heading():
    lists = desk.sections(desk.piles(ITEMS, TODAY))

    assert {pile.key: [one.title for one in pile.items] for pile in lists} == {
        "overdue": ["late", "late to sign"],
        "soon": ["today", "in seven days"],
        "sign": ["no day"],
        "todo": ["in eight days"],
        "waiting": ["theirs, late"],
    }


def test_an_officer_finds_the_desk_and_every_count_equals_the_list_behind_it(city, as_user):
    page = as_user(city.users["gov_officer"])
    front = page.get("/")

    assert front.status_code == 200
    for pile in front.context["piles"]:
        behind = page.get("/", {"show": pile.key})
        assert sum(len(one.items) for one in behind.context["lists"]) == pile.count


def test_the_margin_shows_the_next_meeting_the_turns_and_the_duty(city, as_user):
    now, day = timezone.now(), timezone.localdate() + timedelta(days=40)
    series = planned_series(city, origin=day, until=day + timedelta(days=130))
    agreed(city, series.meetings.get(ordinal=1), day=day, at=now)

    front = as_user(city.users["court_officer"]).get("/")

    assert front.context["meeting"].meeting.ordinal == 1
    assert [turn.ordinal for turn in front.context["regular"].turns] == [1]
    assert front.context["regular"].duty.subject == series


@pytest.mark.parametrize(("who", "queries"), [("gov_officer", 27), ("recorder", 18)])
def test_the_page_takes_the_same_queries_with_one_meeting_and_three(
    city, as_user, django_assert_num_queries, who, queries
):
    now, day = timezone.now(), timezone.localdate() + timedelta(days=40)
    series = planned_series(city, origin=day, until=day + timedelta(days=320))
    page = as_user(city.users[who])

    def arrange(first: int, second: int) -> None:
        """One meeting that takes topics and one whose day is asked for."""
        ready = series.meetings.get(ordinal=first)
        agreed(city, ready, day=ready.planned_on, at=now)
        topic_on_agenda(city, ready)
        asked = series.meetings.get(ordinal=second)
        proposed(city, asked, day=asked.planned_on, at=now)

    arrange(1, 2)
    page.get("/")
    with django_assert_num_queries(queries):
        page.get("/")
    arrange(3, 4)
    arrange(5, 6)
    with django_assert_num_queries(queries):
        page.get("/")


@pytest.mark.parametrize(
    ("who", "address"),
    [("system_admin", "/accounts/"), ("security_admin", "/accounts/"), ("audit_admin", "/audit/")],
)
def test_administrators_have_no_desk(city, as_user, who, address):
    answer = as_user(city.users[who]).get("/")

    assert (answer.status_code, answer.headers["Location"]) == (302, address)


def test_an_unknown_pile_is_not_found(city, as_user):
    assert as_user(city.users["gov_officer"]).get("/", {"show": "nothing"}).status_code == 404


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_interface_is_chinese_until_the_reader_chooses_english(city, as_user, language):
    page = as_user(city.users["gov_officer"])
    if language == "en":
        page.post("/language", {"language": "en"})

    words = page.get("/", headers={"Accept-Language": "en-GB"}).content.decode()

    assert ("我的工作台" in words, "My workbench" in words) == (language != "en", language == "en")
