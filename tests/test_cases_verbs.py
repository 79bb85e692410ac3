"""Every act of the room is told in the timeline in words; one is told to nobody."""

import ast
import re
from collections.abc import Iterator

import pytest
from django.utils.translation import override

from cases import intake_verbs, verbs
from cases.hearings import verbs as hearing_verbs
from foundations.audit.verbs import sentence
from tests.architecture import Source, sources

UNTOLD = {"cases.party.revealed"}  # for the audit administrator alone
TABLES = {**verbs.VERBS, **intake_verbs.VERBS, **hearing_verbs.VERBS}
CHINESE = re.compile("[\u4e00-\u9fff]")


def recorded(source: Source) -> Iterator[str]:
    """The verb of each `record(…)`; "?" stands for what a name or a field makes of it."""
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.Call) or getattr(node.func, "id", "") != "record":
            continue
        verb = node.args[1]
        if isinstance(verb, ast.Constant):
            yield str(verb.value)
        elif isinstance(verb, ast.JoinedStr):
            parts = [getattr(part, "value", "?") for part in verb.values]
            yield "".join(part if isinstance(part, str) else "?" for part in parts)
        else:
            yield from named(source, verb)


def named(source: Source, verb: ast.expr) -> Iterator[str]:
    """What a variable or a parameter may hold: every verb in the values that it gets."""
    wanted = getattr(verb, "id", "?")
    for node in ast.walk(source.tree):
        targets = getattr(node, "targets", [])
        given = isinstance(node, ast.keyword) and node.arg == wanted
        if given or any(getattr(target, "id", "") == wanted for target in targets):
            for part in ast.walk(node.value):
                if isinstance(part, ast.Constant) and str(part.value).startswith("cases."):
                    yield str(part.value)


def all_recorded() -> set[str]:
    return {
        verb
        for source in sources()
        if source.path.startswith("cases/")
        for verb in recorded(source)
    }


def test_every_verb_has_its_words():
    found = all_recorded()
    exact = {verb for verb in found if "?" not in verb}
    shapes = [re.compile(verb.replace(".", r"\.").replace("?", r"\w+")) for verb in found - exact]

    told = {verb for verb in TABLES if any(shape.fullmatch(verb) for shape in shapes)}

    assert len(exact) > 90
    assert exact - set(TABLES) == UNTOLD
    assert set(TABLES) - exact == told
    assert all(any(shape.fullmatch(verb) for verb in TABLES) for shape in shapes)


def test_a_verb_without_words_is_found():
    planted = Source("cases/actions/x.py", 'record(actor, "cases.moon.seen", row, on=1)')

    assert list(recorded(planted)) == ["cases.moon.seen"]


@pytest.mark.parametrize("verb", sorted(verbs.VERBS.keys() - {"cases.procedure.step"}))
def test_its_words_stand_an_entry_that_keeps_nothing(verb):
    """An older entry may lack what a newer one keeps; none breaks the page."""
    told = verbs.VERBS[verb]
    with override("zh-hans"):
        assert CHINESE.search(told({}) if callable(told) else str(told))


@pytest.mark.parametrize(
    ("verb", "data", "words"),
    [
        ("cases.rating.rated", {"level": "high", "proposed": "low"}, "评定风险等级：高"),
        (
            "cases.visit.made",
            {"on": "2026-03-02", "result": "unperformed"},
            "2026年3月2日回访：未履行",
        ),
        (
            "cases.transfer.answered",
            {"received": False, "on": "2026-03-02"},
            "退回移送材料（2026年3月2日）",
        ),
        (
            "cases.notice.opened",
            {"to": "upper", "route": "single"},
            "应抄告上一级行政复议机构（一案一抄告）",
        ),
        ("cases.loss.written", {"cause": "law"}, "填报败诉原因分析：适用法律错误"),
        ("cases.contact.recorded", {"on": "2026-03-02"}, "登记2026年3月2日的过问：—"),
    ],
)
def test_what_an_entry_keeps_as_keys_is_told_by_its_label(verb, data, words):
    with override("zh-hans"):
        assert sentence(verb, data) == words
