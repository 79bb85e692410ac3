"""The pages of hearings: a head is called, answers, comes and speaks, in the browser's way."""

from datetime import date, time

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases.actions import appearances, hearings
from cases.actions.hearing_reminders import remind_agencies
from cases.actions.hearings import HearingWords
from cases.hearings.feed import hearings_of
from cases.models import Appearance, Hearing
from foundations.notifications.feeds import Window
from foundations.notifications.models import Notice
from tests.disputes import dispute, filed, moment, stepped, suit
from tests.letters import account, unit

DAY, SET, FILED = date(2026, 4, 8), date(2026, 3, 25), date(2026, 3, 9)


def case(city, n=1):
    procedure = filed(suit(city, dispute(city)), FILED, n=n)
    agency = procedure.participants.agencies()[0]
    return stepped(procedure, "send", date(2026, 3, 11), served_party=agency)


def sat(city, n=1, on=DAY) -> Hearing:
    return hearings.set_hearing(
        case(city, n).pk,
        actor=city.users["court_officer"],
        at=moment(SET),
        words=HearingWords(on, time(9, 30), "第三法庭"),
    )


def recorded(city, hearing, **words) -> Appearance:
    court = city.users["court_officer"]
    hearings.hold(hearing.pk, actor=court, at=moment(hearing.on, 17))
    row = hearing.appearances.get()
    appearances.record_appearance(
        row.pk,
        actor=court,
        at=moment(hearing.on, 18),
        words=appearances.RecordWords(**words),
    )
    return Appearance.objects.get(pk=row.pk)


CAME = {
    "came": True,
    "head_name": "李四",
    "head_post": "副局长",
    "level": "deputy",
    "speech": ["resolution"],
}


def paper():
    return SimpleUploadedFile("证明.txt", "身份证明".encode(), "text/plain")


def test_from_the_call_to_the_record_by_forms(city, client):
    court, agency = city.users["court_officer"], city.users["agency_contact"]
    procedure = case(city)

    def send(user, page, /, *args, **data):
        client.force_login(user, backend="members.backends.AccountBackend")
        answer = client.post(reverse(f"cases:{page}", args=args), data)
        assert answer.status_code == 302, answer.context["form"].errors
        return answer

    place = (procedure.dispute.public_id, procedure.public_id)
    with time_machine.travel(moment(SET), tick=False):
        send(
            court,
            "hearing-set",
            *place,
            on=DAY,
            starts_at="09:30",
            place="第三法庭",
            manner="public",
        )
        hearing = Hearing.objects.get()
        row = hearing.appearances.get()
        send(
            court,
            "appearance-call",
            row.public_id,
            call="notice",
            reasons=["group"],
            version=row.version,
        )
    with time_machine.travel(moment(date(2026, 3, 27)), tick=False):
        send(court, "hearing-told", hearing.public_id, on="2026-03-27", version=hearing.version)
        send(agency, "appearance-sign", row.public_id)
        row.refresh_from_db()
        send(
            agency,
            "appearance-reply",
            row.public_id,
            coming="yes",
            name="李四",
            post="副局长",
            level="deputy",
            belongs="own",
            file=paper(),
            declared="on",
            version=row.version,
        )
        row.refresh_from_db()
        send(court, "appearance-identity", row.public_id, verdict="accepted", version=row.version)
        send(agency, "appearance-prepare", row.public_id, done=["file"], version=0)
    with time_machine.travel(moment(DAY, 18), tick=False):
        hearing.refresh_from_db()
        send(court, "hearing-hold", hearing.public_id, version=hearing.version)
        row.refresh_from_db()
        send(
            court,
            "appearance-record",
            row.public_id,
            came="yes",
            head_name="李四",
            head_post="副局长",
            level="deputy",
            belongs="own",
            speech=["answer", "resolution"],
            version=row.version,
        )
        page = client.get(hearing.get_absolute_url()).content.decode()
    row.refresh_from_db()
    assert (row.state, row.called_on) == ("appeared", date(2026, 3, 27))
    assert "李四 副局长" in page
    assert "实质性化解争议" in page
    assert "未开始准备" not in page


def test_a_refusal_stands_beside_its_field_and_keeps_what_was_typed(city, as_user):
    procedure = case(city)
    address = reverse("cases:hearing-set", args=[procedure.dispute.public_id, procedure.public_id])
    form = {"on": "2026-04-06", "starts_at": "09:30", "place": "第三法庭", "manner": "public"}
    with time_machine.travel(moment(SET), tick=False):
        page = as_user(city.users["court_officer"]).post(address, form)

    assert page.status_code == 422
    assert "2026年4月7日" in page.context["form"].errors["on"][0]
    assert "第三法庭" in page.content.decode()


@pytest.mark.parametrize(
    ("who", "status", "acts"),
    [
        ("court_officer", 200, True),
        ("agency_contact", 200, True),
        ("gov_officer", 200, False),
        ("outsider", 404, False),
    ],
)
def test_who_sees_a_hearing_and_may_do_something(city, as_user, who, status, acts):
    hearing = sat(city)
    unit(city, "parks", "试验市园林局")
    account(city, "outsider", "parks")
    row = hearing.appearances.get()
    client = as_user(city.users[who])

    page = client.get(hearing.get_absolute_url())

    assert page.status_code == status
    if status == 200:
        assert bool(page.context["lines"][0].acts) is acts
    answer = client.get(reverse("cases:appearance-record", args=[row.public_id]))
    assert answer.status_code == {"court_officer": 200, "outsider": 404}.get(who, 403)


