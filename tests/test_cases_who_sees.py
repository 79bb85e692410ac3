"""Who reads what of one dispute, walked through its pages: the matrix of the practice, by hand.

A dispute that the centre mediates while the court tries it. Of each part a sentence is
planted that stands nowhere else; every reader opens each page that there is, and what was
read is compared with the table below.
"""

from datetime import date, time
from html import unescape

import pytest
from django.db.models import Model
from django.urls import reverse

from cases.actions import hearings, preparations
from cases.actions.appearances import RecordWords, record_appearance
from cases.actions.corrections import propose_tolerance
from cases.actions.defence import write_strategy
from cases.actions.explanations import give_notice, record_explanation
from cases.actions.hearings import HearingWords
from cases.actions.intake import GuidanceWords, record_guidance
from cases.actions.losses import write_analysis
from cases.actions.mediation import record_session
from cases.actions.plans import submit_plan
from cases.actions.visits import arrange_visit
from cases.models import Dispute
from cases.views.sections import TABS
from tests.city import City
from tests.disputes import FILED, filed, moment, opened, party_part, procuratorate, stepped, suit
from tests.letters import account, agencies
from tests.test_cases_contacts import contact
from tests.test_cases_coordination import called
from tests.test_cases_defence import corrected, defence, power
from tests.test_cases_mediation import mediating, outsider, session
from tests.test_cases_outcomes import ANSWERS
from tests.test_cases_outcomes import WORDS as LOSS
from tests.test_cases_plans import approved
from tests.test_cases_plans import decided as authorized
from tests.test_cases_registers import referred
from tests.test_cases_risk import rated, warning
from tests.test_cases_transfers import sent
from tests.test_cases_visits import visited

DAY, LATER = date(2026, 3, 10), date(2026, 5, 20)

# What stands in a part and nowhere else.
PLANTED = {
    "guidance": "当事人选择先行调解的理由",
    "mediation session": "分三个月拆除的提议",
    "resolution plan": "延长期限并分期拆除",
    "decision authority": "不得免除罚款",
    "self-correction": "撤销责令限期拆除决定",
    "tolerance": "主动撤销未造成影响",
    "risk rating": "扬言集体上访",
    "early warning": "临时构筑物拆除引发的信访苗头",
    "contact on the case": "请求法院先行组织调解。",
    "coordination": "涉及四十余户，请共同研究化解办法。",
    "hand-over": "行政执法与行政审判衔接",
    "defence": "可以让步到退还全部罚款",
    "power of attorney": "受托人钱志强",
    "appearance": "局长赵建国",
    "preparation": "庭后总结程序意识不足",
    "loss analysis": "未告知听证权利",
    "explanation": "为何未采信证据三？",
    "legal aid": "低保家庭",
    "visit": "当事人对结果基本满意",
}

# Who reads it.
CASE = "bureau bureau_leader government agency court court_leader centre mediator procurator"
SEEN = f"""
dispute: {CASE}
guidance: {CASE}
mediation session: {CASE}
appearance: {CASE}
resolution plan: bureau bureau_leader agency court court_leader centre mediator
decision authority: bureau bureau_leader agency
self-correction: bureau bureau_leader agency
tolerance: bureau bureau_leader agency
risk rating: bureau bureau_leader agency court court_leader centre mediator
early warning: bureau bureau_leader agency
contact on the case: agency court court_leader
coordination: bureau bureau_leader court court_leader
hand-over: bureau bureau_leader court court_leader
defence: bureau bureau_leader government agency
power of attorney: bureau bureau_leader agency
preparation: bureau bureau_leader agency
loss analysis: bureau bureau_leader agency
explanation: court
legal aid: bureau
visit: bureau bureau_leader court court_leader
name in full: bureau bureau_leader government agency court court_leader centre procurator
"""
READERS = {
    "bureau": "gov_officer",
    "bureau_leader": "gov_deputy",
    "government": "gov_convenor",
    "agency": "agency_contact",
    "other_agency": "stranger",
    "court": "court_officer",
    "court_leader": "court_convenor",
    "centre": "centre_clerk",
    "mediator": "outsider",
    "procurator": "procurator",
    "system": "system_admin",
    "security": "security_admin",
    "audit": "audit_admin",
}
NAME = "张三"
"""Masked on every page; only in the notes of closed parts do people write it out."""
NOTED = {"bureau", "bureau_leader", "agency", "court", "court_leader"}
DRAFT = {"bureau", "bureau_leader", "agency"}


def by_hand() -> dict[str, set[str]]:
    lines = (line.split(": ") for line in SEEN.strip().splitlines())
    return {part: set(readers.split()) for part, readers in lines}


def sued(city: City) -> tuple[Dispute, list[Model]]:
    """The dispute with all its parts, and those that have a page of their own."""
    mediation = mediating(city)
    made = mediation.dispute
    units = [city.organizations[key] for key in ("gov", "agency")]
    case = suit(city, made, FILED, agencies=units)
    procuratorate(city)
    strange = agencies(city, 2)[1]
    account(city, "stranger", strange.key)
    stepped(mediation, "reassign", DAY, mediator=outsider(city), reason="回避")
    stepped(mediation, "acknowledge", DAY)
    own = [called(city, of=made), warning(city)]
    _settle(city, made, mediation)
    own += [_try(city, case), *_care(city, made, case)]
    return made, own


