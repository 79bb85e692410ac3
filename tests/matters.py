"""Disputes with one of everything that hangs on them, for whoever walks every page.

Each record is in the state in which its pages are open to somebody.
"""

from datetime import date, time

from django.db.models import Model

from cases.actions import hearings
from cases.actions.assessments import conclude, give_opinion, note_decision, set_duty
from cases.actions.attending import stand_in
from cases.actions.corrections import propose_tolerance
from cases.actions.defence import PaperWords, SealWords, ask_seal, route_paper
from cases.actions.explanations import give_notice
from cases.actions.hearings import HearingWords
from cases.actions.lead import add_concerned, propose_lead
from cases.actions.mediation import show_way
from cases.actions.papers import issue_paper
from cases.actions.parties import AgentWords, enter_agent
from cases.actions.visits import arrange_visit
from cases.models import Appearance, Dispute, Hearing, Procedure
from tests.city import City
from tests.disputes import (
    accepted,
    account,
    agency_part,
    dispute,
    filed,
    moment,
    party_part,
    reconsideration,
    stepped,
    suit,
    unit,
)
from tests.test_cases_contacts import contact
from tests.test_cases_coordination import called
from tests.test_cases_coordination import step as measure
from tests.test_cases_defence import corrected, defence, power, sued
from tests.test_cases_inquiries import asked as inquired
from tests.test_cases_mediation import agreed, mediating, mediation, session
from tests.test_cases_plans import approved, planned
from tests.test_cases_plans import decided as authorized
from tests.test_cases_registers import asked as helped
from tests.test_cases_registers import listed, proposed, referred, resolved
from tests.test_cases_risk import asked as assessed
from tests.test_cases_risk import rated, warning
from tests.test_cases_transfers import sent

Rows = dict[str, Model]
HEARD, AHEAD = date(2026, 4, 8), date(2026, 12, 16)
SET = date(2026, 3, 25)


def matters(city: City) -> Rows:
    """The records, by the names under which the tables of addresses know them."""
    return settling(city) | caring(city) | suing(city) | deciding(city) | registered(city)


def settling(city: City) -> Rows:
    """A dispute that is mediated, others whose mediation succeeded, failed or is not agreed."""
    procedure = mediating(city)
    mediated = procedure.dispute
    done = resolved(city)
    failing = mediating(city)
    stepped(failing, "close", date(2026, 3, 20), mode="failed", reason="分歧过大")
    consenting = mediation(city)
    guided = _guided(city)
    planning = session(procedure)
    plan = planned(city, mediated)
    ready = approved(city)
    authorized(city, mediated)
    issued = issue_paper(
        "resolution_plan",
        approved(city).pk,
        actor=city.users["agency_contact"],
        at=moment(SET),
        on=SET,
    )
    agreed(city, procedure)
    return {
        "mediated": mediated,
        "mediation": procedure,
        "session": planning,
        "call": planning.calls.get(),
        "settled": done.dispute,
        "settlement": done.procedure,
        "failed": failing.dispute,
        "failing": failing,
        "guided": guided.dispute,
        "guiding": guided,
        "wanting": consenting.dispute,
        "consenting": consenting,
        "plan": plan,
        "approved": ready.dispute,
        "ready_plan": ready,
        "allowance": proposed(city),
        "issued": issued,
    }


def _guided(city: City) -> Procedure:
    """A mediation that failed; the party was shown another way, and has not gone it."""
    failed = mediating(city)
    stepped(failed, "close", date(2026, 3, 20), mode="failed", reason="分歧过大")
    given = {"way": "reconsideration", "reason": "更快", "on": date(2026, 3, 20)}
    show_way(failed.pk, actor=None, at=moment(SET), **given)
    return failed


def registered(city: City) -> Rows:
    """A dispute of two agencies with a lead proposed; help and legal aid asked for."""
    natural = unit(city, "natural", "试验市自然资源和规划局", "市自然资源局")
    account(city, "natural_clerk", "natural")
    bureau = city.users["gov_officer"]
    shared = dispute(city)
    suit(city, shared, date(2026, 3, 3))
    row = add_concerned(shared.pk, actor=bureau, at=moment(SET), agency=natural)
    propose_lead(shared.pk, actor=bureau, at=moment(SET), agency=natural, reason="由其作出")
    helper = helped(city, shared)
    return {
        "dispute": shared,
        "party": shared.parties.first(),
        "agency": shared.concerned.exclude(pk=row.pk).get(),
        "professional": listed(city),
        "help": helper,
        "aid": referred(city, shared),
        "inquiry": inquired(city, shared),
    }


def caring(city: City) -> Rows:
    """Coordination, hand-over, defence, self-correction, risk, contacts, assessments."""
    case = sued(city)
    coordination = called(city, of=case.dispute)
    handled = defence(city, case)
    words = PaperWords("complaint", "应诉通知书", city.organizations["agency"], date(2026, 3, 4))
    paper = route_paper(handled.pk, actor=city.users["gov_officer"], at=moment(SET), words=words)
    wanted = SealWords("答辩状", date(2026, 4, 1))
    contact_of_agency = city.users["agency_contact"]
    seal = ask_seal(handled.pk, actor=contact_of_agency, at=moment(SET), words=wanted)
    correction, tolerated = corrected(city), corrected(city)
    propose_tolerance(tolerated.pk, actor=contact_of_agency, at=moment(SET), grounds="主动撤销")
    rated(city, case.dispute, reason="扬言上访")
    contact(city, case)
    return assessing(city) | {
        "suit": case,
        "sued": case.dispute,
        "coordination": coordination,
        "coordination_step": measure(city, coordination),
        "transfer": sent(city),
        "defence": handled,
        "defence_paper": paper,
        "seal": seal,
        "power": power(city, case),
        "correction": correction,
        "tolerated": tolerated,
        "warning": warning(city),
    }


