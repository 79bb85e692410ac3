"""A city after its meeting with one of every record, and every address of the portal."""

import sys
from dataclasses import dataclass
from datetime import date

import pytest
import time_machine
from django.db import transaction
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from demo.planner import analyze
from foundations.calendars.models import HolidayDay, HolidayYear
from foundations.calendars.tables import seed_notices
from foundations.ledgers.models import SavedView
from foundations.notifications.actions import make_feed
from foundations.notifications.models import Notice
from meetings.actions.issuing import prepare_paper
from meetings.actions.reports import report_progress
from meetings.actions.texts import draft_text, propose_text
from meetings.models import Invitation, Resolution, Topic
from members.models import (
    Handover,
    OrganizationGroup,
    Post,
    RoleBinding,
    RosterChange,
)
from services.consents.models import Consent
from services.deadlines.models import Move
from services.documents.attachments import attach
from suggestions.actions.extensions import ask_extension
from suggestions.actions.proposals import notice_classes
from suggestions.actions.reports import ReportWords, issue_report, prepare_report
from suggestions.actions.supervision import urge
from suggestions.models import Proposal, Report
from suggestions.periods import Period
from suggestions.states import LetterState, MeasureKind, UrgingLevel
from tests.answering import limit, replied, served
from tests.city import City, make_city
from tests.gatherings import text_file
from tests.importing import kept_columns, uploaded
from tests.letters import letter
from tests.matters import matters
from tests.meeting_day import held
from tests.sitting import moment
from tests.worlds import WORLDS

LATER = moment(date(2026, 11, 26), 16)
REFUSED = {403, 404}


def addresses() -> dict[str, tuple[str, ...]]:
    """Every named address of the portal and the parameters that it takes."""
    return dict(_named(get_resolver("liaison_portal.urls"), ""))


def _named(resolver: URLResolver, space: str):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _named(entry, inner)
        elif isinstance(entry, URLPattern) and entry.name:
            yield f"{space}{entry.name}", tuple(entry.pattern.converters)


# Room and record of each address, then its names.
TABLE = """
meetings meeting: detail day arrange postpone cancel swap recorder record-start record-end
    record-wall close topic-new agenda agenda-propose invitations invitations-prepare invite
    remind notice notice-preview calendar resolution-add
meetings topic: record-open record-pause record-next record-notes record-draft
    record-draft-drop record-outcome record-resolution topic topic-edit topic-material
    topic-accept topic-again topic-move
meetings closed_topic: readers undertaking
meetings invitation: record-attendance invitation invitation-drop receipt slip
meetings resolution: record-edit record-remove resolution resolution-report
    resolution-cancel resolution-due resolution-lead resolution-reopen
meetings report: report-accept report-return
meetings text: text text-revise text-propose text-answer text-recall text-issue text-drafts
    text-preview
meetings consent: answer take-back
meetings key: plan restart propose-ad-hoc
documents document: detail progress void retry preview
documents attachment: attachment attachment-remove
documents body: roster-paper
documents change: change-notice change-notice-preview
documents handover: handover-sheet
members organization: organization organization-edit organization-succeed alias-end
members post: post-end
members handover: handover
members person: person person-edit person-reveal post-new handover-new
members body: roster roster-change
members binding: role-end
members account: account-detail account-disable account-enable account-expiry account-reset
    role-bind
mechanisms key: text
ledgers view: delete-view
notifications told: read
notifications secret: feed
deadlines deadline: record
meetings advised: topic-from-plan
suggestions letter: detail withdraw attach add-addressee sign-copy
suggestions draft: edit issue preview
suggestions advised: assign measures finish verify reopen review objection
suggestions waiting: serve sign readdress reply register extension urge
suggestions reply: reply-file reply-paper
suggestions measure: measure-done
suggestions asked: extension-answer
suggestions supervision: supervision supervision-answer talk-record supervision-settle
suggestions proposal: proposal proposal-accept proposal-dismiss
suggestions sum: report report-issue
suggestions unit: unit
cases unit: unit
cases dispute: detail guidance checklist party-enter agent agency-enter lead lead-answer
    lead-withdraw choose help-new aid-new coordination-new transfer-new correction-new
    rating-new inquiry-new
cases inquiry: inquiry-answer
cases spoken: agents-carry
cases party: reveal party-correct
cases agency: agency-seat
cases professional: professional
cases coordination: coordination coordination-call coordination-answer coordination-log
    coordination-step coordination-close
cases coordination_step: coordination-step-done coordination-step-drop
cases transfer: transfer-answer
cases suit: contact-new defence-organize power-new
cases power: power-revoke
cases defence: defence-plan defence-paper defence-seal
cases defence_paper: defence-receive
cases seal: seal-answer
cases correction: tolerance
cases tolerated: tolerance-decide
cases warning: warning warning-follow warning-assign warning-close
cases assessment: assessment assessment-conclude assessment-duty
cases concluded: assessment-decided
cases carried_out: assessment-compare
cases opinion: opinion
cases duty: duty-done
cases hearing: hearing hearing-change hearing-told hearing-adjourn hearing-cancel
cases past_hearing: hearing-hold
cases appearance: appearance-call appearance-serve appearance-sign appearance-reply
    appearance-identity appearance-excuse appearance-finding appearance-stand-in
    appearance-prepare
cases joint: appearance-agree
cases heard: appearance-record appearance-sum-up
cases allowance: allowance
cases performance: performed performance-confirm performance-release
cases decision: performance-new performance-report visit-arrange
cases visit: visit
cases notice: notice-send notice-receipt notice-omit
cases loss: loss-want loss-write loss-review loss-rectified loss-waive
cases part: explanation-notice
cases explanation: explanation-record
cases issued: paper-void
cases uploaded: import import-columns import-confirm import-discard import-faults
cases columns: mapping mapping-remove
"""

