"""The workbench: each count is the list behind it, and administrators have other pages."""

from datetime import date

import pytest

from dashboards import desk
from foundations.ledgers.work import WorkItem

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
