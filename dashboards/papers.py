"""What the table of compliance prints: plain values that every party may read."""

from datetime import date

from mechanisms.judging import counted, judgements
from mechanisms.models import Mechanism


def table_context(mechanism: Mechanism, on: date) -> dict:
    found = judgements(mechanism, on)
    totals = [f"{state.label} {n} 条" for state, n in counted(found).items() if n]
    return {
        "title": f"{mechanism.short_title}落实情况对照表",
        "on": on.isoformat(),
        "total": len(found),
        "totals": "，".join(totals),
        "clauses": [
            {
                "number": one.provision.number,
                "clause": one.provision.clause,
                "chapter": one.provision.chapter,
                "words": one.provision.operative or one.provision.text,
                "state": str(one.finding.state.label),
                "said": str(one.finding.said),
                "next": one.finding.next_on.isoformat() if one.finding.next_on else "—",
            }
            for one in found
        ],
    }
