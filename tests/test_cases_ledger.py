"""The ledger of disputes: who sees which rows, page by page, narrowed, grouped, exported."""

import re
from datetime import date, timedelta

import pytest
from django.http import QueryDict

from cases.actions.access import admit
from cases.actions.intake import GuidanceWords, record_guidance
from cases.filters import DisputeFilter, quick
from cases.ledger import DisputePage
from cases.models import Access, Dispute
from cases.reading import Key, capped_counts, newest
from foundations.access.policy import visible_to
from tests.disputes import FILED, accepted, dispute, moment, reconsideration
from tests.letters import unit

LIST = "/disputes/"
FIRST = date(2026, 1, 5)


def many(city, count: int) -> list[Dispute]:
    """One a week, the newest last; on every fourth day two."""
    days = [FIRST + timedelta(days=7 * (n - n % 4 // 3)) for n in range(count)]
    return [dispute(city, filed_on=day) for day in days]


def titles(page) -> list[str]:
    return re.findall(r'class="t" href="/disputes/([^"/]+)/"', page.content.decode())


def ids(rows) -> list[str]:
    return [row.public_id for row in rows]


def ordered() -> list[Dispute]:
    return list(Dispute.objects.order_by("-filed_on", "-pk"))


def test_the_newest_stand_first(city, as_user):
    many(city, 5)
    assert titles(as_user(city.users["gov_officer"]).get(LIST)) == ids(ordered())


WHO = [("gov_officer", 3), ("agency_contact", 3), ("court_officer", 0), ("system_admin", 0)]


@pytest.mark.parametrize(("who", "count"), WHO)
def test_everybody_sees_what_they_take_part_in(city, as_user, who, count):
    many(city, 3)
    page = as_user(city.users[who]).get(LIST)
    assert len(titles(page)) == count
    assert visible_to(city.users[who], Dispute).count() == count


def test_a_court_sees_its_own_alone(city, as_user):
    held, _other = many(city, 2)
    admit(held, [city.organizations["court"]], "organ")
    assert titles(as_user(city.users["court_officer"]).get(LIST)) == [held.public_id]


@pytest.fixture
def short_pages(monkeypatch):
    monkeypatch.setattr("cases.ledger.DisputeLedger.page_size", 3)


def link(page, rel: str) -> str:
    found = re.search(rf'href="([^"]+)" rel="{rel}"', page.content.decode())
    return found.group(1).replace("&amp;", "&") if found else ""


@pytest.mark.parametrize("query", ["", "?area=urban_management", "?q=试争"])
def test_pages_follow_each_other_by_key(city, as_user, short_pages, query):
    many(city, 8)
    client, expected = as_user(city.users["gov_officer"]), ids(ordered())
    seen, where, pages = [], f"{LIST}{query}", []
    while where:
        page = client.get(where)
        seen += titles(page)
        pages.append(titles(page))
        where = link(page, "next") and LIST + link(page, "next")
    assert seen == expected
    assert [len(one) for one in pages] == [3, 3, 2]
    back = client.get(LIST + link(page, "prev"))
    assert titles(back) == pages[1]
    front = client.get(LIST + link(back, "prev"))
    assert titles(front) == pages[0]
    assert not link(front, "prev")


def test_a_gone_place_shows_the_first_page(city, as_user):
    many(city, 2)
    page = as_user(city.users["gov_officer"]).get(f"{LIST}?after=nothing")
    assert titles(page) == ids(ordered())


def test_no_principal_shows_a_row_twice(city):
    """Justice bureau and government both have a row; the division has none of its own."""
    made = many(city, 4)
    for one in made:
        admit(one, [city.organizations["gov"]], "organ")
    assert newest(city.users["gov_officer"], 10) == ordered()


@pytest.mark.parametrize("place", range(6))
def test_merged_keys_are_the_plain_order(city, place):
    many(city, 6)
    rows = ordered()
    at = Key(rows[place].filed_on, rows[place].pk)
    user = city.users["gov_officer"]
    assert newest(user, 2, after=at) == rows[place + 1 :][:2]
    assert newest(user, 2, before=at) == rows[:place][-2:]


def test_counts_stop(city, monkeypatch):
    many(city, 4)
    monkeypatch.setattr("cases.reading.CAP", 2)
    rows = visible_to(city.users["gov_officer"], Dispute)
    assert capped_counts([rows, rows.filter(kind="visit"), rows.none()]) == [3, 0, 0]


def test_more_than_a_thousand_is_told_as_such(city, as_user, monkeypatch):
    many(city, 3)
    monkeypatch.setattr("cases.reading.CAP", 2)
    monkeypatch.setattr(DisputePage, "cap", 2)
    assert "2+" in as_user(city.users["gov_officer"]).get(LIST).content.decode()


NARROWED = [
    ("kind=reconsideration", 1),
    ("kind=reconsideration&state=accepted", 1),
    ("kind=reconsideration&state=decided", 0),
    ("standing=open", 3),
    ("standing=closed", 0),
    ("area=urban_management", 3),
    ("area=land", 0),
    ("flag=mass", 1),
    ("flag=group", 0),
    ("flag=resource", 1),
    ("enterprise=true", 1),
    ("mine=true", 3),
    ("due=over", 1),
    ("due=none", 2),
    ("year=2026", 3),
    ("year=2025", 0),
    ("q=房产证", 0),
    ("q=综合执法", 3),
    ("q=试府复(2026)1号", 1),
    ("q=试府复〔2026〕9号", 0),
]


@pytest.mark.parametrize(("query", "count"), NARROWED)
def test_the_list_is_narrowed(city, as_user, query, count):
    dispute(city, flags=["mass", "resource"])
    dispute(city, enterprise=True)
    accepted(reconsideration(city), date(2026, 3, 3))
    page = as_user(city.users["gov_officer"]).get(f"{LIST}?{query}")
    assert len(titles(page)) == count


@pytest.mark.parametrize(
    ("which", "count"), [("possible", 3), ("guided", 2), ("missed", 1), ("otherwise", 1)]
)
def test_who_could_be_and_was_guided_is_counted(city, as_user, which, count):
    guided = [(True, FILED, "reconsideration"), (True, FILED, "suit"), (True, None, "")]
    for possible, on, chose in [*guided, (False, None, "")]:
        made = dispute(city)
        words = GuidanceWords(city.organizations["justice"], possible, on, chose, "当面说明")
        record_guidance(
            made.pk, actor=city.users["gov_officer"], at=moment(made.filed_on, 17), words=words
        )
    page = as_user(city.users["gov_officer"]).get(f"{LIST}?guidance={which}")
    assert len(titles(page)) == count


def test_by_agency(city, as_user):
    made = dispute(city)
    other = unit(city, "bureau", "试验市农业农村局", "农业农村局")
    dispute(city, agency=other)
    page = as_user(city.users["gov_officer"]).get(f"{LIST}?agency={other.public_id}")
    assert made.public_id not in titles(page)
    assert len(titles(page)) == 1


def test_the_agencies_on_the_page_are_offered(city, as_user):
    other = unit(city, "bureau", "试验市农业农村局", "农业农村局")
    client = as_user(city.users["gov_officer"])
    dispute(city)
    assert f"agency={other.public_id}" not in client.get(LIST).content.decode()
    dispute(city, agency=other)
    assert f"agency={other.public_id}" in client.get(LIST).content.decode()


QUICK = ["standing=open", "enterprise=true", "mine=true", "due=over", "due=30", "due=none"]


@pytest.mark.parametrize("query", [*QUICK, "standing=open&enterprise=true", "mine=true&due=none"])
@pytest.mark.parametrize("who", ["gov_officer", "agency_contact", "court_officer"])
def test_rows_of_access_answer_as_the_disputes_would(city, as_user, rf, who, query):
    dispute(city, enterprise=True)
    accepted(reconsideration(city), date(2026, 3, 3))
    many(city, 3)
    request = rf.get(LIST)
    request.user = city.users[who]
    rows = visible_to(request.user, Dispute).for_listing()
    plain = DisputeFilter(QueryDict(query), queryset=rows, request=request).qs
    assert quick(QueryDict(query), request.user) is not None
    assert titles(as_user(request.user).get(f"{LIST}?{query}")) == ids(plain)


@pytest.mark.parametrize("query", ["area=land", "standing=nothing", "q=试争", "due=7&year=2026"])
def test_they_do_not_answer_what_they_do_not_hold(city, query):
    assert quick(QueryDict(query), city.users["gov_officer"]) is None


def test_rows_of_access_repeat_the_dispute(city):
    made = accepted(reconsideration(city), date(2026, 3, 3)).dispute
    made.refresh_from_db()
    assert made.next_due_on
    for row in made.access.all():
        assert {name: getattr(row, name) for name in made.listed} == made.listed


@pytest.mark.parametrize("group", ["agency", "kind", "holder", "area"])
def test_the_list_is_grouped(city, as_user, group):
    dispute(city, agency=unit(city, "bureau", "试验市农业农村局", "农业农村局"))
    accepted(reconsideration(city), date(2026, 3, 3))
    page = as_user(city.users["gov_officer"]).get(f"{LIST}?group={group}")
    assert len(titles(page)) == 2
    assert 'scope="rowgroup"' in page.content.decode()


def test_the_next_limit_sorts(city, as_user):
    dispute(city)
    made = accepted(reconsideration(city), date(2026, 3, 3))
    page = as_user(city.users["gov_officer"]).get(f"{LIST}?sort=due")
    assert len(titles(page)) == 2
    assert made.dispute.public_id in titles(page)


def test_an_export_holds_no_name(city, as_user):
    many(city, 2)
    file = as_user(city.users["gov_officer"]).get(f"{LIST}?export=csv").content.decode("utf-8-sig")
    assert len(file.strip().splitlines()) == 3
    assert "张某" in file
    assert "张三" not in file


QUERIES = 12
"""Nine that read: four say who asks, two are of the frame, then saved views, counts and the
page; the session is stored in three."""


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("query", ["", "?standing=open"])
def test_a_page_costs_the_same_for_any_length(
    city, as_user, django_assert_num_queries, count, query
):
    many(city, count)
    client = as_user(city.users["gov_officer"])
    client.get(LIST)
    with django_assert_num_queries(QUERIES):
        page = client.get(f"{LIST}{query}")
    assert len(titles(page)) == count


def test_a_second_row_of_access_changes_nothing(city):
    made = dispute(city)
    admit(made, [city.organizations["agency"]], "again")
    assert Access.objects.filter(dispute=made).count() == len(
        set(Access.objects.filter(dispute=made).values_list("principal", flat=True))
    )