MEDIATION = "session-new agreement agreement-sign"
HELP = "assign answer cancel"


def cases():
    """The parts of every address that takes any: its record, then what follows it."""
    tables = "\n".join(part.TABLE.strip() for part in (sys.modules[__name__], *WORLDS))
    for line in filter(None, tables.replace("\n    ", " ").splitlines()):
        head, _colon, names = line.partition(":")
        room, record = head.split()
        yield from ((f"{room}:{name}", (record,)) for name in names.split())
    yield "meetings:text-new", ("meeting", "minutes")
    yield "meetings:sheet", ("meeting", "agenda")
    yield "meetings:topic-decide", ("topic", "withdraw")
    yield "documents:file", ("document", "pdf")
    yield "members:group", ("place", "group")
    yield from disputes()
    for part in WORLDS:
        yield from part.MORE.items()


def disputes():
    """What belongs to a dispute and is found under its address, or is one of many kinds."""
    mediation = ("mediated", "mediation")
    yield "cases:allowance-paper", ("pdf",)
    yield "cases:consents", ("wanting", "consenting")
    yield from ((f"cases:{one}", mediation) for one in MEDIATION.split())
    yield "cases:way-out", ("failed", "failing")
    yield "cases:way-given-up", ("guided", "guiding")
    yield "cases:allowance-new", ("settled", "settlement")
    yield "cases:session", ("mediated", "session")
    yield "cases:session-cancel", ("mediated", "session")
    yield "cases:session-call", ("mediated", "call")
    yield "cases:session-urge", ("mediated", "call")
    yield "cases:plan-edit", ("mediated", "unit")
    yield "cases:plan", ("mediated", "plan")
    yield "cases:plan-approve", ("mediated", "plan")
    yield "cases:plan-submit", ("approved", "ready_plan")
    yield "cases:authority", ("mediated", "unit")
    yield "cases:authority-new", ("mediated", "unit")
    yield from ((f"cases:help-{one}", ("dispute", "help")) for one in HELP.split())
    yield "cases:aid", ("dispute", "aid")
    yield "cases:import-template", ("reconsideration",)
    yield "cases:export", ("own-reconsideration",)
    yield "cases:hearing-set", ("tried", "trial")
    yield "cases:open", ("dispute", "reconsideration")
    yield "cases:step", ("tried", "trial", "suspend")
    papers = ("resolution_plan", "ready_plan")
    yield from ((f"cases:{one}", papers) for one in ("paper", "paper-preview", "paper-word"))


CASES: dict[str, tuple[str, ...]] = dict(cases())


@dataclass(frozen=True)
class World:
    """A city after its meeting, with one of every record, and the people kept out."""

    city: City
    elsewhere: City
    ids: dict[str, str]

    def address(self, name: str) -> str:
        return reverse(name, args=[self.ids.get(part, part) for part in CASES[name]])


@pytest.fixture(scope="module")
def peopled(django_db_setup, django_db_blocker):
    """The world, made once for a module and taken away again."""
    with django_db_blocker.unblock(), transaction.atomic():
        seed_notices(HolidayYear, HolidayDay)
        city = make_city()
        with time_machine.travel(LATER, tick=False):
            made = World(city, make_city("elsewhere"), _records(city))
        analyze()
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def world(peopled, db):
    with time_machine.travel(LATER, tick=False):
        yield peopled


