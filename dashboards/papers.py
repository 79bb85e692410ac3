"""What the table of compliance prints: plain values that every party may read."""

from collections.abc import Iterable
from datetime import date

from mechanisms.beside import Beside, beside
from mechanisms.judging import counted, judgements
from mechanisms.models import Mechanism
from members.models import User


def table_context(mechanism: Mechanism, on: date, by: User | None = None) -> dict:
    """`by` prints it: what the sides agreed on a clause stands beside it as far as `by` reads."""
    found = judgements(mechanism, on)
    notes = beside(by, mechanism) if by else {}
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
                "notes": _notes(notes.get(one.provision.number, ()), on),
                "next": one.finding.next_on.isoformat() if one.finding.next_on else "—",
            }
            for one in found
        ],
    }


def _notes(texts: Iterable[Beside], on: date) -> list[str]:
    return [f"{one.title}：{one.text}" for one in texts if one.on <= on]
