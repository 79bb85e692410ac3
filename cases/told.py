"""What an event was given, in words: the outcome, who was served, until when."""

from collections.abc import Iterator
from typing import Any

from cases.flow.asks import ASKS, Shape
from cases.models import Event, Procedure
from foundations.audit.verbs import spoken

PLAIN = (Shape.DAY, Shape.NUMBER, Shape.CASE_NUMBER)


def told_of(event: Event, procedure: Procedure) -> list[str]:
    """In the order of what the step asks; long texts stay where they are kept.

    The procedure carries its participants, prefetched.
    """
    step = procedure.table.steps.get(event.step)
    names = step.asks if step is not None else ()
    asked = [name for name in names if event.facts.get(name) not in (None, "", False)]
    return [words for name in asked for words in _told(name, event.facts[name], procedure)]


def _told(name: str, value: Any, procedure: Procedure) -> Iterator[str]:
    ask = ASKS[name]
    if ask.shape == Shape.MODE:
        yield from (mode.name for mode in procedure.table.modes.values() if mode.key == value)
    elif ask.shape == Shape.CHOICE:
        yield from (str(label) for key, label in ask.choices if str(key) == str(value))
    elif ask.shape == Shape.PARTICIPANT:
        parts = procedure.participants.all()
        yield from (
            f"{part.get_role_display()} {part}" for part in parts if part.public_id == value
        )
    elif ask.shape == Shape.YES:
        yield str(ask.label)
    elif ask.shape in PLAIN:
        yield f"{ask.label}：{spoken(value)}"
