"""The clauses that this room judges: by what was done by the day, and not later."""

from datetime import date

import pytest

from mechanisms.findings import Clause
from mechanisms.rules import evaluate
from problems.actions import consultations, guidance, problems
from tests import settled
from tests.settled import SEEN, acting

BEFORE, SOON, AFTER = date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 3)


def measured(city):
    settled.measure(city, settled.problem(city))


def measure_taken(city):
    measure = settled.measure(city, settled.problem(city))
    about = acting(city, "agency_contact")
    problems.finish_measure(measure.pk, on=SEEN, outcome="已修订", **about)


def replied(city):
    row = settled.letter_of_guidance(city, sent=True)
    guidance.reply_to_guidance(row.pk, reply="已规范", **acting(city, "agency_contact"))


def answered(city):
    row = settled.consultation(city, sent=True)
    for unit, who in (("agency", "agency_contact"), ("court", "court_officer")):
        asking = settled.asking(row, unit)
        consultations.reply(asking.pk, remark="无意见", **acting(city, who))


def nothing(_city):
    return None


# subject, as needed, what was done, the day, the state
STATES = [
    ("problem", True, nothing, SEEN, "not_yet_due"),
    ("problem", True, settled.problem, BEFORE, "not_yet_due"),
    ("problem", True, settled.problem, SEEN, "kept"),
    ("problem", True, measured, AFTER, "kept"),
    ("problem", False, settled.problem, SEEN, "kept"),
    ("problem", False, measured, SEEN, "not_yet_due"),
    ("problem", False, measured, SOON, "due_soon"),
    ("problem", False, measured, AFTER, "broken"),
    ("problem", False, measure_taken, AFTER, "kept"),
    ("class_case", False, settled.class_case, SEEN, "not_yet_due"),
    ("class_case", False, lambda city: settled.class_case(city, told=True), SEEN, "kept"),
    ("legal_question", False, settled.question, SEEN, "not_yet_due"),
    ("legal_question", False, settled.settled, SEEN, "kept"),
    ("standard", False, lambda city: settled.standard(city, "asked"), SEEN, "not_yet_due"),
    ("standard", False, lambda city: settled.standard(city, "in_force"), SEEN, "kept"),
    ("symposium", False, lambda city: settled.standard(city, "in_force"), BEFORE, "not_yet_due"),
    ("consultation", False, lambda city: settled.consultation(city, sent=True), AFTER, "broken"),
    ("consultation", False, answered, AFTER, "kept"),
    ("guidance", True, lambda city: settled.letter_of_guidance(city, True), AFTER, "kept"),
    ("guidance", False, lambda city: settled.letter_of_guidance(city, True), AFTER, "broken"),
    ("guidance", False, replied, AFTER, "kept"),
    ("supervision_visit", False, settled.visit, AFTER, "broken"),
    ("supervision_visit", False, lambda city: settled.visit(city, None), AFTER, "kept"),
    ("interpretation", True, lambda city: settled.interpretation(city, "asked"), SEEN,
     "not_yet_due"),
    ("interpretation", True, lambda city: settled.interpretation(city, "in_force"), SEEN, "kept"),
]  # fmt: skip


@pytest.mark.parametrize(("subject", "as_needed", "done", "on", "state"), STATES)
def test_how_a_clause_stands(city, subject, as_needed, done, on, state):
    given = {"as_needed": True} if as_needed else {}
    asked = settled.provision(city, "T-8", subject=subject, parameters=given)
    done(city)

    found = evaluate(Clause(city.mechanism, asked, on))

    assert found.state == state
    assert found.said
    assert bool(found.evidence) or state in ("not_yet_due", "not_applicable")


def test_a_problem_that_was_dropped_breaks_nothing_afterwards(city):
    asked = settled.provision(city, "T-8", subject="problem", parameters={})
    problem = settled.problem(city)
    settled.measure(city, problem)
    problems.drop(problem.pk, outcome="并入专项整治", **acting(city))

    assert evaluate(Clause(city.mechanism, asked, AFTER)).state == "kept"
