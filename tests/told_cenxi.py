"""Cenxi's institution as it was published, and a year told under it by made-up people.

`loaded(on)` has the profile alone, with accounts that `tests.city` names alike; `tell(city)`
adds what the three sides did from December 2025 to November 2026.
"""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import time_machine

from bulletins.actions import bulletins, circulation
from bulletins.actions.bulletin_words import BulletinWords
from bulletins.actions.obligations import open_instalments
from bulletins.models import Obligation
from cases.actions import appearances, hearings
from cases.actions.appearances import RecordWords
from cases.actions.hearings import HearingWords
from cases.actions.warnings import WarningWords, report_warning
from dashboards.actions import AttestationWords, attest
from mechanisms.actions import load_profile
from mechanisms.loading.validating import load_source
from mechanisms.models import Mechanism
from meetings.models import Invitation, Topic
from meetings.states import InviteeCategory, TopicState
from members.states import Role
from problems.actions import consultations, guidance, problems
from problems.models import Guidance
from problems.states import Source
from returns.actions.deliverables import Paper, deliver
from returns.actions.opening import open_all
from returns.models import Deliverable
from suggestions.actions.supervision import urge
from suggestions.models import Addressee
from suggestions.states import MeasureKind, UrgingLevel
from tests.activities import logged, plan
from tests.answering import replied, served
from tests.city import City
from tests.disputes import dispute, filed, stepped, suit
from tests.gatherings import held_meeting, text_file
from tests.letters import account, moment, unit
from tests.texts import published

CENXI = Path(__file__).parent.parent / "mechanisms" / "profiles" / "cenxi.yaml"
LOADED = date(2025, 12, 15)
ACCOUNTS = (
    ("gov_officer", "justice", Role.LIAISON_OFFICER),
    ("gov_leader", "justice", Role.LEADER),
    ("court_officer", "division", Role.LIAISON_OFFICER),
    ("court_leader", "court", Role.LEADER),
    ("procurator", "administrative-inspection", Role.LIAISON_OFFICER),
    ("chief_procurator", "procuratorate", Role.LEADER),
    ("agency_contact", "agency", Role.MEMBER_UNIT),
)
TELLERS = {
    "justice": ("gov_officer", "gov_leader"),
    "court": ("court_officer", "court_leader"),
    "procuratorate": ("procurator", "chief_procurator"),
}


def loaded(on: date = LOADED) -> City:
    """The institution and seven accounts, as the portal learnt of it on a day."""
    with time_machine.travel(moment(on), tick=False):
        load_profile(load_source(CENXI), actor=None, at=moment(on))
        mechanism = Mechanism.objects.select_related("jurisdiction", "body").get(key="cenxi")
        place = mechanism.jurisdiction
        units = {row.key: row for row in place.organizations.all()}
        city = City(place, mechanism, mechanism.body, units)
        unit(city, "agency", "岑溪市示例执法局", "市示例执法局")
        for key, organization, role in ACCOUNTS:
            account(city, key, organization, role)
        open_all(on=on, at=moment(on))
        open_instalments(on=on)
    return city


def tell(city: City) -> None:
    for day, deed in DEEDS:
        with time_machine.travel(moment(day, 10), tick=False):
            deed(city, moment(day, 10))


def circulated(city: City, key: str, at: datetime) -> None:
    """A bulletin of a matter, by two people of its debtor."""
    owed = Obligation.objects.select_related("debtor").get(mechanism=city.mechanism, key=key)
    writer, leader = (city.users[name] for name in TELLERS[owed.debtor.key])
    open_one = owed.instalments.open().order_by("due_on").first()
    words = BulletinWords(
        title=f"关于{owed.name}的通报",
        body="<p>现将有关情况通报如下。</p>",
        covers=((owed.pk, open_one.pk if open_one else None),),
    )
    made = bulletins.draft(
        city.mechanism.pk, actor=writer, at=at, issuer_id=owed.debtor_id, words=words
    )
    bulletins.send_for_review(made.pk, actor=writer, at=at)
    bulletins.sign(made.pk, actor=leader, at=at)
    circulation.circulate(made.pk, actor=writer, at=at)


def _policies_and_overview(city: City, at: datetime) -> None:
    circulated(city, "court-policies", at)
    circulated(city, "overview-court", at)


def _attested(city: City, at: datetime) -> None:
    words = AttestationWords("七项机制均有年度情况。", at.date(), city.organizations["justice"])
    attest(
        city.mechanism.pk,
        number="CX-4",
        actor=city.users["gov_officer"],
        at=at,
        words=words,
        files=[text_file("年度情况.txt")],
        declared=True,
    )


def _meeting_held(city: City, at: datetime) -> None:
    """With topics of three kinds; the procuratorate reported on nothing."""
    court = city.organizations["court"]
    day = at.date()
    meeting = held_meeting(
        city, title="2026年第1次例行会议", planned_on=day, held_on=day, day_agreed_at=at
    )
    for order, kind in enumerate(("government_report", "court_report", "experience")):
        Topic.objects.create(
            meeting=meeting,
            kind=kind,
            title=f"议题{order}",
            organization=court,
            order=order,
            state=TopicState.ACCEPTED,
        )
    Invitation.objects.create(
        meeting=meeting,
        side="government",
        category=InviteeCategory.AGENCY,
        organization=city.organizations["agency"],
        name="经办人",
        notified_at=at,
    )


def _guided(city: City, at: datetime) -> None:
    units = city.organizations
    words = guidance.GuidanceWords(
        units["justice"], "规范文书的指导函", units["agency"], "请限期整改。", date(2026, 7, 31)
    )
    actor = city.users["gov_officer"]
    row = guidance.write_guidance(city.mechanism.pk, words=words, actor=actor, at=at)
    guidance.send_guidance(row.pk, actor=actor, at=at)


