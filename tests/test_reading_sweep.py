"""Every address, reached by a link: nothing changes without a form, nor without its token."""

import re
from datetime import date, time

import pytest
from django.db import connection, reset_queries
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundations.audit.models import AuditEntry
from meetings.actions.ad_hoc import propose_ad_hoc
from members.models import RosterChange, Seat
from services.consents.models import Consent
from tests.world import CASES, LATER, World, addresses, client_of, status

# Between them they are entitled to every page.
READERS = (
    "gov_officer",
    "court_officer",
    "agency_contact",
    "natural_clerk",
    "centre_clerk",
    "system_admin",
    "security_admin",
    "audit_admin",
)
# What only changes something and has no page of its own.
BUTTONS = """
members: sign-out person-reveal account-disable account-enable account-expiry account-reset
    role-bind
notifications: read read-all feed-make feed-revoke messenger-code
ledgers: save-view delete-view
meetings: record-start record-open record-pause record-next record-notes record-draft
    record-draft-drop record-outcome record-resolution record-edit record-remove
    record-attendance topic-material topic-accept topic-again topic-move agenda-propose
    invitations-prepare invitation-drop activity-drop remind report-accept text-propose
    text-recall take-back
    topic-from-plan
problems: class-case-bulletin
assessments: scheme-next item-remove sheet-count agree
returns: accept declaration-note
suggestions: attach sign sign-copy proposal-accept report-issue
documents: void retry attachment-remove
cases: lead-withdraw defence-receive notice-list-preview import-columns import-confirm
    import-discard mapping-remove session-urge
bulletins: send approve sign circulate receive receive-several count counts-agree
    take-back-nil library-favourite library-publish white-paper-count white-paper-tell
workplans: import-confirm import-discard import-words
dashboards: compliance-paper display-revoke
"""
NOT_MADE_YET = {"documents:file"}  # the worker makes it
OF_A_SCREEN = {"dashboards:wall"}  # it has a cookie of its own and is nobody's account
KEPT_OF_READING = {
    "audit_auditentry",
    "audit_audithead",
    "bulletins_circulation",
    "bulletins_libraryvisit",
    "django_session",
    "notifications_feed",
}
READINGS = (".read", ".exported")
WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+"?(\w+)', re.IGNORECASE)


def buttons() -> set[str]:
    lines = BUTTONS.replace("\n    ", " ").strip().splitlines()
    rooms = (line.split(": ") for line in lines)
    return {f"{room}:{name}" for room, names in rooms for name in names.split()}


@pytest.fixture
def every_address(world: World) -> dict[str, str]:
    """The path of every named address of the portal, with a record that somebody may open."""
    change = RosterChange.objects.get()
    change.begun.add(Seat.objects.get(person=world.city.people["gov_officer"]))
    propose_ad_hoc(
        world.city.mechanism.pk,
        actor=world.city.users["court_officer"],
        at=LATER,
        title="专题会议",
        reason="证据标准",
        day=date(2026, 12, 10),
        starts_at=time(9, 30),
        place="三楼",
    )
    asked = Consent.objects.get(matter="ad_hoc")
    plain = {name: reverse(name) for name, parts in addresses().items() if not parts}
    found = plain | {name: world.address(name) for name in CASES}
    return found | {
        "meetings:answer": reverse("meetings:answer", args=[asked.public_id]),
        "calendars:edit": reverse("calendars:edit", query={"year": LATER.year}),
    }


def changed(captured: CaptureQueriesContext) -> set[str]:
    """The tables that were written to, those aside in which a reading leaves its trace."""
    found = (WRITES.match(query["sql"]) for query in captured)
    return {match[1] for match in found if match} - KEPT_OF_READING


def test_a_link_changes_nothing(world, every_address):
    """Each reader opens every address; what is kept is at most that it was read."""
    last = AuditEntry.objects.latest("pk").pk
    answered: dict[str, set[int]] = {name: set() for name in every_address}
    wrote = {}
    for reader in READERS:
        client = client_of(world.city.users[reader])
        reset_queries()  # Django keeps only so many
        for name, address in every_address.items():
            with CaptureQueriesContext(connection) as captured:
                answered[name].add(status(client.get(address)))
            if tables := changed(captured):
                wrote[reader, name] = tables

    kept = AuditEntry.objects.filter(pk__gt=last).values_list("action", flat=True)
    assert wrote == {}
    assert {action for action in kept if not action.endswith(READINGS)} == set()
    assert {name for name, found in answered.items() if found == {405}} == buttons()
    unopened = {name for name, found in answered.items() if not found & {200, 302, 405}}
    assert unopened == NOT_MADE_YET | OF_A_SCREEN


@pytest.mark.parametrize("reader", ["", "gov_officer", "system_admin"])
def test_a_form_without_its_token_changes_nothing(world, every_address, reader):
    client = Client(enforce_csrf_checks=True)
    if reader:
        client.force_login(world.city.users[reader], "members.backends.AccountBackend")

    taken = {}
    for name, address in every_address.items():
        with CaptureQueriesContext(connection) as captured:
            answer = client.post(address)
        if answer.status_code != 403 or changed(captured):
            taken[name] = answer.status_code

    assert taken == {}