def assessing(city: City) -> Rows:
    """A decision on which opinions are asked, one concluded upon, one being carried out."""
    agency = city.users["agency_contact"]
    asking, concluded, carried = assessed(city), assessed(city), assessed(city)
    for one in (concluded, carried):
        opinion = one.opinions.get(organization__key="justice")
        bureau = city.users["gov_officer"]
        give_opinion(
            opinion.pk, actor=bureau, at=moment(SET), on=SET, level="low", text="风险可控"
        )
        plan = {"level": "low", "foreseen": "补偿争议", "prevention": "先行告知"}
        conclude(one.pk, actor=agency, at=moment(SET), on=SET, **plan)
    note_decision(carried.pk, actor=agency, at=moment(SET), on=SET)
    unit = city.organizations["agency"]
    given = {"what": "逐户告知", "owed_by": unit, "due_on": AHEAD}
    return {
        "assessment": asking,
        "opinion": asking.opinions.get(organization__key="court"),
        "concluded": concluded,
        "carried_out": carried,
        "duty": set_duty(carried.pk, actor=agency, at=moment(SET), **given),
    }


def _served(city: City, n: int) -> Procedure:
    case = filed(suit(city), date(2026, 3, 9), n=n)
    return stepped(case, "send", date(2026, 3, 11), served_party=agency_part(case))


def _hearing(city: City, n: int, on: date) -> Hearing:
    return hearings.set_hearing(
        _served(city, n).pk,
        actor=city.users["court_officer"],
        at=moment(SET),
        words=HearingWords(on, time(9, 30), "第三法庭"),
    )


def suing(city: City) -> Rows:
    """A hearing that is to come, one that was held; a judgment that was served."""
    court = city.users["court_officer"]
    ahead, past, heard = (
        _hearing(city, n, on) for n, on in ((11, AHEAD), (12, HEARD), (13, HEARD))
    )
    hearings.hold(heard.pk, actor=court, at=moment(HEARD, 17))
    case = _served(city, 14)
    stepped(case, "hear", date(2026, 4, 1))
    stepped(case, "pronounce", date(2026, 4, 20), mode="revoked", ground_of_loss="procedure")
    for part in case.participants.all():
        stepped(case, "serve", date(2026, 4, 21), served_party=part)
    explained = give_notice(
        party_part(case, 1).pk,
        actor=court,
        at=moment(date(2026, 4, 22)),
        window="行政庭 0000-1234",
        answered_by="承办法官",
    )
    return {
        "explanation": explained,
        "trial": ahead.procedure,
        "tried": ahead.procedure.dispute,
        "hearing": ahead,
        "past_hearing": past,
        "appearance": Appearance.objects.get(hearing=ahead),
        "joint": joint(city),
        "spoken": spoken(city),
        "heard": Appearance.objects.get(hearing=heard),
        "judgment": case,
        "part": party_part(case),
    }


def joint(city: City) -> Appearance:
    """An agency that asked the government's head to come for both."""
    case = filed(sued(city), date(2026, 3, 9), n=15)
    words = HearingWords(AHEAD, time(9, 30), "第三法庭")
    court = city.users["court_officer"]
    hearing = hearings.set_hearing(case.pk, actor=court, at=moment(SET), words=words)
    agency, government = (
        hearing.appearances.get(organization__key=key) for key in ("agency", "gov")
    )
    asking = {"actor": city.users["agency_contact"], "at": moment(SET)}
    return stand_in(agency.pk, for_whom=government, **asking)


def spoken(city: City) -> Dispute:
    """Reconsidered with a lawyer, then sued without anybody yet."""
    made = dispute(city)
    first = reconsideration(city, made)
    lawyer = AgentWords("李明远", "律师", "试验律师事务所")
    enter_agent(party_part(first).pk, actor=None, at=moment(SET), words=lawyer)
    stepped(first, "refuse", date(2026, 3, 6))
    suit(city, made, date(2026, 3, 9), earlier=first, reason="不服复议")
    return made


def _decided(city: City, n: int, mode: str = "ordered") -> Procedure:
    made = accepted(reconsideration(city), date(2026, 3, 5), n=n)
    stepped(made, "send", date(2026, 3, 9))
    stepped(made, "answered", date(2026, 3, 16), respondent=agency_part(made))
    stepped(made, "heard", date(2026, 3, 20), method="phone", note="听取了申请人的意见")
    given = {"performance_due": date(2026, 5, 29)} if mode == "ordered" else {}
    return stepped(made, "decide", date(2026, 4, 20), mode=mode, **given)


def deciding(city: City) -> Rows:
    """Decisions that order something: what is owed, told, analysed and visited."""
    made, visited = _decided(city, 21), _decided(city, 22)
    _decided(city, 23, "upheld")
    visit = arrange_visit(
        visited.pk,
        actor=city.users["gov_officer"],
        at=moment(date(2026, 5, 30)),
        on=date(2026, 5, 30),
    )
    return {
        "decision": made,
        "performance": made.performances.get(),
        "notice": made.notices.get(to="upper"),
        "loss": made.losses.get(),
        "visit": visit,
    }
