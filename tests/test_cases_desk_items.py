"""Every sort of matter that a dispute lays on a desk: on whose, with which button, and that
the button leads to a page where this reader can do it."""

from collections.abc import Callable
from datetime import date

import pytest

from cases import work
from cases.actions import appearances
from cases.actions.corrections import propose_tolerance
from cases.actions.defence import PaperWords, SealWords, ask_seal, route_paper
from cases.actions.losses import write_analysis
from cases.actions.warnings import follow_warning
from cases.models import Defence
from tests.disputes import agency_part, dispute, filed, keeping, moment, stepped, suit
from tests.test_cases_coordination import called
from tests.test_cases_coordination import step as measure
from tests.test_cases_defence import corrected, defence, sued
from tests.test_cases_hearings import DAY as HEARD
from tests.test_cases_hearings import court_case, held, of, sat
from tests.test_cases_lead import natural, propose, shared  # noqa: F401 - fixtures
from tests.test_cases_mediation import mediating
from tests.test_cases_outcomes import WORDS, acting
from tests.test_cases_performance import decided, done, the_item
from tests.test_cases_plans import approved, planned
from tests.test_cases_registers import asked
from tests.test_cases_risk import AT, carried_out, rated, warning
from tests.test_cases_risk import asked as opinions_asked
from tests.test_cases_transfers import sent
from tests.test_cases_visits import arranged

ON = date(2026, 4, 3)
LATER = date(2026, 4, 28)


def hearing_called(city):
    hearing = sat(city, court_case(city))
    appearances.call_head(
        of(hearing).pk,
        actor=city.users["court_officer"],
        at=moment(date(2026, 3, 30)),
        call="notice",
        reasons=["group"],
    )


def hearing_held(city):
    held(city, sat(city, court_case(city)))


def paper_sent(city):
    made = defence(city)
    words = PaperWords(
        kind="complaint",
        title="起诉状副本",
        sent_to=city.organizations["agency"],
        sent_on=date(2026, 3, 6),
    )
    at = moment(date(2026, 3, 6), 17)
    route_paper(made.pk, actor=city.users["gov_officer"], at=at, words=words)


def seal_asked(city):
    made = defence(city)
    words = SealWords(paper="答辩状", copies=2, needed_on=date(2026, 3, 12))
    at = moment(date(2026, 3, 6), 17)
    ask_seal(made.pk, actor=city.users["agency_contact"], at=at, words=words)


def government_sued(city):
    filed(sued(city), date(2026, 3, 4), n=7)


def plan_prompted(city):
    keeping(city, "XS-PLAN")
    case = filed(suit(city), date(2026, 3, 24))
    stepped(case, "send", date(2026, 3, 27), served_party=agency_part(case))


def mediation_failed(city):
    stepped(mediating(city), "close", date(2026, 3, 20), mode="failed", reason="分歧过大")


def performed(city):
    item = the_item(decided(city))
    done(city, item, date(2026, 4, 24))


def loss_written(city):
    loss = decided(city).losses.get()
    write_analysis(loss.pk, **acting(city, "agency_contact"), words=WORDS)


def tolerance_proposed(city):
    contact = city.users["agency_contact"]
    propose_tolerance(corrected(city).pk, actor=contact, at=AT, grounds="主动撤销，未造成影响")


Setting = Callable[..., object]
ITEMS: list[tuple[str, Setting, date, str, str, str]] = [
    # what, how it came, on which day, whose desk, in which group, the button
    ("call to sign for", hearing_called, ON, "agency_contact", "sign", "签收"),
    ("reply slip", hearing_called, ON, "agency_contact", "todo", "报送回执"),
    ("call to serve", hearing_called, ON, "court_officer", "todo", "记录"),
    ("hearing of the week", hearing_called, ON, "court_officer", "waiting", "查看"),
    ("hearing to record", hearing_called, HEARD, "court_officer", "todo", "记录"),
    ("appearance to record", hearing_held, HEARD, "court_officer", "todo", "记录"),
    ("coordination", called, ON, "court_officer", "sign", "答复"),
    ("measure", lambda c: measure(c, called(c)), ON, "gov_officer", "todo", "填报完成情况"),
    ("hand-over", sent, ON, "court_officer", "sign", "签收"),
    ("paper of a defence", paper_sent, ON, "agency_contact", "sign", "签收"),
    ("seal", seal_asked, ON, "gov_officer", "todo", "答复"),
    ("seal asked for", seal_asked, ON, "agency_contact", "waiting", "查看"),
    ("government sued", government_sued, ON, "gov_officer", "todo", "组织应诉"),
    ("warning", warning, ON, "agency_contact", "todo", "跟进"),
    ("opinion", opinions_asked, ON, "court_officer", "todo", "提出意见"),
    ("duty", carried_out, ON, "agency_contact", "todo", "填报完成情况"),
    (
        "rating to review",
        lambda c: rated(c, dispute(c), reason="多人"),
        date(2026, 5, 25),
        "gov_officer",
        "todo",
        "评定",
    ),
    ("tolerance", tolerance_proposed, ON, "gov_officer", "todo", "登记决定"),
    ("to perform", decided, LATER, "agency_contact", "todo", "报告已履行"),
    ("to confirm", performed, LATER, "gov_officer", "todo", "确认"),
    ("to visit", arranged, date(2026, 6, 1), "gov_officer", "todo", "填写回访记录"),
    ("to tell one by one", decided, LATER, "gov_officer", "todo", "记录已抄告"),
    ("to tell together", lambda c: decided(c, "upheld"), LATER, "gov_officer", "todo", "集中抄告"),
    ("loss", decided, LATER, "agency_contact", "todo", "撰写"),
    ("loss to review", loss_written, LATER, "gov_officer", "todo", "审核"),
    ("failed mediation", mediation_failed, ON, "centre_clerk", "todo", "记录告知"),
    ("authority", mediating, ON, "agency_contact", "todo", "记录授权"),
    ("plan wanted", plan_prompted, ON, "agency_contact", "todo", "撰写方案"),
    ("plan to approve", planned, ON, "agency_contact", "todo", "记录审定"),
    ("plan to submit", approved, ON, "agency_contact", "todo", "递交"),
    ("help to assign", asked, ON, "gov_officer", "todo", "指派"),
]


