"""A city after its meeting with one of every record, and every address of the portal."""

from dataclasses import dataclass
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from foundations.ledgers.models import SavedView
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
from services.documents.attachments import attach
from tests.city import City, make_city
from tests.gatherings import text_file
from tests.meeting_day import held
from tests.sitting import moment

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
members organization: organization organization-edit organization-succeed
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
"""


def cases():
    """The parts of every address that takes any: its record, then what follows it."""
    for line in TABLE.replace("\n    ", " ").strip().splitlines():
        head, _colon, names = line.partition(":")
        room, record = head.split()
        yield from ((f"{room}:{name}", (record,)) for name in names.split())
    yield "meetings:text-new", ("meeting", "minutes")
    yield "meetings:sheet", ("meeting", "agenda")
    yield "meetings:topic-decide", ("topic", "withdraw")
    yield "documents:file", ("document", "pdf")
    yield "members:group", ("place", "group")


CASES: dict[str, tuple[str, ...]] = dict(cases())


@dataclass(frozen=True)
class World:
    """A city after its meeting, with one of every record, and the people kept out."""

    city: City
    elsewhere: City
    ids: dict[str, str]

    def address(self, name: str) -> str:
        return reverse(name, args=[self.ids.get(part, part) for part in CASES[name]])


@pytest.fixture
def world(city):
    with time_machine.travel(LATER, tick=False):
        yield World(city, make_city("elsewhere"), _records(city))


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
    group = OrganizationGroup.objects.create(
        jurisdiction=city.jurisdiction, key="streets", name="街道"
    )
    return {
        **{part: row.public_id for part, row in rows.items()},
        "key": city.mechanism.key,
        "place": city.jurisdiction.key,
        "group": group.key,
        "account": other.username,
    }


def client_of(user) -> Client:
    client = Client()
    client.force_login(user, backend="members.backends.AccountBackend")
    return client


def status(answer) -> int:
    if answer.streaming:
        answer.getvalue()  # to the end, which closes the file but not the test's connection
    return answer.status_code