def test_the_reasons_are_read_by_the_agency_the_court_and_the_bureau_alone(city, as_user):
    hearing = sat(city)
    Appearance.objects.update(ground="duty", excuse="主持防汛指挥")
    hearing.procedure.dispute.access.get_or_create(
        principal=f"o{unit(city, 'centre', '化解中心').pk}",
        defaults={"filed_on": hearing.procedure.dispute.filed_on, "why": "centre"},
    )
    account(city, "mediator", "centre")

    seen = {
        who: "主持防汛指挥"
        in as_user(city.users[who]).get(hearing.get_absolute_url()).content.decode()
        for who in ("court_officer", "agency_contact", "gov_officer", "mediator")
    }

    assert seen == {
        "court_officer": True,
        "agency_contact": True,
        "gov_officer": True,
        "mediator": False,
    }


@pytest.mark.parametrize("count", [1, 3])
def test_the_calendar_costs_the_same_for_any_number(
    city, as_user, django_assert_num_queries, count
):
    for n in range(count):
        sat(city, n + 1)
    client = as_user(city.users["court_officer"])
    client.get("/")
    with django_assert_num_queries(CALENDAR):
        page = client.get(reverse("cases:hearings"), {"month": "2026-04"})

    assert page.context["count"] == count
    assert "4月" in page.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_register_costs_the_same_for_any_number(
    city, as_user, django_assert_num_queries, count
):
    for n in range(count):
        recorded(city, sat(city, n + 1), **CAME)
    client = as_user(city.users["court_officer"])
    client.get("/")
    with django_assert_num_queries(REGISTER):
        page = client.get(reverse("cases:appearances"))

    assert page.content.decode().count("李四 副局长") == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_figures_cost_the_same_for_any_number(city, as_user, django_assert_num_queries, count):
    for n in range(count):
        recorded(city, sat(city, n + 1), **CAME)
    client = as_user(city.users["court_officer"])
    client.get("/")
    with django_assert_num_queries(FIGURES):
        page = client.get(reverse("cases:appearance-figures"), {"year": "2026"})

    assert page.context["figures"].appeared.n == count


CALENDAR, REGISTER, FIGURES = 13, 14, 12


FILTERS = [
    ("state=appeared", 1),
    ("state=absent", 1),
    ("spoke=1", 1),
    ("spoke=0", 0),
    ("breach=unexplained", 1),
    ("level=deputy", 1),
    ("on_after=2026-04-09", 1),
    ("q=李四", 1),
    ("kind=reconsideration", 0),
]


@pytest.mark.parametrize(("query", "count"), FILTERS)
def test_the_register_is_narrowed(city, as_user, query, count):
    recorded(city, sat(city), **CAME)
    recorded(city, sat(city, 2, date(2026, 4, 9)), came=False, staff="赵六")

    page = as_user(city.users["gov_officer"]).get(f"{reverse('cases:appearances')}?{query}")

    assert page.context["ledger"].count == count


def test_the_register_is_exported(city, as_user):
    recorded(city, sat(city), **CAME)

    answer = as_user(city.users["gov_officer"]).get(
        reverse("cases:appearances"), {"export": "csv"}
    )

    line = answer.content.decode("utf-8-sig").splitlines()[1]
    assert "李四 副局长" in line
    assert "（2026）鄂0199行初1号" in line


def test_agencies_are_reminded_once(city):
    sat(city)
    for on in (date(2026, 4, 1), date(2026, 4, 2), date(2026, 4, 3), date(2026, 4, 7)):
        remind_agencies(on=on, at=moment(on))
        remind_agencies(on=on, at=moment(on))

    told = Notice.objects.filter(recipient=city.users["agency_contact"])
    reasons = list(told.filter(reason__contains="2026-04-08").values_list("reason", "at__date"))
    assert reasons == [
        ("hearing.no_reply.2026-04-08", date(2026, 4, 2)),
        ("hearing.near.2026-04-08", date(2026, 4, 7)),
    ]


def test_a_hearing_stands_in_the_calendar_of_both_and_goes_with_it(city):
    hearing = sat(city)
    hearings.cancel_hearing(
        hearing.pk, actor=city.users["court_officer"], at=moment(SET), reason="撤诉"
    )
    window = Window(date(2026, 4, 1))

    for who in ("court_officer", "agency_contact"):
        (entry,) = hearings_of(city.users[who], window)
        assert (entry.cancelled, entry.sequence) == (True, 1)
        assert "张" not in entry.summary
    assert list(hearings_of(city.users["recorder"], window)) == []


def test_the_page_of_the_dispute_leads_to_its_hearings(city, as_user):
    hearing = sat(city)

    page = (
        as_user(city.users["court_officer"])
        .get(hearing.procedure.dispute.get_absolute_url())
        .content.decode()
    )

    assert hearing.get_absolute_url() in page
