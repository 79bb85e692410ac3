"""A small city with Yining's rules, for tests: two sides, officers, leaders, an agency.

`make_city()` writes rows directly; what a test is about goes through actions or pages.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import cache

from django.contrib.auth.hashers import get_hasher, make_password
from django.utils import timezone

from mechanisms.models import Mechanism, MechanismParty, MechanismVersion
from members.models import Body, Jurisdiction, Organization, Person, Post, RoleBinding, Seat, User
from members.names import initials
from members.states import OrganizationKind, Role, SeatRole, Side
from services.documents.models import NumberSeries

PASSWORD = "Liaison-2026"
CLAUSE = (
    "会议讨论意见仅供内部参考，不得转发，不得作为行政复议、行政审判等有关对外公文具体引用的依据。"
)
SOURCE: dict = {
    "mechanism": {
        "key": "testing",
        "version": "1",
        "title": "试验市行政复议与行政诉讼联席会议制度（试行）",
        "short_title": "行政复议与行政诉讼联席会议制度",
        "meeting_title": "行政复议与行政诉讼联席会议",
        "document_number": "试政办〔2024〕1号",
        "issued_on": "2024-01-02",
        "effective_from": "2024-01-02",
        "trial": True,
        "issuers": ["试验市人民政府", "试验市人民法院"],
        "issued_by": "试验市人民政府办公室",
        "copy_groups": [["市委办", "人大办", "政协办"]],
    },
    "text": [],
    "meeting": {
        "cadence_months": 2,
        "hosts": ["government", "court"],
        "cadence_provision": "T-14",
        "ad_hoc_provision": "T-16",
        "notice_provision": "T-4",
        "topic_provision": "T-19",
        "pending_case_provision": "T-22",
        "kind_labels": {"regular": "定期会议", "ad_hoc": "专题（不定期）会议"},
        "topic_types": [
            {"key": "report", "label": "情况通报"},
            {"key": "typical_case", "label": "典型案例"},
            {"key": "problem", "label": "问题分析"},
            {"key": "advice", "label": "工作建议"},
            {"key": "case_coordination", "label": "案件协调"},
            {"key": "other", "label": "其他", "needs_opinion": False},
        ],
        "invitees": {
            "regular": ["member", "agency", "congress_deputy", "consultative_member", "lawyer"],
            "ad_hoc": [
                "member",
                "agency",
                "congress_deputy",
                "consultative_member",
                "lawyer",
                "government_leader",
            ],
        },
        "texts": {
            "opinion": {
                "label": "会议讨论意见",
                "readers": "participants",
                "internal": True,
                "clause": CLAUSE,
                "provision": "T-20",
            },
            "minutes": {
                "label": "会议纪要",
                "readers": "list",
                "internal": True,
                "clause": CLAUSE,
                "provision": "T-20",
                "series": "minutes",
                "confirm": ["government", "court"],
            },
            "consensus": {
                "label": "研讨共识",
                "readers": "public",
                "confirm": ["government", "court"],
            },
        },
        "notice_series": {"government": "gov-letter", "court": "court-letter"},
    },
    "suggestions": {
        "copies": [
            {"kind": "judicial", "to": "gov", "mode": "default", "provision": "T-36"},
            {"kind": "judicial", "to": "justice", "mode": "default", "provision": "T-36"},
            {"kind": "procuratorial", "to": "justice", "mode": "optional"},
            {"kind": "reconsideration_suggestion", "to": "court", "mode": "forced"},
            {"kind": "opinion_letter", "to": "justice", "mode": "forced"},
        ],
        "urged_by": ["justice"],
        "urging_provision": "T-38",
        "series": {
            "judicial": "court-suggestions",
            "procuratorial": "procuratorial-suggestions",
            "reconsideration_opinion": "reconsideration-opinions",
            "reconsideration_suggestion": "reconsideration-suggestions",
        },
    },
}


@dataclass
class City:
    jurisdiction: Jurisdiction
    mechanism: Mechanism
    body: Body
    organizations: dict[str, Organization] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)


ORGANIZATIONS = [
    ("gov", "试验市人民政府", "市政府", OrganizationKind.GOVERNMENT, Side.GOVERNMENT, None, None),
    (
        "justice",
        "试验市司法局",
        "市司法局",
        OrganizationKind.JUSTICE_BUREAU,
        Side.GOVERNMENT,
        None,
        "gov",
    ),
    (
        "section",
        "试验市司法局行政复议与应诉科",
        "复议与应诉科",
        OrganizationKind.DIVISION,
        Side.GOVERNMENT,
        "justice",
        None,
    ),
    ("court", "试验市人民法院", "市法院", OrganizationKind.COURT, Side.COURT, None, None),
    (
        "division",
        "试验市人民法院行政审判庭",
        "行政庭",
        OrganizationKind.DIVISION,
        Side.COURT,
        "court",
        None,
    ),
    (
        "agency",
        "试验市综合行政执法局",
        "市综合执法局",
        OrganizationKind.AGENCY,
        Side.GOVERNMENT,
        None,
        None,
    ),
]
# key, name, organization, title, role of the account, seat
PEOPLE = [
    ("gov_convenor", "热依古丽·阿不都", "gov", "副市长", Role.LEADER, SeatRole.CONVENOR),
    ("court_convenor", "陈维嘉", "court", "院长", Role.LEADER, SeatRole.CONVENOR),
    ("gov_deputy", "王彬", "justice", "副局长", Role.LEADER, SeatRole.DEPUTY_CONVENOR),
    ("court_deputy", "林浩然", "court", "副院长", Role.LEADER, SeatRole.DEPUTY_CONVENOR),
    ("court_member", "马刚", "division", "副庭长", None, SeatRole.MEMBER),
    ("gov_member", "何先", "section", "科长", None, SeatRole.MEMBER),
    (
        "gov_officer",
        "李文静",
        "section",
        "四级主任科员",
        Role.LIAISON_OFFICER,
        SeatRole.LIAISON_OFFICER,
    ),
    (
        "court_officer",
        "周明远",
        "division",
        "法官助理",
        Role.LIAISON_OFFICER,
        SeatRole.LIAISON_OFFICER,
    ),
    ("recorder", "许若晴", "section", "科员", Role.RECORDER, None),
    ("agency_contact", "阿依努尔·麦麦提江", "agency", "法规科科长", Role.MEMBER_UNIT, None),
]
ADMINISTRATORS = {
    "system_admin": Role.SYSTEM_ADMINISTRATOR,
    "security_admin": Role.SECURITY_ADMINISTRATOR,
    "audit_admin": Role.AUDIT_ADMINISTRATOR,
}


def make_city(key: str = "testing", start: date = date(2024, 1, 2)) -> City:
    """The whole city; every person with a role has an account of the person's key."""
    place = Jurisdiction.objects.create(key=key, name="试验市", division_code="420199")
    body = Body.objects.create(jurisdiction=place, key="joint", name="联席会议", published=True)
    mechanism = Mechanism.objects.create(
        jurisdiction=place,
        key=key,
        title=SOURCE["mechanism"]["title"],
        short_title=SOURCE["mechanism"]["short_title"],
        body=body,
    )
    MechanismVersion.objects.create(
        mechanism=mechanism,
        number="1",
        effective_from=start,
        digest=f"{key}-1",
        source=SOURCE,
        loaded_at=timezone.now(),
    )
    city = City(jurisdiction=place, mechanism=mechanism, body=body)
    for order, (name, full, short, kind, side, parent, acts_for) in enumerate(ORGANIZATIONS):
        city.organizations[name] = Organization.objects.create(
            jurisdiction=place,
            key=name,
            name=full,
            short_name=short,
            initials=initials(short, 60),
            kind=kind,
            side=side,
            parent=city.organizations.get(parent),
            acts_for=city.organizations.get(acts_for),
            order=order,
        )
    _add_parties(city)
    for order, entry in enumerate(PEOPLE):
        _add_person(city, start, order, *entry)
    for name, role in ADMINISTRATORS.items():
        _add_account(city, name, None, None, role, start)
    for series, organization, pattern in (
        ("gov-letter", "justice", "试司函〔{year}〕{n}号"),
        ("court-letter", "court", "试法函〔{year}〕{n}号"),
        ("minutes", "gov", "试府院纪〔{year}〕{n}号"),
        ("court-suggestions", "court", "试法建〔{year}〕{n}号"),
        ("reconsideration-opinions", "gov", "试府复意〔{year}〕{n}号"),
        ("reconsideration-suggestions", "justice", "试府复建〔{year}〕{n}号"),
    ):
        NumberSeries.objects.create(
            jurisdiction=place,
            organization=city.organizations[organization],
            key=series,
            name=series,
            pattern=pattern,
        )
    return city