def _records(city) -> dict[str, str]:
    officer, other = city.users["court_officer"], city.users["gov_officer"]
    sitting = held(city)
    topic, resolution = sitting.topics["case"], Resolution.objects.get()
    attachment = attach(
        topic,
        text_file(),
        actor=other,
        at=LATER,
        jurisdiction=city.jurisdiction,
        declared=True,
    )
    report = report_progress(
        resolution.pk, actor=city.users["agency_contact"], at=LATER, text="已起草", done=True
    )
    text = draft_text(sitting.meeting.pk, "minutes", actor=officer, at=LATER)
    document = prepare_paper(text.pk, actor=officer, at=LATER)
    propose_text(text.pk, actor=officer, at=LATER)
    closed = sitting.topics["advice"]
    Topic.objects.filter(pk=closed.pk).update(confidential=True, submitted_by=other)
    person = city.people["gov_officer"]
    rows = {
        "meeting": sitting.meeting,
        "topic": topic,
        "closed_topic": closed,
        "invitation": Invitation.objects.get(person=person),
        "resolution": resolution,
        "report": report,
        "text": text,
        "document": document,
        "attachment": attachment,
        "consent": Consent.objects.latest("pk"),
        "organization": city.organizations["justice"],
        "post": Post.objects.get(person=person),
        "person": person,
        "handover": Handover.objects.create(
            giver=person, taker=city.people["recorder"], on=date(2026, 11, 26), reason="调离"
        ),
        "body": city.body,
        "change": RosterChange.objects.create(
            body=city.body, on=date(2026, 11, 26), reason="调整"
        ),
        "binding": RoleBinding.objects.get(user=other),
        "view": SavedView.objects.create(owner=other, ledger="people", name="甲"),
        "told": Notice.objects.filter(recipient=city.users["agency_contact"]).latest("pk"),
    }
    rows |= advice(city)
    rows |= matters(city)
    for part in WORLDS:
        rows |= part.records(city)
    rows["uploaded"] = uploaded(city)
    rows["columns"] = kept_columns(city)
    group = OrganizationGroup.objects.create(
        jurisdiction=city.jurisdiction, key="streets", name="街道"
    )
    return {
        **{part: row.public_id for part, row in rows.items()},
        "key": city.mechanism.key,
        "place": city.jurisdiction.key,
        "group": group.key,
        "account": other.username,
        "secret": make_feed(actor=other, at=LATER),
    }


def advice(city) -> dict[str, Model]:
    """Letters of the court to the agency: one that is carried out, one that waits for its
    reply and was urged, a third on the same, a draft; what the portal noticed; a report."""
    officer, contact = city.users["court_officer"], city.users["agency_contact"]
    advised = served(city)
    reply = replied(city, advised)
    waiting = served(city)
    asked = ask_extension(
        waiting.pk, actor=contact, at=LATER, until_on=date(2026, 12, 18), reason="涉及多部门"
    )
    supervision = urge(
        waiting.pk,
        actor=officer,
        at=LATER,
        kind=MeasureKind.URGING,
        level=UrgingLevel.GENERAL,
        due_on=date(2026, 12, 14),
        reason="年底前须办结",
        copied_to=[city.organizations["justice"].pk],
    )
    letter(city)
    draft = letter(city, state=LetterState.DRAFT)
    notice_classes(on=LATER.date(), at=LATER)
    reply_limit = limit(waiting, waiting.suggestion.reply_rule)
    Move.objects.create(
        deadline=reply_limit,
        before_on=reply_limit.due_on,
        after_on=date(2026, 12, 1),
        counted_with="2026-2",
    )
    return {
        "letter": advised.suggestion,
        "draft": draft,
        "advised": advised,
        "waiting": waiting,
        "reply": reply,
        "measure": advised.measures.first(),
        "asked": asked,
        "supervision": supervision,
        "proposal": Proposal.objects.earliest("pk"),
        "sum": _reported(city),
        "unit": city.organizations["agency"],
        "deadline": reply_limit,
    }


def _reported(city) -> Report:
    """How the court's letters of the third quarter stand, told to the bureau."""
    officer = city.users["court_officer"]
    report = prepare_report(
        city.mechanism.pk,
        actor=officer,
        at=LATER,
        organization_id=city.organizations["court"].pk,
        period=Period(2026, 3),
        words=ReportWords(told=(city.organizations["justice"].pk,), number="试法通〔2026〕3号"),
    )
    return issue_report(report.pk, actor=officer, at=LATER)


def client_of(user) -> Client:
    client = Client()
    client.force_login(user, backend="members.backends.AccountBackend")
    return client


def status(answer) -> int:
    if answer.streaming:
        answer.getvalue()  # to the end, which closes the file but not the test's connection
    return answer.status_code
