"""The page of a letter, and what is done to several letters at once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from foundations.audit.models import AuditEntry
from foundations.notifications.models import Notice
from suggestions.models import Addressee, Supervision
from suggestions.states import AddresseeState, LetterState
from tests.letters import agencies, letter, procuratorate

A = AddresseeState
TODAY = timezone.localdate()
LATE, DUE = TODAY - timedelta(days=5), TODAY + timedelta(days=20)
BULK = "/suggestions/bulk/"
DETAIL_QUERIES = 30
BULK_QUERIES = 13


@pytest.fixture
def letters(city):
    """Two letters: one late with the agency, one to sign by the resources office."""
    agencies(city, 2)
    first = letter(city, addressees=[city.organizations["agency"]])
    second = letter(city, addressees=[city.organizations["natural"]])
    first.addressees.update(state=A.SERVED, served_on=LATE, reply_due_on=LATE)
    return first, second


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("court_officer", 200),
        ("court_deputy", 200),
        ("agency_contact", 200),
        ("gov_officer", 200),
        ("natural_contact", 404),
        ("procurator", 404),
        ("system_admin", 404),
    ],
)
def test_who_sees_the_page(city, as_user, letters, who, status):
    procuratorate(city)

    assert as_user(city.users[who]).get(letters[0].get_absolute_url()).status_code == status


def test_a_draft_is_its_issuers_alone(city, as_user):
    draft = letter(city, state=LetterState.DRAFT).get_absolute_url()

    assert as_user(city.users["agency_contact"]).get(draft).status_code == 404
    page = as_user(city.users["court_officer"]).get(draft)
    assert page.context["primary"].label == "印发"
    assert page.context["pill"].words == "草稿"


def test_the_page_says_how_the_letter_stands_and_why_it_was_written(city, as_user, letters):
    page = as_user(city.users["court_officer"]).get(letters[0].get_absolute_url())

    assert page.context["pill"].kind == "over"
    for words in (
        "1 家单位，已回复 0",
        "限期拆除前统一制发催告书",
        "作出限期拆除决定前未书面催告",
        "倾向",
        "本院在审理行政案件中发现",
        "《中华人民共和国行政强制法》第三十五条",
        "市司法局",
        "尚未签收",
    ):
        assert words in page.text


@pytest.mark.parametrize(
    ("who", "state", "due", "verb"),
    [
        ("court_officer", A.SERVED, LATE, "发督办函"),
        ("court_officer", A.SERVED, DUE, "提醒未办单位"),
        ("court_officer", A.CLOSED, LATE, None),
        ("gov_officer", A.SERVED, LATE, "发督办函"),
        ("agency_contact", A.SERVED, LATE, None),
        ("court_deputy", A.SERVED, LATE, None),
    ],
)
def test_the_first_verb_is_what_the_reader_should_do(
    city, as_user, letters, who, state, due, verb
):
    letters[0].addressees.update(state=state, reply_due_on=due)

    page = as_user(city.users[who]).get(letters[0].get_absolute_url())

    primary = page.context["primary"]
    assert (primary and primary.label) == verb


def test_the_copied_bureau_signs_for_its_copy_on_the_page(city, as_user, letters):
    page = as_user(city.users["gov_officer"])
    button = "签收抄送</button>"
    assert button in page.get(letters[0].get_absolute_url()).text

    page.post(f"/suggestions/{letters[0].public_id}/copy/sign/")

    assert button not in page.get(letters[0].get_absolute_url()).text


def test_the_page_costs_the_same_for_one_addressee_and_three(
    city, as_user, django_assert_num_queries
):
    page = as_user(city.users["court_officer"])
    for count in (1, 3):
        made = letter(city, addressees=agencies(city, count))
        made.addressees.update(state=A.SERVED, served_on=LATE, reply_due_on=LATE)
        page.get(made.get_absolute_url())
        with django_assert_num_queries(DETAIL_QUERIES):
            page.get(made.get_absolute_url())


def chosen(do: str, letters, **given) -> dict:
    return {"do": do, "letter": [one.public_id for one in letters], **given}


# what, who -> why not, by addressee: the agency is late, the resources office has to sign
PREVIEWS = [
    ("remind", "court_officer", ["", ""]),
    ("urge", "court_officer", ["", "时限未到"]),
    ("urge", "gov_officer", ["", "时限未到"]),
    (
        "remind",
        "court_deputy",
        ["只有制发单位或负责督促的单位可以办理", "只有制发单位或负责督促的单位可以办理"],
    ),
    ("urge", "agency_contact", ["只有制发单位或负责督促的单位可以办理"]),
]


@pytest.mark.parametrize(("do", "who", "why_not"), PREVIEWS)
def test_the_preview_says_what_will_be_done_and_what_cannot(
    city, as_user, letters, do, who, why_not
):
    page = as_user(city.users[who]).get(BULK, chosen(do, letters))

    assert [one.why_not for one in page.context["candidates"]] == why_not
    assert page.context["ready"] == why_not.count("")
    assert not Notice.objects.exists()


def test_units_are_reminded_once_a_day(city, as_user, letters):
    page = as_user(city.users["court_officer"])

    answer = page.post(BULK, chosen("remind", letters, next="/suggestions/?stage=late"))

    assert answer.headers["Location"] == "/suggestions/?stage=late"
    assert sorted(Notice.objects.values_list("recipient__username", "title")) == [
        ("agency_contact", "请回复《关于规范违法建设查处程序的司法建议》"),
        ("natural_contact", "请签收《关于规范违法建设查处程序的司法建议》"),
    ]
    assert AuditEntry.objects.filter(action="suggestions.addressee.reminded").count() == 2
    again = page.post(BULK, chosen("remind", letters))
    assert again.status_code == 422
    assert [one.why_not for one in again.context["candidates"]] == ["今日已提醒", "今日已提醒"]
    assert Notice.objects.count() == 2


def test_a_unit_without_an_account_is_said_to_have_none(city, as_user, letters):
    city.users["agency_contact"].bindings.all().delete()

    page = as_user(city.users["court_officer"]).get(BULK, chosen("remind", letters))

    assert page.context["candidates"][0].why_not == "该单位没有账号，请电话或书面联系"


def test_urging_letters_go_to_those_that_are_late_with_one_day(city, as_user, letters):
    page = as_user(city.users["court_officer"])
    given = {"level": "general", "due_on": DUE.isoformat(), "reason": ""}

    answer = page.post(BULK, chosen("urge", letters, **given))

    assert answer.status_code == 302
    (made,) = Supervision.objects.all()
    assert (made.addressee.suggestion, made.due_on) == (letters[0], DUE)
    assert "已逾期 5 日" in made.reason
    again = page.get(BULK, chosen("urge", letters))
    assert again.context["candidates"][0].why_not == "已督办，答复时限未到"


@pytest.mark.parametrize(
    "given",
    [
        {"level": "general", "due_on": ""},
        {"level": "general", "due_on": LATE.isoformat()},
        {"level": "none", "due_on": DUE.isoformat()},
    ],
)
def test_a_form_that_is_wrong_sends_nothing_and_keeps_what_was_chosen(
    city, as_user, letters, given
):
    page = as_user(city.users["court_officer"]).post(BULK, chosen("urge", letters, **given))

    assert page.status_code == 422
    assert page.context["form"].errors
    assert page.text.count('type="hidden" name="letter"') == 2
    assert not Supervision.objects.exists()


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"do": "remind"}, 302),
        ({"do": "remind", "letter": "nobody"}, 302),
        ({"do": "destroy"}, 404),
    ],
)
def test_what_nobody_can_mean_is_refused(city, as_user, letters, query, status):
    if query["do"] == "destroy":
        query = chosen("destroy", letters)

    assert as_user(city.users["court_officer"]).get(BULK, query).status_code == status


def test_what_the_reader_does_not_see_is_not_touched(city, as_user, letters):
    procuratorate(city)
    page = as_user(city.users["procurator"])

    assert page.post(BULK, chosen("remind", letters)).status_code == 302
    assert not Notice.objects.exists()


@pytest.mark.parametrize("where", ["https://elsewhere.test/", "//elsewhere.test/", ""])
def test_the_way_back_stays_in_the_portal(city, as_user, letters, where):
    page = as_user(city.users["court_officer"]).get(BULK, chosen("remind", letters, next=where))

    assert page.context["back"] == "/suggestions/"


def test_the_chosen_letters_are_sent_as_a_file(city, as_user, letters):
    sent = as_user(city.users["court_officer"]).get(BULK, chosen("export", letters[:1]))

    assert sent.headers["Content-Type"].startswith("application/vnd.openxml")
    entry = AuditEntry.objects.get(action="ledgers.ledger.exported")
    assert entry.data["rows"] == 1


def test_the_preview_costs_the_same_for_one_letter_and_three(
    city, as_user, django_assert_num_queries
):
    page = as_user(city.users["court_officer"])
    units = agencies(city, 3)
    made = []
    for count in (1, 2):
        made += [letter(city, addressees=units) for _ in range(count)]
        Addressee.objects.update(state=A.SERVED, served_on=LATE, reply_due_on=LATE)
        with django_assert_num_queries(BULK_QUERIES):
            page.get(BULK, chosen("remind", made))
