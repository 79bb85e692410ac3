"""What figures are counted from in this room."""

from cases.figures.instances import INSTANCES, INSTANCES_BY_UNIT
from cases.figures.registered import DISPUTES
from cases.figures.speaking import APPEARANCES
from services.indicators import sources


def register() -> None:
    for one in (INSTANCES, INSTANCES_BY_UNIT, APPEARANCES, DISPUTES):
        sources.register(one)
