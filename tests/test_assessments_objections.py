"""Marks told to the units: what is refused, who objects until when, who does what, who is told."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from assessments import work
from assessments.actions import schemes, sheets, telling
from foundations.notifications.models import Notice
from services.deadlines.models import Deadline
from tests import assessed
from tests.assessed import AFTER, AT, LAST, OBJECT_BY, acting, code, marks
from tests.letters import account, procuratorate


@pytest.fixture
def town(city):
    """The city with the letters of the three units."""
    assessed.letters_due(city)
    return city


@pytest.mark.parametrize(
    ("given", "said"),
    [
        pytest.param({"mark": Decimal("20.01")}, ("above_full", "mark"), id="above the full mark"),
        pytest.param({"mark": Decimal(-1)}, ("below_zero", "mark"), id="below nought"),
        pytest.param({"reason": " "}, ("no_reason", "reason"), id="no reason"),
    ],
)
def test_a_mark_that_cannot_be_given(town, given, said):
    row = assessed.score(assessed.sheet(town), "agency", "配合化解")
    given = {"mark": Decimal(20), "reason": "优", **given}

    assert code(lambda: sheets.judge(row.pk, **given, **acting(town))) == said


def test_what_is_counted_is_not_judged(town):
    row = assessed.score(assessed.sheet(town), "agency", "按期回复")
    given = {"mark": Decimal(20), "reason": "优"}

    assert code(lambda: sheets.judge(row.pk, **given, **acting(town)))[0] == "counted"


def test_marks_are_told_when_all_are_given_and_the_period_is_over(town):
    made = assessed.sheet(town)

    def announce(at=AT, until=OBJECT_BY):
        return code(lambda: telling.announce(made.pk, object_by=until, **acting(town, at=at)))

    assert announce() == ("unjudged", "")
    assessed.judged(town, made)
    assert announce(at=assessed.moment(LAST)) == ("not_over", "")
    assert announce(until=date(2026, 10, 14)) == ("past", "object_by")


def test_until_when_a_unit_objects(town):
    made = assessed.announced(town)
    row = assessed.score(made, "agency", "按期回复")
    late = {"text": "有误", **acting(town, "agency_contact", AFTER)}

    assert code(lambda: telling.object_to(row.pk, **late)) == ("too_late", "")
    on_the_day = acting(town, "agency_contact", assessed.moment(OBJECT_BY, 23))
    assert code(lambda: telling.object_to(row.pk, text=" ", **on_the_day)) == ("no_text", "text")
    telling.object_to(row.pk, text="有误", **on_the_day)
    assert code(lambda: telling.object_to(row.pk, text="又", **on_the_day))[0] == "objected"


def test_who_agreed_does_not_object_and_all_who_agree_shorten_the_wait(town):
    made = assessed.announced(town)
    assert code(lambda: telling.publish(made.pk, **acting(town)))[0] == "still_open"
    for key in assessed.SCORED_UNITS:
        who = acting(town, f"{key}_contact")
        telling.agree(assessed.line(made, key).pk, **who)

    assert code(lambda: assessed.objected(town, made))[0] == "agreed"
    assert telling.publish(made.pk, **acting(town)).state == "published"
    limits = Deadline.objects.filter(rule="ASSESSMENT-OBJECTION")
    assert set(limits.values_list("state", flat=True)) == {"cancelled"}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        pytest.param({"mark": None}, ("no_mark", "mark"), id="no mark"),
        pytest.param({"mark": Decimal(50)}, ("same_mark", "mark"), id="the same mark"),
        pytest.param({"mark": Decimal(101)}, ("above_full", "mark"), id="above the full mark"),
        pytest.param({"answer": " "}, ("no_answer", "answer"), id="no answer"),
    ],
)
def test_an_answer_that_cannot_be_given(town, given, said):
    made = assessed.announced(town)
    row = assessed.objected(town, made)
    given = {"outcome": "upheld", "mark": Decimal(60), "answer": "采纳", **given}

    assert code(lambda: telling.answer_objection(row.pk, **given, **acting(town))) == said
    assert assessed.score(made, "agency", "按期回复").mark == 50


def test_an_objection_waits_for_its_answer(town):
    made = assessed.announced(town)
    row = assessed.objected(town, made)
    line = assessed.line(made, "agency")
    contact = acting(town, "agency_contact")

    assert code(lambda: telling.publish(made.pk, **acting(town, at=AFTER)))[0] == "unanswered"
    assert code(lambda: telling.agree(line.pk, **contact))[0] == "unanswered"
    refused = {"outcome": "refused", "answer": "邮戳在期限后。"}
    telling.answer_objection(row.pk, **refused, **acting(town))
    assert code(lambda: telling.answer_objection(row.pk, **refused, **acting(town)))[0] == (
        "answered"
    )
    made = telling.publish(made.pk, **acting(town, at=AFTER))
    assert marks(made)["agency"][1] == "50.00"


def test_who_may_do_what(town):
    account(town, "gov_clerk", "gov")
    of = assessed.adopted(town)
    made = assessed.judged(town, assessed.sheet(town, of))
    others = ("court_officer", "agency_contact", "gov_clerk", "gov_convenor", "gov_deputy")
    for who in others:
        for act in (
            lambda who=who: sheets.count(made.pk, **acting(town, who)),
            lambda who=who: telling.announce(made.pk, object_by=LAST, **acting(town, who)),
            lambda who=who: schemes.next_edition(of.pk, **acting(town, who)),
        ):
            with pytest.raises(PermissionDenied):
                act()
    with pytest.raises(PermissionDenied):
        telling.announce(made.pk, object_by=OBJECT_BY, **acting(town, "recorder"))
    sheets.count(made.pk, **acting(town, "recorder"))
    telling.announce(made.pk, object_by=OBJECT_BY, **acting(town))
    with pytest.raises(PermissionDenied):
        assessed.objected(town, made, "natural_contact")
    with pytest.raises(PermissionDenied):
        assessed.objected(town, made, "gov_officer")


def desk(city, who, on) -> set[tuple[str, str]]:
    return {(item.title, item.verb) for item in work.items(city.users[who], on)}


def test_what_lies_on_whose_desk(town):
    made = assessed.announced(town)
    day, title = AT.date(), made.title

    assert desk(town, "agency_contact", day) == {(title, "查看得分")}
    assert desk(town, "gov_officer", day) == set()
    row = assessed.objected(town, made)
    assert desk(town, "agency_contact", day) == set()
    assert desk(town, "gov_officer", day) == {(title, "答复异议")}
    assert desk(town, "natural_contact", OBJECT_BY) == {(title, "查看得分")}
    assert desk(town, "natural_contact", AFTER.date()) == set()
    telling.answer_objection(row.pk, outcome="refused", answer="不符", **acting(town))
    assert desk(town, "gov_officer", OBJECT_BY) == set()
    assert desk(town, "gov_officer", AFTER.date()) == {(title, "公布考核表")}
    assert desk(town, "court_officer", AFTER.date()) == set()


def test_who_is_told(town):
    procuratorate(town)
    made = assessed.published(town)

    def told(who):
        found = Notice.objects.filter(recipient=town.users[who], reason__startswith="assessments.")
        return {one.split(".")[1] for one in found.values_list("reason", flat=True)}

    assert told("agency_contact") == {"announced", "published"}
    assert told("court_officer") == {"published"}
    assert told("procurator") == set()
    assert made.published_by == town.users["gov_officer"]
