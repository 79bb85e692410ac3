"""Problems, questions, texts in common, consultations and guidance: by their actions."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from foundations.access.errors import RuleBroken
from foundations.access.policy import visible_to
from foundations.notifications.models import Notice
from problems import states
from problems.actions import agenda, agreeing, consultations, guidance, law, problems
from problems.models import Problem
from problems.states import MOVES, AgreedState
from services.consents.models import Verdict
from services.deadlines.models import Deadline
from services.documents.models import OfficialDocument
from tests import gatherings, settled
from tests.letters import account, unit
from tests.settled import AT, DUE, SEEN, acting

ALLOWED = {
    "ProblemState": {
        ("found", "measured"), ("found", "solved"), ("found", "dropped"),
        ("measured", "tracked"), ("measured", "solved"), ("measured", "dropped"),
        ("tracked", "solved"), ("tracked", "dropped"),
        ("solved", "tracked"), ("dropped", "found"),
    },
    "ClassCaseState": {("draft", "told")},
    "QuestionState": {("open", "settled"), ("open", "dropped"), ("dropped", "open")},
    "AgreedState": {
        ("draft", "asked"), ("draft", "dropped"), ("asked", "in_force"), ("asked", "draft"),
        ("in_force", "replaced"),
    },
    "ConsultationState": {("draft", "asked"), ("asked", "closed")},
    "GuidanceState": {
        ("draft", "sent"), ("sent", "replied"), ("sent", "closed"), ("replied", "closed"),
    },
    "VisitState": {("open", "reported"), ("open", "settled"), ("reported", "settled")},
}  # fmt: skip


@pytest.mark.parametrize("name", ALLOWED)
def test_which_moves_are_allowed(name):
    table = MOVES[getattr(states, name)]

    assert {(str(a), str(b)) for a, after in table.items() for b in after} == ALLOWED[name]


def dues(row) -> dict:
    return dict(Deadline.objects.filter(subject_id=row.pk).values_list("rule", "state"))


def told(row, who) -> set[str]:
    found = Notice.objects.filter(subject_id=row.pk, recipient__username=who)
    return {reason.removeprefix("problems.") for reason in found.values_list("reason", flat=True)}


def test_a_problem_from_its_data_to_its_end(city):
    problem = settled.problem(city)
    measure = settled.measure(city, problem)
    done = {"on": SEEN, "outcome": "已修订"}

    with pytest.raises(RuleBroken, match="措施"):
        problems.solve(problem.pk, on=SEEN, outcome="已解决", **acting(city))
    problems.finish_measure(measure.pk, **done, **acting(city, "agency_contact"))
    section = city.organizations["justice"]
    problems.track(problem.pk, on=SEEN, unit=section, text="抽查合格", **acting(city))
    solved = problems.solve(problem.pk, on=SEEN, outcome="已解决", **acting(city))

    assert (solved.state, solved.ended_on) == ("solved", SEEN)
    assert dues(measure) == {"PROBLEM-MEASURE": "met"}
    assert told(problem, "court_officer") >= {"registered", "solved"}
    assert told(problem, "agency_contact") == {f"measure.{measure.pk}"}


def test_a_dropped_problem_has_no_limits(city):
    problem = settled.problem(city)
    measure = settled.measure(city, problem)

    problems.drop(problem.pk, outcome="并入专项整治", **acting(city))

    assert dues(measure) == {"PROBLEM-MEASURE": "cancelled"}
    with pytest.raises(RuleBroken, match="已了结"):
        settled.measure(city, problem)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"unit": "court"}, "independent"),
        ({"due_on": date(2026, 3, 1)}, "past"),
    ],
)
def test_no_measure_that_nobody_may_set(city, change, code):
    problem = settled.problem(city)

    with pytest.raises(RuleBroken) as refused:
        settled.measure(city, problem, **change)

    assert refused.value.code == code
    assert not problem.measures.exists()


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("gov_officer", True),
        ("court_officer", True),
        ("court_convenor", True),
        ("agency_contact", False),
        ("owner_contact", True),
        ("system_admin", False),
    ],
)
def test_who_reads_a_problem(city, who, seen):
    owner = unit(city, "owner", "试验市自然资源局", "市自然资源局")
    account(city, "owner_contact", "owner")
    problem = settled.problem(city, units=[owner])

    assert (problem in visible_to(city.users[who], Problem)) is seen


def test_whoever_takes_a_measure_reads_the_problem(city):
    problem = settled.problem(city)
    settled.measure(city, problem)

    assert problem in visible_to(city.users["agency_contact"], Problem)


def test_a_problem_is_put_on_a_meeting(city):
    meeting = gatherings.make_meeting(city)
    problem = settled.problem(city)
    about = {"actor": city.users["gov_officer"], "at": gatherings.AT}

    given = {
        "meeting": meeting,
        "kind": "problem",
        "opinion": "统一告知文书。",
        "presenter_name": "何先",
    }
    put = agenda.problem_on_agenda(problem.pk, token="t1", **given, **about)

    assert (put.topic.title, put.topic.meeting) == (problem.title, meeting)
    again = agenda.problem_on_agenda(problem.pk, token="t1", **given, **about)
    assert again.topic == put.topic


def test_a_question_is_settled_once_every_side_has_spoken(city):
    question = settled.question(city)
    settled.position(city, question)
    settle = {"on": SEEN, "outcome": "自知道之日起算。", **acting(city, "court_officer")}

    with pytest.raises(RuleBroken) as refused:
        law.settle_question(question.pk, **settle)
    settled.position(city, question, "court_officer")
    settled.position(city, question, "court_officer")

    assert refused.value.code == "positions_missing"
    assert law.settle_question(question.pk, **settle).state == "settled"
    assert question.positions.count() == 2


@pytest.mark.parametrize(
    ("verdict", "state"),
    [
        (Verdict.AGREE, "in_force"),
        (Verdict.AMEND, "draft"),
        (Verdict.REFUSE, "draft"),
    ],
)
def test_a_standard_holds_once_all_sides_agree(city, verdict, state):
    row = settled.standard(city, "asked")
    about = acting(city, "court_officer")

    done = agreeing.answer(type(row), row.pk, verdict=verdict, remark="理由", **about)

    assert done.state == state
    papers = OfficialDocument.objects.about(row).values_list("kind", "number")
    expected = [("consensus", "2026-1")] if state == "in_force" else []
    assert list(papers) == expected
    agency = city.users["agency_contact"]
    assert (row in visible_to(agency, type(row))) is (state == "in_force")


def test_nobody_answers_twice_or_for_another_side(city):
    row = settled.standard(city, "asked")

    with pytest.raises(RuleBroken, match="已"):
        agreeing.answer(type(row), row.pk, verdict=Verdict.AGREE, **acting(city))
    about = acting(city, "agency_contact")
    with pytest.raises(PermissionDenied):
        agreeing.answer(type(row), row.pk, verdict=Verdict.AGREE, **about)


def test_a_next_edition_takes_the_place_of_the_first(city):
    first = settled.standard(city, "in_force")
    second = law.begin_edition(first.pk, **acting(city))
    with pytest.raises(RuleBroken) as refused:
        law.begin_edition(first.pk, **acting(city))

    settled.agreed(city, second, "in_force")

    first.refresh_from_db()
    assert refused.value.code == "edition_begun"
    assert (first.state, first.ended_on) == (AgreedState.REPLACED, SEEN)
    assert type(first).objects.get(pk=second.pk).edition == 2


def test_a_draft_that_is_given_up_makes_room_for_another_edition(city):
    first = settled.standard(city, "in_force")
    second = law.begin_edition(first.pk, **acting(city))

    agreeing.give_up(type(second), second.pk, **acting(city))

    assert law.begin_edition(first.pk, **acting(city)).edition == 2


def test_a_consultation_is_answered_clause_by_clause(city):
    row = settled.consultation(city, sent=True)
    asking = settled.asking(row)
    opinion = settled.opinion(city, asking)
    consultations.reply(asking.pk, **acting(city, "agency_contact"))

    with pytest.raises(RuleBroken) as undecided:
        consultations.conclude(row.pk, result="已修改", **acting(city))
    with pytest.raises(RuleBroken) as unreasoned:
        consultations.decide(opinion.pk, verdict="not", **acting(city))
    consultations.decide(opinion.pk, verdict="not", reason="上位法已有规定", **acting(city))
    done = consultations.conclude(row.pk, result="已修改", **acting(city))

    assert (undecided.value.code, unreasoned.value.code) == ("undecided", "reason_needed")
    assert done.state == "closed"
    assert dues(asking) == {"CONSULTATION-REPLY": "met"}
    court = settled.asking(row, "court")
    assert not Deadline.objects.filter(subject_id=court.pk, owed_by=court.organization).exists()
    papers = OfficialDocument.objects.about(row)
    assert list(papers.values_list("kind", "number")) == [("consultation", "试司函〔2026〕9号")]


def test_a_reply_without_an_opinion_says_why(city):
    asking = settled.asking(settled.consultation(city, sent=True))
    about = acting(city, "agency_contact")

    with pytest.raises(RuleBroken) as refused:
        consultations.reply(asking.pk, **about)
    replied = consultations.reply(asking.pk, remark="与本单位职责无关", **about)

    assert (refused.value.code, refused.value.field) == ("no_opinion", "remark")
    assert replied.answered_on == SEEN


def test_guidance_is_replied_to_and_closed(city):
    row = settled.letter_of_guidance(city, sent=True)
    assert dues(row) == {"GUIDANCE-REPLY": "open"}

    guidance.reply_to_guidance(row.pk, reply="已规范", **acting(city, "agency_contact"))
    done = guidance.close_guidance(row.pk, outcome="已落实", **acting(city))

    assert (done.state, done.replied_on) == ("closed", SEEN)
    assert dues(row) == {"GUIDANCE-REPLY": "met"}
    assert OfficialDocument.objects.about(row).get().kind == "guidance_letter"


def test_a_court_is_not_guided(city):
    words = guidance.GuidanceWords(
        city.organizations["justice"], "指导", city.organizations["court"], "请规范。"
    )

    with pytest.raises(RuleBroken) as refused:
        guidance.write_guidance(city.mechanism.pk, words=words, **acting(city))

    assert refused.value.code == "not_guided"


def test_a_visit_is_followed_up(city):
    row = settled.visit(city)

    guidance.report_on_visit(row.pk, report="已建台账", **acting(city, "agency_contact"))
    done = guidance.settle_visit(row.pk, on=SEEN, outcome="已整改", **acting(city))

    assert (done.state, done.reported_on) == ("settled", SEEN)
    assert dues(row) == {"VISIT-FOLLOW-UP": "met"}


def test_an_interpretation_speaks_of_a_clause_of_its_institution(city):
    elsewhere = settled.provision(city)
    words = law.InterpretationWords(city.organizations["justice"], "解释", elsewhere, "问", "答")

    with pytest.raises(RuleBroken) as refused:
        law.write_interpretation(city.mechanism.pk + 1, words=words, **acting(city))

    assert refused.value.code == "wrong_clause"


def test_a_class_case_is_its_writers_until_it_is_told(city):
    row = settled.class_case(city)
    officer = city.users["gov_officer"]
    assert row not in visible_to(officer, type(row))

    law.tell_class_case(row.pk, **acting(city, "court_officer"))

    assert row in visible_to(officer, type(row))
    assert told(row, "gov_officer") == {"told"}
    assert (AT.date(), DUE) == (SEEN, date(2026, 4, 2))


def test_a_text_that_was_given_up_is_still_its_writers_alone(city):
    row = settled.standard(city)
    agreeing.give_up(type(row), row.pk, **acting(city))

    assert row in visible_to(city.users["gov_officer"], type(row))
    assert row not in visible_to(city.users["court_officer"], type(row))
