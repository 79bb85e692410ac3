"""One of every record of the rooms, a module each."""

from tests.worlds import (
    activities,
    assessments,
    bulletins,
    compliance,
    displays,
    figures,
    library,
    obligations,
    problems,
    queries,
    returns,
    tasks,
)

WORLDS = (
    activities,
    tasks,
    returns,
    obligations,
    bulletins,
    library,
    problems,
    assessments,
    compliance,
    figures,
    queries,
    displays,
)