def _add_parties(city: City) -> None:
    units = city.organizations
    for order, (side, lead, acting, secretariat) in enumerate(
        [
            (Side.GOVERNMENT, "gov", "justice", "section"),
            (Side.COURT, "court", "court", "division"),
        ]
    ):
        MechanismParty.objects.create(
            mechanism=city.mechanism,
            side=side,
            lead=units[lead],
            acting=units[acting],
            secretariat=units[secretariat],
            order=order,
        )


def _add_person(city, start, order, key, name, unit, title, role, seat_role) -> None:
    organization = city.organizations[unit]
    person = Person.objects.create(
        jurisdiction=city.jurisdiction,
        name=name,
        initials=initials(name, 30),
        email=f"{key}@example.test",
    )
    post = Post.objects.create(
        person=person, organization=organization, title=title, valid_from=start
    )
    city.people[key] = person
    if seat_role:
        Seat.objects.create(
            body=city.body,
            role=seat_role,
            side=organization.side,
            person=person,
            post=post,
            order=order,
            valid_from=start,
        )
    if role:
        _add_account(city, key, person, organization, role, start)


@cache
def _password_hash(algorithm: str) -> str:
    """Hashing is slow by design; the city's thirteen accounts share one hash a run."""
    return make_password(PASSWORD, hasher=algorithm)


def _add_account(city, key, person, organization, role, start) -> None:
    user = User.objects.create(
        username=f"{city.jurisdiction.key}-{key}" if User.objects.filter(username=key) else key,
        password=_password_hash(get_hasher().algorithm),
        person=person,
        display_name=person.name if person else key,
        email=person.email if person else "",
        must_change_password=False,
        password_changed_at=timezone.now(),
    )
    RoleBinding.objects.create(
        user=user,
        role=role,
        organization=organization,
        jurisdiction=city.jurisdiction,
        valid_from=start,
    )
    city.users[key] = user
