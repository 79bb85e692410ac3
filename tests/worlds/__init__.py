"""One of every record of the rooms, a module each."""

from tests.worlds import (
    activities,
    bulletins,
    compliance,
    library,
    obligations,
    problems,
    returns,
    tasks,
)

WORLDS = (activities, tasks, returns, obligations, bulletins, library, problems, compliance)
