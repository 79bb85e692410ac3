"""Who spoke for a party in one procedure is proposed for the next, and never taken over
by itself: an authority is given for one instance."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from cases.actions.parties import AgentWords, carry_agents, enter_agent
from cases.models import Agent
from cases.speaking import carried_over
from tests.disputes import dispute, moment, party_part, reconsideration, stepped, suit

ON = date(2026, 4, 20)
AT = moment(ON, 10)
LAWYER = AgentWords("李明远", "律师", "试验律师事务所", "13900001234", special=True)


@pytest.fixture
def twice(city):
    """Reconsidered with a lawyer for the first party, then sued without anybody yet."""
    made = dispute(city)
    first = reconsideration(city, made)
    enter_agent(party_part(first).pk, actor=None, at=AT, words=LAWYER)
    stepped(first, "refuse", date(2026, 3, 6))
    return suit(city, made, ON, earlier=first, reason="不服复议")


def test_only_whoever_had_an_agent_is_proposed_one(twice):
    found = carried_over(twice.dispute)
    assert [(one.part, [str(agent) for agent in one.agents]) for one in found] == [
        (party_part(twice), ["李某"])
    ]
    assert not party_part(twice).agents.exists()


def test_what_is_carried_over_is_entered_once(city, twice):
    given = {"actor": city.users["gov_officer"], "at": AT}
    part = party_part(twice)
    for _time in range(2):
        carry_agents(twice.dispute_id, parts=[part.public_id], **given)
    agent = Agent.objects.get(participant=part)
    assert (agent.name, agent.firm, agent.special) == ("李明远", "试验律师事务所", True)
    assert carried_over(twice.dispute) == []


MAY = [("gov_officer", 200), ("court_officer", 200), ("agency_contact", 404)]


@pytest.mark.parametrize(("who", "status"), MAY)
def test_who_keeps_the_dispute_or_handles_the_procedure_decides(city, twice, as_user, who, status):
    where = f"/disputes/{twice.dispute.public_id}/parties/agents/"
    client = as_user(city.users[who])
    assert client.get(where).status_code == status
    page = client.get(f"/disputes/{twice.dispute.public_id}/?tab=parties").content.decode()
    assert (where in page) == (status == 200)
    answer = client.post(where, {"parts": [party_part(twice).public_id]})
    assert answer.status_code == (302 if status == 200 else 404)
    assert party_part(twice).agents.count() == (status == 200)


def test_a_stranger_cannot_carry_over(city, twice):
    with pytest.raises(PermissionDenied):
        carry_agents(
            twice.dispute_id,
            actor=city.users["agency_contact"],
            at=AT,
            parts=[party_part(twice).public_id],
        )