@pytest.mark.parametrize(
    ("setting", "on", "who", "group", "verb"),
    [row[1:] for row in ITEMS],
    ids=[row[0] for row in ITEMS],
)
def test_it_lies_on_the_desk_and_its_button_leads_to_the_deed(
    city, as_user, setting, on, who, group, verb
):
    setting(city)
    found = work.items(city.users[who], on)
    mine = [one for one in found if (one.group, one.verb) == (group, verb)]
    assert mine, [(one.group, one.verb, one.title) for one in found]
    client = as_user(city.users[who])
    for one in mine:
        assert client.get(one.url).status_code == 200, one.url


def test_a_paper_and_a_seal_of_one_dispute_lie_both_on_the_desk(city):
    paper_sent(city)
    words = SealWords(paper="答辩状", copies=2, needed_on=date(2026, 3, 12))
    at = moment(date(2026, 3, 6), 17)
    contact = city.users["agency_contact"]
    ask_seal(Defence.objects.get().pk, actor=contact, at=at, words=words)

    found = {one.title.partition("：")[0] for one in work.items(contact, ON)}

    assert {"应诉文书", "用印申请"} <= found


def test_a_followed_warning_and_a_court_s_opinion_press_nobody(city):
    made, contact = warning(city), city.users["agency_contact"]
    follow_warning(made.pk, actor=contact, at=AT, on=AT.date(), text="已约谈")
    opinions_asked(city)

    assert not [one for one in work.items(contact, ON) if "预警" in one.title]
    days = {
        who: next(one for one in work.items(city.users[who], ON) if "风险评估" in one.title).day
        for who in ("court_officer", "gov_officer")
    }
    assert days == {"court_officer": None, "gov_officer": date(2026, 3, 12)}


def test_the_court_is_asked_which_agency_leads(city, as_user, shared, natural):  # noqa: F811
    propose(city, shared, natural)
    court = city.users["court_officer"]
    item = next(one for one in work.items(court, ON) if "牵头" in one.title)
    assert (item.group, item.verb) == ("sign", "答复")
    assert as_user(court).get(item.url).status_code == 200
    assert not [one for one in work.items(city.users["gov_officer"], ON) if "牵头" in one.title]


def test_every_matter_of_a_reader_leads_somewhere(city, as_user):
    """One reader of each side, with all of it at once."""
    for setting in BUSY:
        setting(city)
    for who in ("gov_officer", "court_officer", "agency_contact", "centre_clerk"):
        client = as_user(city.users[who])
        for one in work.items(city.users[who], ON):
            assert client.get(one.url).status_code in (200, 302), (who, one.title, one.url)


BUSY = (hearing_called, called, decided, mediation_failed, government_sued, sent, planned)


@pytest.mark.parametrize(
    ("who", "most"), [("gov_officer", 8), ("court_officer", 9), ("agency_contact", 8)]
)
def test_a_busy_desk_costs_the_same_for_any_number_of_matters(
    city, who, most, django_assert_max_num_queries
):
    """One question what there is, and one for each sort that there is."""
    user = city.users[who]
    for setting in BUSY:
        setting(city)
    work.items(user, ON)
    with django_assert_max_num_queries(most) as first:
        before = len(work.items(user, ON))
    for _time in range(2):
        called(city, of=dispute(city))
        planned(city, of=dispute(city))
        sent(city, of=dispute(city))
    with django_assert_max_num_queries(len(first)):
        assert len(work.items(user, ON)) > before


def test_an_enterprise_goes_before_others_of_the_same_day(city):
    """YC-7: the green channel."""
    dispute(city, act="先登记的")
    dispute(city, act="企业的", enterprise=True)
    dispute(city, act="后登记的")
    found = work.items(city.users["gov_officer"], ON)
    assert [one.ahead for one in found] == [True, False, False]
    assert "涉企绿色通道" in found[0].meta
