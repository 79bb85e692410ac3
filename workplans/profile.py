"""The task lists that an institution's text brings: the section `task_lists` of its profile.

task_lists:
  - year: 2026
    title: 2026年示范市行政复议行政应诉工作任务清单
    keeper: justice
    reporting: quarter
    tasks:
      - {number: 1, provision: SF-41, heading: 一、加强组织领导, lead: [justice],
         responsible: [departments, counties], due: 长期坚持}
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.audit.actor import Actor
from foundations.audit.trail import action
from foundations.calendars.terms import Per
from mechanisms.loading.checks import provisions_of
from mechanisms.loading.schema import COUNT, KEY, NUMBER, TEXT, list_of, short, table
from mechanisms.models import Mechanism, MechanismVersion
from mechanisms.sections import Change, Fault, Outcome, Section
from workplans.actions.lists import Head, Row, editions_of, write_list
from workplans.reading.dues import due_of
from workplans.states import DueKind

Path = tuple[str | int, ...]


def _keeper(source: dict, given: dict) -> str:
    """Who keeps a list: who is named, else who acts for the first side."""
    return str(given.get("keeper") or source["parties"][0]["acting"])


def _measure(source: dict, task: dict) -> str:
    """The words of the measure: its own, else those of the clause that the row is."""
    if "measure" in task:
        return str(task["measure"])
    found = (
        clause["text"]
        for _place, _part, clause, one in provisions_of(source)
        if one["number"] == task.get("provision")
    )
    return next(found, "")


def _names(source: dict) -> dict[str, str]:
    rows = (*source["organizations"], *source.get("organization_groups", ()))
    return {row["key"]: row["name"] for row in rows}


def _row(source: dict, task: dict) -> Row:
    names = _names(source)
    groups = {row["key"] for row in source.get("organization_groups", ())}
    texts, refs = {}, {}
    for side in ("lead", "responsible"):
        keys = task.get(side, [])
        texts[side] = task.get(f"{side}_text") or "、".join(names[key] for key in keys)
        refs[side] = [f"{'group' if key in groups else 'unit'}:{key}" for key in keys]
    measure, number = _measure(source, task), task["number"]
    texts_of_row = [texts["lead"], texts["responsible"], task["due"], task.get("remark", "")]
    return Row(
        number=number,
        main_task=task["heading"],
        measure=measure,
        lead_text=texts["lead"],
        responsible_text=texts["responsible"],
        due_text=task["due"],
        lead=refs["lead"],
        responsible=refs["responsible"],
        remark=task.get("remark", ""),
        provision_number=task.get("provision", ""),
        cells=[str(number), task["heading"], measure, *texts_of_row],
    )


def _faults(source: dict) -> Iterable[Fault]:
    clauses = {given["number"] for *_place, given in provisions_of(source)}
    no_clause = _("The text has no provision %(number)s.")
    no_words = _("State the measure, or the provision whose words it is.")
    no_due = _("The due “%(due)s” was not understood.")
    no_unit = _("There is no organization “%(key)s” in this file.")
    for place, number in _clauses_named(source):
        if number not in clauses:
            yield Fault(place, no_clause % {"number": number})
    for place, key, known in _units_named(source):
        if key not in known:
            yield Fault(place, no_unit % {"key": key})
    for place, task in _tasks(source):
        if not _measure(source, task):
            yield Fault(place, no_words)
        if due_of(task["due"]).kind == DueKind.UNREAD:
            yield Fault((*place, "due"), no_due % {"due": task["due"]})
    yield from _repeated(source)


def _tasks(source: dict) -> Iterator[tuple[Path, dict]]:
    for n, given in enumerate(source["task_lists"]):
        for m, task in enumerate(given["tasks"]):
            yield ("task_lists", n, "tasks", m), task


def _clauses_named(source: dict) -> Iterator[tuple[Path, str]]:
    for place, task in _tasks(source):
        if "provision" in task:
            yield (*place, "provision"), task["provision"]


def _units_named(source: dict) -> Iterator[tuple[Path, str, set[str]]]:
    units = {row["key"] for row in source["organizations"]}
    known = set(_names(source))
    for n, given in enumerate(source["task_lists"]):
        if "keeper" in given:
            yield ("task_lists", n, "keeper"), given["keeper"], units
    for place, task in _tasks(source):
        for side in ("lead", "responsible"):
            for m, key in enumerate(task.get(side, ())):
                yield (*place, side, m), key, known


def _repeated(source: dict) -> Iterator[Fault]:
    twice = _("Two tasks have the number %(n)d.")
    for n, given in enumerate(source["task_lists"]):
        seen: set[int] = set()
        for m, task in enumerate(given["tasks"]):
            if task["number"] in seen:
                place = ("task_lists", n, "tasks", m, "number")
                yield Fault(place, twice % {"n": task["number"]})
            seen.add(task["number"])


def _plan(source: dict, mechanism: Mechanism | None) -> list[Change]:
    """A list that is there stays as it is: it lives on its own page."""
    return [
        Change(_outcome(mechanism, given), _("Task list"), given["title"])
        for given in source["task_lists"]
    ]


def _outcome(mechanism: Mechanism | None, given: dict) -> Outcome:
    there = mechanism and list(editions_of(mechanism, given["year"], given["title"]))
    return Outcome.LEAVE if there else Outcome.CREATE


@action
def _apply(source: dict, version: MechanismVersion, *, actor: Actor, at: datetime) -> None:
    mechanism = version.mechanism
    for n, given in enumerate(source["task_lists"]):
        if _outcome(mechanism, given) is Outcome.LEAVE:
            continue
        head = Head(
            mechanism=mechanism,
            keeper=mechanism.jurisdiction.organizations.get(key=_keeper(source, given)),
            year=given["year"],
            title=given["title"],
            reporting=given.get("reporting", Per.QUARTER.value),
        )
        try:
            write_list(head, [_row(source, task) for task in given["tasks"]], actor=actor)
        except RuleBroken as broken:
            place = f"task_lists.{n}.{broken.field}"
            raise RuleBroken(broken.code, broken.message, field=place) from broken


TASK = table(
    {"number": {**COUNT, "maximum": 999}, "heading": short(200), "due": short(100)},
    {
        "provision": NUMBER,
        "measure": TEXT,
        "lead": list_of(KEY),
        "lead_text": short(300),
        "responsible": list_of(KEY, at_least=1),
        "responsible_text": short(1000),
        "remark": short(500),
    },
)
TASK["required"] = [*TASK["required"], "responsible"]
TASK_LISTS = Section(
    name="task_lists",
    schema=list_of(
        table(
            {
                "year": {"type": "integer", "minimum": 2000, "maximum": 2100},
                "title": short(200),
                "tasks": list_of(TASK, at_least=1),
            },
            {"keeper": KEY, "reporting": {"enum": [per.value for per in Per]}},
        )
    ),
    plan=_plan,
    apply=_apply,
    check=_faults,
)