def _settle(city: City, made: Dispute, mediation) -> None:
    bureau = city.users["gov_officer"]
    words = GuidanceWords(
        city.organizations["justice"], True, DAY, "mediation", PLANTED["guidance"]
    )
    record_guidance(made.pk, actor=bureau, at=moment(DAY, 17), words=words)
    record_session(
        session(mediation, DAY).pk,
        actor=city.users["outsider"],
        at=moment(DAY, 18),
        came=[party_part(mediation)],
        offered=PLANTED["mediation session"],
    )
    authorized(city, made)
    referred(city, made)


def _care(city: City, made: Dispute, case) -> list[Model]:
    agency = city.users["agency_contact"]
    correction = corrected(city, made)
    given = {"at": moment(DAY), "grounds": PLANTED["tolerance"]}
    propose_tolerance(correction.pk, actor=agency, **given)
    rated(city, made, reason=PLANTED["risk rating"])
    contact(city, case)
    handled = defence(city, case)
    given = {"strategy": PLANTED["defence"], "experts_on": DAY, "experts": "王教授", "advice": ""}
    write_strategy(handled.pk, actor=agency, at=moment(DAY), **given)
    power(city, case, agent=PLANTED["power of attorney"])
    return [sent(city, made)]


def _try(city: City, case):
    """Tried, judged against the agency, served, explained, analysed and visited."""
    court, agency = city.users["court_officer"], city.users["agency_contact"]
    filed(case, DAY)
    for part in case.participants.agencies():
        stepped(case, "send", date(2026, 3, 11), served_party=part)
    hearing = hearings.set_hearing(
        case.pk,
        actor=court,
        at=moment(date(2026, 3, 25)),
        words=HearingWords(date(2026, 4, 8), time(9, 30), "第三法庭"),
    )
    hearings.hold(hearing.pk, actor=court, at=moment(date(2026, 4, 8), 17))
    row = hearing.appearances.get(organization__key="agency")
    came = RecordWords(
        came=True,
        speech=["resolution"],
        head_name=PLANTED["appearance"],
        head_post="局长",
        level="head",
    )
    record_appearance(row.pk, actor=court, at=moment(date(2026, 4, 8), 18), words=came)
    summary = {"at": moment(date(2026, 4, 9)), "summary": PLANTED["preparation"]}
    preparations.sum_up(row.pk, actor=agency, **summary)
    stepped(case, "pronounce", date(2026, 4, 20), mode="revoked", ground_of_loss="procedure")
    for part in case.participants.all():
        stepped(case, "serve", date(2026, 4, 21), served_party=part)
    loss = case.losses.get(organization__key="agency")
    write_analysis(loss.pk, actor=agency, at=moment(LATER), words=LOSS)
    asked = {"window": "行政庭 0000-1234", "answered_by": "承办法官"}
    told = give_notice(party_part(case).pk, actor=court, at=moment(LATER), **asked)
    record_explanation(told.pk, actor=court, at=moment(LATER, 17), words=ANSWERS)
    visit = arrange_visit(case.pk, actor=court, at=moment(LATER), on=LATER)
    visited(city, visit, on=LATER, who="court_officer", said=PLANTED["visit"])
    return hearing


def pages(made: Dispute, own: list[Model], agency) -> list[str]:
    """Every page on which something of the dispute may stand."""
    here = made.get_absolute_url()
    found = [f"{here}?tab={tab.key}" if tab.key else here for tab in TABS]
    found += [row.get_absolute_url() for row in own]
    found += [
        reverse("cases:plan", args=[made.public_id, one.public_id]) for one in made.plans.all()
    ]
    found.append(reverse("cases:authority", args=[made.public_id, agency.public_id]))
    aid = [(made.public_id, one.public_id) for one in made.legal_aid.all()]
    found += [reverse("cases:aid", args=keys) for keys in aid]
    registers = "performance losses visits notices warnings coordinations ratings appearances"
    return found + [reverse(f"cases:{name}") for name in registers.split()]


def read_by(client, addresses: list[str]) -> str:
    answers = (client.get(address) for address in addresses)
    return unescape("".join(one.content.decode() for one in answers if one.status_code == 200))


def opens_names(client, made: Dispute) -> bool:
    address = reverse("cases:reveal", args=[made.parties.first().public_id])
    return client.get(address).status_code == 200


@pytest.fixture
def scene(city):
    return sued(city)


def test_who_reads_which_part(city, as_user, scene):
    made, own = scene
    plan = approved(city, made)
    seen: dict[str, set[str]] = {part: set() for part in by_hand()}
    drafts = set()
    addresses = pages(made, own, city.organizations["agency"])
    for reader, key in READERS.items():
        if PLANTED["resolution plan"] in read_by(as_user(city.users[key]), addresses):
            drafts.add(reader)
    submit_plan(plan.pk, actor=None, at=moment(DAY, 17), on=DAY)
    opened(
        city,
        "supervision",
        made,
        city.organizations["procuratorate"],
        LATER,
        number="试检行监〔2026〕1号",
    )
    for reader, key in READERS.items():
        client = as_user(city.users[key])
        text = read_by(client, addresses)
        found = {part for part, words in PLANTED.items() if words in text}
        if client.get(made.get_absolute_url()).status_code == 200:
            found.add("dispute")
        if opens_names(client, made):
            found.add("name in full")
        assert NAME not in text or reader in NOTED, reader
        for part in found:
            seen[part].add(reader)

    assert drafts == DRAFT
    assert seen == by_hand()