def _guidance_answered(city: City, at: datetime) -> None:
    row = Guidance.objects.get()
    guidance.reply_to_guidance(
        row.pk, reply="已修订文书。", actor=city.users["agency_contact"], at=at
    )


def _seen(city: City, at: datetime) -> None:
    """A problem, with a measure that is due on November 27."""
    units, about = city.organizations, {"actor": city.users["gov_officer"], "at": at}
    words = problems.ProblemWords(
        organization=units["justice"],
        title="告知不规范",
        source=Source.MEETING,
        text="部分案件没有告知听证权利。",
        agencies=[units["agency"]],
    )
    row = problems.register(city.mechanism.pk, words=words, **about)
    given = {"what": "修订告知文书", "unit": units["agency"], "due_on": date(2026, 11, 27)}
    problems.set_measure(row.pk, **given, **about)


def _consulted(city: City, at: datetime) -> None:
    units, about = city.organizations, {"actor": city.users["gov_officer"], "at": at}
    words = consultations.ConsultationWords(
        units["justice"], "规范性文件草案", date(2026, 8, 28), [units["court"]], "征求意见。"
    )
    row = consultations.prepare(city.mechanism.pk, words=words, **about)
    consultations.ask(row.pk, **about)


def _advised(city: City, at: datetime) -> None:
    """A letter to the agency, copied to the justice bureau on the same day, served in May: the
    reply is due on July 8 and comes in September."""
    served(city, on=at.date(), issued_on=at.date())


def _urged(city: City, at: datetime) -> None:
    urge(
        Addressee.objects.get().pk,
        actor=city.users["gov_officer"],
        at=at,
        kind=MeasureKind.URGING,
        level=UrgingLevel.GENERAL,
        due_on=date(2026, 8, 24),
    )


def _replied(city: City, at: datetime) -> None:
    replied(city, Addressee.objects.get(), on=at.date())


def _sat(city: City, on: date, n: int, day: date, record: RecordWords) -> None:
    """A suit that came in on `on`, heard on `day`, and who came."""
    court = city.users["court_officer"]
    procedure = filed(suit(city, dispute(city, filed_on=on), on), on + timedelta(days=7), n=n)
    part = procedure.participants.agencies()[0]
    procedure = stepped(procedure, "send", on + timedelta(days=9), served_party=part)
    words = HearingWords(on=day, starts_at=time(9, 30), place="第三法庭")
    hearing = hearings.set_hearing(
        procedure.pk, actor=court, at=moment(on + timedelta(days=22)), words=words
    )
    hearings.hold(hearing.pk, actor=court, at=moment(day, 17))
    row = hearing.appearances.get()
    appearances.record_appearance(row.pk, actor=court, at=moment(day, 18), words=record)


def _head_came(city: City, at: datetime) -> None:
    came = RecordWords(
        came=True, head_name="李四", head_post="副局长", level="deputy", speech=("answer",)
    )
    _sat(city, date(2026, 3, 2), 1, at.date(), came)


def _head_stayed_away(city: City, at: datetime) -> None:
    _sat(city, date(2026, 8, 3), 2, at.date(), RecordWords(came=False, staff="赵六"))


def _shelved(city: City, at: datetime) -> None:
    published(city, at=at)


def _trained(city: City, at: datetime) -> None:
    logged(city, at.date(), title="法律培训")


def _publicity_planned(city: City, at: datetime) -> None:
    """For October; nothing came of it."""
    plan(
        city, "publicity", "justice", "gov_officer", at,
        title="联合宣传", on=date(2026, 10, 15), sign_up_by=None,
        medium="event", content="law",
    )  # fmt: skip


def _delivered(city: City, at: datetime) -> None:
    row = Deliverable.objects.get(mechanism=city.mechanism, key="joint-meeting-rules")
    paper = Paper("依法行政联席会议制度", at.date(), files=[text_file("制度.txt")], declared=True)
    deliver(row.pk, actor=city.users["gov_officer"], at=at, paper=paper)


def _warned(city: City, at: datetime) -> None:
    words = WarningWords(
        "petition", "medium", "征收补偿", "多户不满补偿标准。", at.date(),
        city.organizations["agency"],
    )  # fmt: skip
    report_warning(city.jurisdiction.pk, actor=city.users["gov_officer"], at=at, words=words)


def _telling(*keys: str):
    def deed(city: City, at: datetime) -> None:
        for key in keys:
            circulated(city, key, at)

    return deed


DEEDS = (
    (date(2026, 1, 10), _attested),
    (date(2026, 1, 20), _telling("new-rules")),
    (date(2026, 3, 20), _telling("suggestions-court")),
    (date(2026, 4, 8), _telling("white-paper")),
    (date(2026, 4, 8), _head_came),
    (date(2026, 4, 28), _trained),
    (date(2026, 5, 8), _advised),
    (date(2026, 5, 12), _policies_and_overview),
    (date(2026, 6, 18), _meeting_held),
    (date(2026, 6, 30), _shelved),
    (date(2026, 7, 1), _guided),
    (date(2026, 8, 5), _consulted),
    (date(2026, 8, 10), _urged),
    (date(2026, 8, 14), _delivered),
    (date(2026, 8, 20), _telling("procuratorate-problems")),
    (date(2026, 9, 1), _publicity_planned),
    (date(2026, 9, 10), _seen),
    (date(2026, 9, 15), _guidance_answered),
    (date(2026, 9, 16), _head_stayed_away),
    (date(2026, 9, 21), _replied),
    (date(2026, 10, 9), _warned),
    (date(2026, 10, 14), _telling("court-problems")),
)
