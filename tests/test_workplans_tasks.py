"""The life of a task list: published, reported on, accepted, returned, urged, rolled over."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from foundations.access.errors import RuleBroken
from foundations.access.policy import visible_to
from foundations.audit.trail import history_of
from foundations.notifications.models import Notice
from services.deadlines.models import Deadline
from services.documents.models import OfficialDocument
from tests.sitting import moment
from tests.task_lists import LATE, NOW, ON, drafted, group, published, reported, row, task, term
from workplans.actions import letters, progress, publishing, rolling, tasks
from workplans.actions.terms import open_terms
from workplans.models import ProgressReport, Task, TaskTerm
from workplans.states import TermState
from workplans.work import items


def limits(of: TaskTerm) -> list[tuple[date, str]]:
    rows = Deadline.objects.about(of).order_by("pk")
    return list(rows.values_list("due_on", "state"))


def refused(code, action, *args, **given):
    with pytest.raises(RuleBroken) as broken:
        action(*args, **given)
    assert broken.value.code == code
    return broken.value


def test_a_list_is_published_with_the_units_of_the_day(city):
    found = published(city)

    long_term, dated = term(found, "agency", 1), term(found, "agency", 2)
    assert [(unit.organization.key, unit.word) for unit in task(found).units.all()] == [
        ("gov", "各有关部门"),
        ("agency", "各有关部门"),
    ]
    assert (long_term.name, long_term.due_on) == ("2026年第三季度", date(2026, 9, 30))
    assert (dated.kind, dated.due_on) == ("due", date(2026, 12, 31))
    assert limits(long_term) == [(date(2026, 9, 30), "open")]
    assert Notice.objects.filter(
        recipient=city.users["agency_contact"], reason="published"
    ).exists()
    assert [entry.action for entry in history_of(found)] == [
        "workplans.list.written",
        "workplans.list.published",
    ]


def test_an_empty_group_stops_the_publication_and_says_where(city):
    group(city)
    found = drafted(city, row(1, "长期坚持"), row(2, "2026年12月"))

    broken = refused(
        "group_empty",
        publishing.publish,
        found.pk,
        actor=city.users["gov_officer"],
        at=moment(ON),
        on=ON,
    )

    assert broken.field == "on"
    for words in ("第1项", "第2项", "责任单位", "各有关部门", "2026-09-01"):
        assert words in broken.message
    found.refresh_from_db()
    assert (found.state, TaskTerm.objects.count()) == ("draft", 0)


def test_what_was_due_before_the_list_counts_is_not_asked(city):
    found = published(city, row(1, "2026年6月"), row(2, "2026年6月并长期坚持"))

    assert not TaskTerm.objects.filter(unit__task=task(found, 1)).exists()
    assert term(found, number=2).name == "2026年第三季度"


def test_terms_are_opened_once_and_caught_up(city):
    found = published(city)

    counts = [open_terms(on=day) for day in (ON, date(2027, 2, 1), date(2027, 2, 1))]

    assert counts == [0, 4, 0]
    names = TaskTerm.objects.filter(
        unit__task=task(found), unit__organization__key="agency"
    ).values_list("name", flat=True)
    assert list(names) == ["2026年第三季度", "2026年第四季度", "2027年第一季度"]


def test_a_report_is_sent_returned_sent_again_and_accepted(city):
    found = published(city)
    of, officer = term(found), city.users["gov_officer"]

    first = reported(city, of)
    assert limits(of) == [(date(2026, 9, 30), "met")]
    progress.send_back(
        first.pk, actor=officer, at=moment(LATE), reason="没有附件", again_by=date(2026, 10, 16)
    )
    of.refresh_from_db()
    assert (of.state, of.asked_by) == (TermState.OPEN, date(2026, 10, 16))
    assert limits(of) == [(date(2026, 9, 30), "met"), (date(2026, 10, 16), "open")]
    again = reported(city, of, date(2026, 10, 14))
    progress.accept(again.pk, actor=officer, at=moment(date(2026, 10, 15)))

    of.refresh_from_db()
    assert (of.state, of.sent_on, of.accepted_on) == (
        TermState.ACCEPTED,
        date(2026, 10, 14),
        date(2026, 10, 15),
    )
    assert limits(of)[1] == (date(2026, 10, 16), "met")


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("agency_contact", {"report"}),
        ("gov_officer", {"judge"}),
        ("court_officer", set()),
        ("gov_deputy", set()),
    ],
)
def test_who_reports_and_who_judges(city, who, may):
    found, user = published(city), city.users[who]
    of, sent = term(found, number=2), reported(city, term(found))

    def allowed(action, *args, **given):
        try:
            action(*args, actor=user, at=moment(LATE), **given)
        except PermissionDenied:
            return False
        return True

    done = {
        "report": allowed(progress.report, of.pk, text="已完成"),
        "judge": allowed(progress.accept, sent.pk),
    }
    assert {verb for verb, was in done.items() if was} == may


@pytest.mark.parametrize(
    ("who", "reads"),
    [
        ("agency_contact", True),
        ("gov_officer", True),
        ("court_officer", True),
        ("gov_convenor", True),
        ("system_admin", False),
    ],
)
def test_who_reads_reports(city, who, reads):
    sent = reported(city, term(published(city)))

    rows = visible_to(city.users[who], ProgressReport)

    assert rows.filter(pk=sent.pk).exists() == reads


@pytest.mark.parametrize(
    ("code", "field", "action", "given"),
    [
        ("no_progress", "text", "report", {"text": " "}),
        ("due_past", "due_on", "urge", {"due_on": date(2026, 10, 1)}),
        ("nothing_late", "reason", "urge", {"due_on": date(2027, 1, 8), "number": 2}),
        ("no_reason", "reason", "return", {"reason": ""}),
        ("again_past", "again_by", "return", {"again_by": date(2026, 10, 1)}),
    ],
)
def test_bad_input_is_refused_at_its_field(city, code, field, action, given):
    found, officer = published(city), city.users["gov_officer"]
    of, at = term(found, number=given.pop("number", 1)), moment(LATE)
    if action == "report":
        broken = refused(
            code, progress.report, of.pk, actor=city.users["agency_contact"], at=at, **given
        )
    elif action == "urge":
        broken = refused(code, letters.supervise, of.pk, actor=officer, at=at, **given)
    else:
        sent = reported(city, of)
        words = {"reason": "没有附件", "again_by": date(2026, 10, 16), **given}
        broken = refused(code, progress.send_back, sent.pk, actor=officer, at=at, **words)
    assert broken.field == field


def test_a_supervision_letter_is_a_paper_and_the_report_answers_it(city):
    of = term(published(city))

    letter = letters.supervise(
        of.pk,
        actor=city.users["gov_officer"],
        at=moment(LATE),
        due_on=date(2026, 10, 20),
        number="试司督〔2026〕3号",
    )

    paper = OfficialDocument.objects.about(letter).get()
    assert (paper.kind, paper.number) == ("urging_letter", "试司督〔2026〕3号")
    assert "已逾期9日" in paper.context["history"][1]
    assert "第1项" in paper.title
    reported(city, of, date(2026, 10, 12))
    letter.refresh_from_db()
    assert (letter.state, letter.answered_on) == ("answered", date(2026, 10, 12))


def test_a_task_is_split_into_a_row_a_unit(city):
    found = published(city)
    officer = city.users["gov_officer"]
    sent = reported(city, term(found))

    parts = tasks.split(task(found).pk, actor=officer, at=moment(LATE))

    assert [part.label for part in parts] == ["1-1", "1-2"]
    assert [part.units.get().organization.key for part in parts] == ["gov", "agency"]
    assert ProgressReport.objects.get(pk=sent.pk).term.unit.task == parts[1]
    assert open_terms(on=date(2026, 10, 9)) == 2
    refused("ended", tasks.split, task(found).pk, actor=None, at=moment(LATE))


def test_the_due_day_moves_with_its_limits_and_the_words_stay(city):
    found = published(city)
    of = term(found, number=2)

    tasks.change_due(
        task(found, 2).pk,
        actor=city.users["gov_officer"],
        at=moment(LATE),
        due_on=date(2027, 3, 31),
        reason="依申请延期",
    )

    changed = task(found, 2)
    of.refresh_from_db()
    assert (changed.due_on, changed.due_text) == (date(2027, 3, 31), "2026年12月")
    assert limits(of) == [(date(2027, 3, 31), "open")]


def test_a_closed_task_and_a_closed_list_ask_nothing_more(city):
    found, officer, at = published(city), city.users["gov_officer"], moment(LATE)
    sent = reported(city, term(found))
    refused("to_accept", tasks.close_task, task(found).pk, actor=officer, at=at, outcome="完成")
    refused("to_accept", publishing.close_list, found.pk, actor=officer, at=at, on=LATE)
    progress.accept(sent.pk, actor=officer, at=at)

    tasks.close_task(task(found, 2).pk, actor=officer, at=at, outcome="清单已发布")
    publishing.close_list(found.pk, actor=officer, at=at, on=LATE)

    states = set(TaskTerm.objects.values_list("state", flat=True))
    assert states == {TermState.ACCEPTED, TermState.DROPPED}
    assert not Deadline.objects.open().exists()
    assert open_terms(on=date(2027, 2, 1)) == 0


def test_the_next_year_takes_over_what_goes_on(city):
    found, officer = published(city), city.users["gov_officer"]
    given = {"actor": officer, "at": moment(NOW), "title": "2027年任务清单"}
    refused("none_go_on", rolling.roll_over, found.pk, year=2027, dues={}, **given)
    refused("not_later", rolling.roll_over, found.pk, year=2026, dues={1: "长期坚持"}, **given)

    made = rolling.roll_over(found.pk, year=2027, dues={2: "2027年6月并长期坚持"}, **given)

    only = made.tasks.get()
    assert (only.number, only.due_kind, only.due_on) == (1, "by_day_and_on", date(2027, 6, 30))
    assert (made.rolled_from, made.state, only.responsible) == (
        found,
        "draft",
        ["group:departments"],
    )
    assert Task.objects.filter(task_list=found).count() == 2


def test_what_lies_on_desks(city):
    found = published(city)
    reported(city, term(found))

    def desk(who):
        return [(item.group, item.verb, item.day) for item in items(city.users[who], LATE)]

    assert desk("agency_contact") == [("todo", "填报", date(2026, 12, 31))]
    assert ("sign", "审核", None) in desk("gov_officer")
    assert desk("court_officer") == []
