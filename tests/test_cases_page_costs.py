"""The desk of mediations, the list of imports and the page of a unit ask the same of the
database for one row and for three, and come in pages."""

from datetime import date

import pytest
from django.urls import reverse

from cases.models import Dispute, Import, ImportState
from cases.views import units
from tests.disputes import accepted, dispute, reconsideration, worker
from tests.test_cases_mediation import entrusted, mediation


def mediations(city, count: int) -> None:
    for _n in range(count):
        entrusted(city, mediation(city, of=dispute(city)))


def files(city, count: int) -> None:
    start = Import.objects.count()
    for n in range(start, start + count):
        Import.objects.create(
            mechanism=city.mechanism,
            organization=city.organizations["gov"],
            kind="reconsideration",
            uploaded_by=city.users["gov_officer"],
            file_name=f"复议{n}.xlsx",
            digest=f"{n:064}",
            state=ImportState.DONE,
            rows=3,
        )


def duties(city, count: int) -> None:
    before = Dispute.objects.count()
    for n in range(count):
        accepted(reconsideration(city), date(2026, 3, 3), n=before + n + 1)


PAGES = [
    (mediations, "cases:desk", "centre_clerk", 16),
    (files, "cases:imports", "", 16),
    (duties, "cases:unit", "gov_officer", 16),
]


@pytest.mark.parametrize(("made", "page", "who", "most"), PAGES, ids=[one[1] for one in PAGES])
def test_a_page_costs_the_same_for_one_row_and_three(
    city, as_user, made, page, who, most, django_assert_max_num_queries
):
    made(city, 1)
    user = city.users[who] if who else worker(city, city.organizations["justice"])
    args = [city.organizations["agency"].public_id] if page == "cases:unit" else []
    client, where = as_user(user), reverse(page, args=args)
    client.get(where)
    with django_assert_max_num_queries(most) as first:
        short = client.get(where).content.decode()
    made(city, 2)
    with django_assert_max_num_queries(len(first)):
        assert len(client.get(where).content.decode()) > len(short)


def test_the_files_uploaded_before_come_in_pages(city, as_user):
    files(city, 21)
    client = as_user(worker(city, city.organizations["justice"]))
    where = reverse("cases:imports")
    first, last = client.get(where), client.get(where, {"page": 2})
    assert [len(one.context["imports"]) for one in (first, last)] == [20, 1]
    assert 'href="?page=2"' in first.content.decode()
    assert 'href="?page=1"' in last.content.decode()


@pytest.mark.parametrize(("key", "row"), [("duties", "limit"), ("own", "dispute")])
def test_each_list_of_a_unit_comes_in_pages_of_its_own(city, as_user, monkeypatch, key, row):
    monkeypatch.setattr(units, "AT_ONCE", 2)
    duties(city, 3)
    client = as_user(city.users["gov_officer"])
    where = reverse("cases:unit", args=[city.organizations["gov"].public_id])
    first = client.get(where)
    pages = first.context[key].paginator
    every = [client.get(where, {key: number}) for number in pages.page_range]

    found = {getattr(line, row).pk for one in every for line in one.context[key]}
    assert len(found) == pages.count > 2
    assert f'href="?{key}=2#{key}"' in first.content.decode()
    others = {"duties", "own", "others"} - {key}
    assert all(every[-1].context[one].number == 1 for one in others)
