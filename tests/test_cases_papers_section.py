"""The tab of papers on a dispute's page: what is there, and what can be made now."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.actions.disputes import PartyWords
from cases.actions.explanations import give_notice
from cases.models import Explanation
from tests.case_issuing import issued
from tests.disputes import agency_part, dispute, filed, stepped, suit
from tests.test_cases_outcomes import acting


def explained(city, count: int, n: int = 1) -> list[Explanation]:
    """A judged suit in which so many parties have the notice."""
    parties = [PartyWords("natural", name) for name in ("张三", "李四", "王五")[:count]]
    made = filed(suit(city, dispute(city, parties=parties)), date(2026, 3, 4), n=n)
    stepped(made, "send", date(2026, 3, 6), served_party=agency_part(made))
    stepped(made, "hear", date(2026, 4, 1))
    stepped(made, "pronounce", date(2026, 4, 20), mode="claims_dismissed")
    parts = list(made.participants.exclude(party=None).order_by("pk"))
    for part in parts:
        stepped(made, "serve", date(2026, 4, 21), served_party=part)
    given = {**acting(city, "court_officer"), "window": "行政庭", "answered_by": "承办法官"}
    return [give_notice(part.pk, **given) for part in parts]


def tab_of(row) -> str:
    return f"{row.procedure.dispute.get_absolute_url()}?tab=papers"


def test_papers_are_offered_by_procedure(city, as_user):
    row = explained(city, 1)[0]
    client = as_user(city.users["court_officer"])

    groups = client.get(tab_of(row)).context["paper_groups"]

    offered = {one.paper.kind for group in groups for one in group.ready}
    assert [group.procedure for group in groups] == [row.procedure]
    assert "explanation_notice" in offered
    assert "explanation_record" not in offered


def test_the_tab_costs_the_same_for_any_number(city, as_user):
    costs = []
    for count in (1, 3):
        rows = explained(city, count, n=count)
        client = as_user(city.users["court_officer"])
        for row in rows:
            issued(client, "explanation_notice", row, date(2026, 4, 28))
        client.get(tab_of(rows[0]))
        with CaptureQueriesContext(connection) as queries:
            page = client.get(tab_of(rows[0]))
        assert page.text.count("papers/explanation_notice/") == count
        costs.append(len(queries))
    assert costs[0] == costs[1], costs
