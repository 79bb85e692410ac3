"""No page offers a link that its reader is refused.

A city with a meeting behind it, whose minutes are issued, one ahead, and letters of every
kind under way: everybody follows each link on the pages of its records once, to its end.
"""

from collections.abc import Iterator
from datetime import date
from urllib.parse import urljoin, urlsplit

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from lxml.html import fromstring

from cases.models import Dispute
from meetings.actions.issuing import issue_text
from meetings.actions.reports import report_progress
from meetings.actions.texts import answer_text, draft_text, propose_text
from meetings.models import Resolution
from members.models import Handover, RosterChange, User
from services.documents import tasks
from services.documents.attachments import attach
from tests.city import City
from tests.gatherings import make_meeting, name, notify, on_agenda, submit, text_file
from tests.letters import letter
from tests.matters import matters
from tests.meeting_day import held
from tests.sitting import moment
from tests.world import REFUSED, advice, status

ON = date(2026, 11, 26)
LATER = moment(ON, 16)
LINKS = "//a/@href | //@hx-get | //form[not(@method) or @method='get']/@action"
LISTS = """
    dashboards:workbench meetings:list meetings:resolutions documents:list notifications:list
    mechanisms:list members:rosters members:organizations members:groups members:people
    members:accounts members:account suggestions:list suggestions:units suggestions:new
    suggestions:proposals suggestions:yearly deadlines:list deadlines:calculator deadlines:rules
    deadlines:moves calendars:list notifications:settings cases:list cases:units cases:desk
    cases:registers cases:allowances cases:coordinations cases:hearings cases:appearances
    cases:performance cases:notices cases:losses cases:visits cases:ratings cases:warnings
    cases:assessments cases:courts cases:new returns:list returns:filed returns:deliverables
    returns:staff returns:facilities returns:checks returns:reports returns:declarations
"""
TABS = "parties papers settling related log"  # of a dispute, beside its course
# One of every role, and both officers.
ACCOUNTS = """
    gov_officer court_officer recorder court_deputy agency_contact system_admin
    security_admin audit_admin
"""


def behind(city: City) -> list:
    """A meeting that was held, with a confidential topic and issued minutes."""
    court, government = city.users["court_officer"], city.users["gov_officer"]
    sitting = held(city)
    attach(
        sitting.topics["case"],
        text_file(),
        actor=government,
        at=LATER,
        jurisdiction=city.jurisdiction,
        declared=True,
    )
    resolution = Resolution.objects.get()
    report_progress(
        resolution.pk, actor=city.users["agency_contact"], at=LATER, text="已起草", done=True
    )
    minutes = draft_text(sitting.meeting.pk, "minutes", actor=court, at=LATER)
    propose_text(minutes.pk, actor=court, at=LATER)
    answer_text(minutes.pk, side="government", actor=government, at=LATER, verdict="agree")
    document = issue_text(minutes.pk, actor=court, at=LATER).document
    tasks.render_document(document.pk)
    consensus = draft_text(sitting.meeting.pk, "consensus", actor=court, at=LATER)
    propose_text(consensus.pk, actor=court, at=LATER)
    opinion = draft_text(sitting.meeting.pk, "opinion", actor=court, at=LATER)
    topics = sitting.topics.values()
    return [sitting.meeting, *topics, resolution, minutes, consensus, opinion, document]


def ahead(city: City) -> list:
    """A meeting of which the government has told its people, with a topic for few."""
    meeting = make_meeting(city)
    accepted = on_agenda(city, meeting)
    other = submit(city, meeting, by="court_officer", unit="court", title="统一送达程序")
    closed = submit(city, meeting, title="内部保密议题", confidential=True)
    name(city, closed, "court_deputy")
    notify(city, meeting)
    return [meeting, accepted, other, closed, meeting.invitations.first()]


def keeping(city: City) -> list:
    """The pages on who belongs to the meeting."""
    handover = Handover.objects.create(
        giver=city.people["gov_officer"], taker=city.people["recorder"], on=ON, reason="调离"
    )
    RosterChange.objects.create(body=city.body, on=ON, reason="工作调整")
    return [
        city.body,
        city.mechanism,
        handover,
        city.organizations["justice"],
        city.people["agency_contact"],
    ]


def advised(city: City) -> list:
    """Letters and what hangs on them; of one of them the government got no copy."""
    rows = advice(city)
    kept = [
        rows[name] for name in ("letter", "draft", "waiting", "supervision", "proposal", "sum")
    ]
    return [*kept, letter(city, copies=())]


@pytest.fixture
def pages(city) -> Iterator[set[str]]:
    with time_machine.travel(LATER, tick=False):
        records = [*behind(city), *ahead(city), *keeping(city), *advised(city)]
        records += matters(city).values()
        shown = {row.get_absolute_url() for row in records if hasattr(row, "get_absolute_url")}
        tabs = {
            f"{row.get_absolute_url()}?tab={tab}"
            for row in records
            if isinstance(row, Dispute)
            for tab in TABS.split()
        }
        yield shown | tabs | {reverse(name) for name in LISTS.split()}


def links(page) -> dict[str, str]:
    """Where the page leads within the portal, one link for each path: what follows it narrows
    a list, or is a place within a page."""
    here = page.wsgi_request.path
    found = [urlsplit(urljoin(here, link)) for link in fromstring(page.content).xpath(LINKS)]
    return {link.path: f"{link.path}?{link.query}" for link in found if not link.scheme}


def refused_of(user: User, pages: set[str]) -> dict[str, str]:
    """The links on the pages that this reader is refused, each with the page that has it."""
    client = Client()
    client.force_login(user, backend="members.backends.AccountBackend")
    answered, offered, asked = {}, {}, {}
    for address in sorted(pages):
        page = client.get(address)
        answered[address] = page.status_code
        if page.status_code == 200:
            found = links(page)
            offered |= dict.fromkeys(found, address)
            asked |= found

    for link in sorted(offered.keys() - answered.keys()):
        answered[link] = status(client.get(asked[link], follow=True))

    assert len(offered) > 5
    return {link: page for link, page in offered.items() if answered[link] in REFUSED}


def test_no_link_on_a_page_leads_to_a_refusal(city, pages):
    """One city for all readers: to make it takes as long as the round of one of them."""
    refused = {name: refused_of(city.users[name], pages) for name in ACCOUNTS.split()}

    assert refused == {name: {} for name in refused}
