"""Letters are issued: with their numbers, when nothing is lacking."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from foundations.access.policy import visible_to
from services.deadlines.models import Deadline
from services.documents.models import OfficialDocument
from suggestions.models import Suggestion
from suggestions.states import AddresseeState, LetterState
from tests.drafting import ON, issue, refusal, told, write
from tests.letters import agencies, procuratorate


def test_issuing_numbers_sends_and_tells(city):
    agencies(city, 3)
    names = ("agency", "natural", "housing")
    to = tuple(city.organizations[key].pk for key in names)
    draft = write(city, addressees=to)

    made = issue(city, draft)

    assert (made.state, made.number, made.issued_on) == ("issued", "试法建〔2026〕1号", ON)
    assert {a.state for a in made.addressees.all()} == {AddresseeState.SENT}
    assert [copy.sent_on for copy in made.copies.all()] == [ON]
    paper = OfficialDocument.objects.about(made).get()
    assert (paper.kind, paper.number) == ("judicial_suggestion", made.number)
    assert paper.context["number"] == made.number
    assert not Deadline.objects.exists()
    for key in ("agency_contact", "natural_contact", "housing_contact"):
        assert told(city.users[key]) == [f"司法建议送你单位：{made}"]
    assert told(city.users["gov_officer"]) == [f"抄送你单位：{made}"]
    assert told(city.users["court_officer"]) == []
    assert visible_to(city.users["natural_contact"], Suggestion).get() == made
    assert issue(city, write(city)).number == "试法建〔2026〕2号"


def test_a_letter_is_issued_once(city):
    draft = write(city)
    issue(city, draft)

    with pytest.raises(PermissionDenied):
        issue(city, draft)
    assert OfficialDocument.objects.count() == 1


def test_who_may_not_issue(city):
    draft = write(city)

    for by in ("gov_officer", "agency_contact", "court_convenor"):
        with pytest.raises(PermissionDenied):
            issue(city, draft, by)


def test_no_letter_is_issued_in_the_future(city):
    draft = write(city)

    assert refusal(issue, city, draft, on=ON + timedelta(days=1)) == ("future_day", "on")
    assert issue(city, draft, on=ON - timedelta(days=3)).issued_on == ON - timedelta(days=3)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"addressees": ()}, ("no_addressee", "addressees")),
        ({"problems": ()}, ("no_problem", "problems")),
        ({"problems": (("问题", "", ""),)}, ("no_advice", "problems")),
        ({"problems": (("", "建议", ""),)}, ("no_problem", "problems")),
        ({"contact": ""}, ("no_contact", "contact")),
        ({"kind": "opinion_letter"}, ("no_period", "reply_length")),
        ({"form": "comprehensive"}, ("not_heard", "heard_on")),
        ({"form": "comprehensive", "heard_on": ON}, ("not_deliberated", "deliberated_on")),
        (
            {"form": "comprehensive", "heard_on": ON, "deliberated_on": ON},
            ("not_signed", "signed_on"),
        ),
        (
            {
                "form": "comprehensive",
                "heard_on": ON,
                "deliberated_on": ON,
                "signed_on": ON,
            },
            ("not_signed", "signed_by"),
        ),
    ],
)
def test_what_a_draft_lacks(city, changes, expected):
    """Kept as a draft, refused when it is issued."""
    assert refusal(issue, city, write(city, **changes)) == expected


def test_a_comprehensive_letter_goes_its_way(city):
    steps = {
        "form": "comprehensive",
        "heard_on": ON - timedelta(days=10),
        "deliberated_on": ON - timedelta(days=5),
        "signed_on": ON - timedelta(days=1),
        "signed_by": "陈维嘉",
    }
    draft = write(city, **steps)

    assert refusal(issue, city, draft, on=ON - timedelta(days=2)) == ("steps_order", "signed_on")
    assert issue(city, draft).state == LetterState.ISSUED


def test_a_unit_that_ceases_before_the_issue(city):
    draft = write(city)
    agency = city.organizations["agency"]
    agency.valid_to = ON - timedelta(days=1)
    agency.save()

    assert refusal(issue, city, draft) == ("ceased", "addressees")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("试检建〔2026〕3号", "试检建〔2026〕3号"),
        ("试检建[2026]第3号", "试检建〔2026〕3号"),
        ("试检建（2026） 3号", "试检建〔2026〕3号"),
        ("", "number_missing"),
        ("别检建〔2026〕3号", "number_format"),
        ("试检建〔2026〕7号", "number_taken"),
    ],
)
def test_a_number_of_the_office_s_own_system(city, typed, expected):
    office = procuratorate(city)
    given = {"kind": "procuratorial", "issuer": office, "copies": ()}
    issue(city, write(city, "procurator", **given), "procurator", number="试检建〔2026〕7号")
    draft = write(city, "procurator", **given)

    if expected.startswith("number"):
        assert refusal(issue, city, draft, "procurator", number=typed) == (expected, "number")
    else:
        assert issue(city, draft, "procurator", number=typed).number == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("试法意〔2026〕3号", "试法意〔2026〕3号"),
        ("试法意(2026)3号", "试法意〔2026〕3号"),
        ("(2026)试0199司建3号", "（2026）试0199司建3号"),
        ("", "number_missing"),
        ("第三号", "number_format"),
        ("试法意〔2026〕7号", "number_taken"),
    ],
)
def test_a_number_where_there_is_no_series(city, typed, expected):
    given = {"kind": "opinion_letter", "reply_length": 30}
    issue(city, write(city, **given), number="试法意〔2026〕7号")
    draft = write(city, **given)

    if expected.startswith("number"):
        assert refusal(issue, city, draft, number=typed) == (expected, "number")
    else:
        made = issue(city, draft, number=typed)
        assert made.number == OfficialDocument.objects.about(made).get().number == expected


def test_the_portal_s_own_series_takes_no_typed_number(city):
    assert refusal(issue, city, write(city), number="试法建〔2026〕9号") == (
        "number_given",
        "number",
    )
