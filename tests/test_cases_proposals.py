"""What disputes propose to a court: WJ-77 and 法释〔2020〕3号 art. 12, decided by a person;
and letters that name a case of a dispute."""

from datetime import date

import pytest
from django.urls import reverse

from cases.actions import appearances
from cases.actions.performance import perform
from cases.models import Dispute, Performance, Procedure
from suggestions.actions import proposals as actions
from suggestions.models import CaseLink, Proposal
from suggestions.numbers import procedures_by_number
from tests.disputes import filed, moment, suit, worker
from tests.importing import checked, confirmed, numbered, rows, xlsx
from tests.letters import letter
from tests.test_cases_hearings import DAY, court_case, held, of, sat
from tests.test_cases_mediation import agreed, mediating, signed

DUE, LATE = date(2026, 4, 30), date(2026, 5, 11)


@pytest.fixture
def promised(city) -> Performance:
    """The agency promised to pay by 30 April, in an agreement signed on 20 March."""
    procedure = mediating(city)
    signed(agreed(city, procedure))
    return Performance.objects.exclude(organization=None).get()


def done(city, item: Performance, on: date) -> None:
    actor = city.users["agency_contact"]
    perform(item.pk, actor=actor, at=moment(on, 16), on=on, remark="已付款")


def test_what_was_agreed_and_is_performed_late_is_put_to_the_court_at_once(city, promised):
    done(city, promised, LATE)
    proposal = Proposal.objects.get()
    assert (proposal.reason, proposal.state) == ("performance", "waiting")
    assert (proposal.organization.key, proposal.to_organization.key) == ("agency", "court")
    assert (proposal.data["due"], proposal.data["done"]) == ("2026-04-30", "2026-05-11")
    assert "补偿" not in str(proposal.data)


def test_what_is_performed_in_time_is_no_matter_for_a_letter(city, promised):
    done(city, promised, DUE)
    actions.notice_disputes(on=LATE, at=moment(LATE))
    assert not Proposal.objects.exists()


ON = [
    pytest.param(date(2026, 4, 30), 0, id="on the last day"),
    pytest.param(date(2026, 5, 1), 1, id="the day after"),
    pytest.param(date(2027, 5, 3), 0, id="after a year"),
]


@pytest.mark.parametrize(("on", "count"), ON)
def test_what_is_overdue_is_noticed_by_night_and_once(city, promised, on, count):
    for _run in range(2):
        actions.notice_disputes(on=on, at=moment(on))
    assert Proposal.objects.count() == count
    if count:
        done(city, promised, LATE)
        assert Proposal.objects.count() == 1


def test_accepted_it_becomes_a_draft_that_names_the_case(city, promised):
    done(city, promised, LATE)
    actor = city.users["court_officer"]
    made = actions.accept(Proposal.objects.get().pk, actor=actor, at=moment(LATE))
    assert made.is_draft
    assert [one.organization.key for one in made.addressees.all()] == ["agency"]
    assert "2026-05-11" in made.background


def test_dismissed_with_a_reason_it_does_not_come_back(city, promised):
    done(city, promised, LATE)
    actor = city.users["court_officer"]
    given = {"actor": actor, "at": moment(LATE), "reason": "已电话督促，次日到账"}
    actions.dismiss(Proposal.objects.get().pk, **given)
    actions.notice_disputes(on=LATE, at=moment(LATE))
    assert Proposal.objects.get().state == "dismissed"


def recorded(city, **words):
    hearing = sat(city, court_case(city))
    held(city, hearing)
    appearances.record_appearance(
        of(hearing).pk,
        actor=city.users["court_officer"],
        at=moment(DAY, 18),
        words=appearances.RecordWords(**words),
    )
    return hearing


HEAD = {"came": True, "head_name": "李某", "head_post": "副局长", "level": "deputy"}
FAILED = [
    pytest.param({"came": False, "staff": "赵六"}, "unexplained", id="no head"),
    pytest.param({"came": False}, "nobody", id="nobody"),
    pytest.param({**HEAD, "left": True}, "left", id="left"),
    pytest.param({**HEAD, "speech": ["answer"]}, "", id="came"),
]


