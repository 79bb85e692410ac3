"""So many made-up disputes in a place that was founded, for the demo and for measuring."""

from datetime import date

from demo.disputes.bulk.writing import write
from demo.disputes.cast import gather
from demo.disputes.courses import courses
from mechanisms.models import Mechanism


def fill_disputes(mechanism: Mechanism, size: int, *, today: date) -> int:
    """Three years of disputes up to `today`, written as rows, the same for the same day; how
    many. A batch at a time is in memory."""
    cast = gather(mechanism, today=today)
    return write(cast, courses(cast, size))
