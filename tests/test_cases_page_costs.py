"""The desk of mediations, the list of imports and the page of a unit ask the same of the
database for one row and for three."""

from datetime import date

import pytest
from django.urls import reverse

from cases.models import Dispute, Import, ImportState
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
