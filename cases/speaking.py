"""Who spoke for a party before, proposed for the procedure that follows."""

from collections.abc import Sequence
from dataclasses import dataclass

from cases.models import Agent, Dispute, Participant


@dataclass(frozen=True)
class Carried:
    """Somebody takes part for whom nobody speaks yet; `agents` did in the procedure before."""

    part: Participant
    agents: Sequence[Agent]

    @property
    def words(self) -> str:
        names = "、".join(str(one) for one in self.agents)
        return f"{self.part.procedure.name}：{self.part} ← {names}"


def carried_over(dispute: Dispute) -> list[Carried]:
    """The proposals for the procedures of a dispute that are under way; two queries.

    An authority is given for one instance, so that nobody is carried over by itself.
    """
    rows = Participant.objects.filter(procedure__dispute=dispute, party__isnull=False)
    rows = rows.select_related("party", "procedure__organ").prefetch_related("agents")
    before: dict[int, list[Agent]] = {}
    found = []
    for part in rows.order_by("procedure__opened_on", "procedure", "pk"):
        part.procedure.dispute = dispute
        agents, party = list(part.agents.all()), part.party_id or 0
        if agents:
            before[party] = agents
        elif part.procedure.is_open and party in before:
            found.append(Carried(part, before[party]))
    return found