@pytest.mark.parametrize(("words", "breach"), FAILED)
def test_a_failed_hearing_is_put_to_the_court_that_held_it(city, words, breach):
    hearing = recorded(city, **words)
    found = [(one.reason, one.data["breach"]) for one in Proposal.objects.all()]
    assert found == ([("absence", breach)] if breach else [])
    actions.notice_disputes(on=DAY, at=moment(DAY, 23))
    assert Proposal.objects.count() == len(found)
    assert of(hearing).breach == breach


def test_the_letter_on_a_failed_hearing_names_the_rule_and_leaves_the_addressee_open(city):
    """Art. 12: to the supervisory organ and the agency's superior, whom the court names."""
    hearing = recorded(city, came=False, staff="赵六")
    actor = city.users["court_officer"]
    made = actions.accept(Proposal.objects.get().pk, actor=actor, at=moment(DAY, 19))
    assert "第十二条" in made.legal_basis
    assert not made.addressees.exists()
    link = made.cases.get()
    assert (link.number, link.procedure) == (hearing.procedure.number, hearing.procedure)


READERS = [("court_officer", True), ("gov_officer", False), ("agency_contact", False)]


@pytest.mark.parametrize(("who", "sees"), READERS)
def test_only_the_court_reads_its_proposal(city, as_user, who, sees):
    recorded(city, came=False, staff="赵六")
    where = reverse("suggestions:proposal", args=[Proposal.objects.get().public_id])
    answer = as_user(city.users[who]).get(where)
    assert answer.status_code == (200 if sees else 404)
    if sees:
        page = answer.content.decode()
        assert Dispute.objects.get().get_absolute_url() in page
        assert "行政机关" in page or "市综合执法局" in page


@pytest.fixture
def linked(city):
    """A letter of the court to the agency that names a case of a dispute."""
    procedure = court_case(city)
    made = letter(city, issued_on=DAY)
    CaseLink.objects.create(suggestion=made, number=procedure.number, procedure=procedure)
    return procedure, made


LINKS = [("court_officer", True), ("agency_contact", True)]


@pytest.mark.parametrize(("who", "sees"), LINKS)
def test_letter_and_dispute_lead_to_each_other(city, as_user, linked, who, sees):
    procedure, made = linked
    client = as_user(city.users[who])
    page = client.get(made.get_absolute_url()).content.decode()
    assert (procedure.dispute.get_absolute_url() in page) == sees
    related = client.get(f"{procedure.dispute.get_absolute_url()}?tab=related")
    assert (made.get_absolute_url() in related.content.decode()) == sees


def test_who_may_not_see_the_dispute_reads_the_number_alone(city, as_user, linked):
    procedure, made = linked
    procedure.dispute.access.exclude(why="organ").delete()
    page = as_user(city.users["agency_contact"]).get(made.get_absolute_url()).content.decode()
    assert procedure.number in page
    assert procedure.dispute.get_absolute_url() not in page


def by_a_step(city, _as_user) -> Procedure:
    return filed(suit(city), DAY, n=8)


def by_a_file(city, as_user) -> Procedure:
    numbered(city)
    office = as_user(worker(city, city.organizations["justice"]))
    confirmed(office, checked(office, city, xlsx(rows(2))))
    return Procedure.objects.get(number="试府复〔2026〕2号")


@pytest.mark.parametrize(
    ("enter", "number"),
    [(by_a_step, "（2026）鄂0199行初8号"), (by_a_file, "试府复〔2026〕2号")],
)
def test_a_case_that_is_entered_after_the_letter_is_linked_all_the_same(
    city, as_user, enter, number
):
    made = letter(city, issued_on=DAY)
    link, other = (made.cases.create(number=one) for one in (number, "（2026）鄂0199行初9号"))
    procedure = enter(city, as_user)

    link.refresh_from_db()
    other.refresh_from_db()
    assert (link.procedure, other.procedure) == (procedure, None)


def test_a_number_names_the_procedure_however_it_was_typed(city):
    procedure = court_case(city)
    found = procedures_by_number(
        city.jurisdiction.pk, ["（2026）鄂0199行初1号", "试某〔2026〕9号"]
    )
    assert found == {procedure.number: procedure}
