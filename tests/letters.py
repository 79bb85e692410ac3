"""Suggestions in a wanted state: letters, their addressees, a procuratorate, more agencies.

`letter(city)` is an issued judicial suggestion whose rows are written directly; what a test
is about goes through actions or pages.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from members.models import Organization, Succession, User
from members.names import initials
from members.states import OrganizationKind, Role, Side
from services.documents.models import NumberSeries
from suggestions.models import Addressee, Copy, Problem, Suggestion
from suggestions.models.letters import admit
from suggestions.states import AddresseeState, CopyMode, LetterState
from tests.city import City, _add_person

ISSUED = date(2026, 9, 25)
SERVED = date(2026, 9, 28)
"""Two months from it end on Saturday, November 28; the last day is Monday, November 30."""
DUE = date(2026, 11, 30)
START = date(2024, 1, 2)
PROBLEMS = (
    ("作出限期拆除决定前未书面催告。", "限期拆除前统一制发催告书，并附送达回证。", "告知程序"),
    ("处罚裁量未说明理由。", "在处罚决定书中写明裁量的事实和理由。", "裁量说理"),
)
UNITS = (
    ("natural", "试验市自然资源和规划局", "市自然资源局"),
    ("housing", "试验市住房和城乡建设局", "市住建局"),
    ("market", "试验市市场监督管理局", "市市场监管局"),
    ("transport", "试验市交通运输局", "市交通局"),
    ("hrss", "试验市人力资源和社会保障局", "市人社局"),
)


def moment(day: date, hour: int = 9) -> datetime:
    """A time of that day in the portal's own time zone."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=timezone.get_default_timezone())


def unit(city: City, key: str, name: str = "", short: str = "", **given) -> Organization:
    """An organization of the city, made when it is first asked for."""
    if key not in city.organizations:
        kind = given.setdefault("kind", OrganizationKind.AGENCY)
        given.setdefault("side", Side.GOVERNMENT)
        short = short or name
        city.organizations[key] = Organization.objects.create(
            jurisdiction=city.jurisdiction,
            key=key,
            name=name,
            short_name=short,
            initials=initials(short, 60),
            order=20 + len(city.organizations),
            **given,
        )
        assert city.organizations[key].kind == kind
    return city.organizations[key]


def account(city: City, key: str, organization: str, role: str = Role.MEMBER_UNIT) -> User:
    """The account of a person of an organization, made when it is first asked for."""
    if key not in city.users:
        _add_person(
            city, START, 50, key, f"经办{len(city.users)}", organization, "科员", role, None
        )
    return city.users[key]


def agencies(city: City, number: int = 3) -> list[Organization]:
    """The city's agency and others, each with an account `<key>_contact`."""
    more = [unit(city, *row) for row in UNITS[: number - 1]]
    for one in more:
        account(city, f"{one.key}_contact", one.key)
    return [city.organizations["agency"], *more]


def procuratorate(city: City) -> Organization:
    """A procuratorate with its officer `procurator`, and a series of typed numbers."""
    made = unit(
        city,
        "procuratorate",
        "试验市人民检察院",
        "市检察院",
        kind=OrganizationKind.PROCURATORATE,
        side=Side.PROCURATORATE,
    )
    account(city, "procurator", "procuratorate", Role.LIAISON_OFFICER)
    NumberSeries.objects.get_or_create(
        jurisdiction=city.jurisdiction,
        key="procuratorial-suggestions",
        defaults={
            "organization": made,
            "name": "检察建议",
            "pattern": "试检建〔{year}〕{n}号",
            "mode": NumberSeries.Mode.EXTERNAL,
        },
    )
    return made


def ceased(city: City, on: date = date(2026, 6, 1)) -> tuple[Organization, Organization]:
    """An agency that ceased on a day, and its successor."""
    old = unit(city, "planning", "试验市规划局", "市规划局", valid_from=START, valid_to=on)
    new = unit(city, "natural", "试验市自然资源和规划局", "市自然资源局")
    Succession.objects.create(predecessor=old, successor=new, on=on)
    return old, new


def letter(
    city: City,
    *,
    addressees: Sequence[Organization] = (),
    copies: Sequence[str] = ("justice",),
    problems: Sequence[tuple[str, str, str]] = PROBLEMS,
    **changes,
) -> Suggestion:
    """An issued judicial suggestion of the court; to the city's agency if nobody is named.

    `changes` are fields of the letter; a letter that is still a draft has draft addressees
    and copies that were not sent.
    """
    draft = changes.get("state") == LetterState.DRAFT
    issued_on = None if draft else changes.get("issued_on", ISSUED)
    given = {
        "jurisdiction": city.jurisdiction,
        "mechanism": city.mechanism,
        "kind": "judicial",
        "form": "individual",
        "issuer": city.organizations["court"],
        "division": city.organizations["division"],
        "handler": city.users["court_officer"],
        "title": "关于规范违法建设查处程序的司法建议",
        "number": "" if draft else f"试法建〔2026〕{Suggestion.objects.count() + 1}号",
        "area": "城乡建设",
        "triggers": ["tendency"],
        "background": "本院在审理行政案件中发现违法建设查处程序存在共性问题。",
        "legal_basis": "《中华人民共和国行政强制法》第三十五条",
        "contact": "周明远",
        "state": LetterState.ISSUED,
        "issued_on": issued_on,
        "issued_at": moment(issued_on) if issued_on else None,
    }
    made = Suggestion.objects.create(**{**given, **changes})
    Problem.objects.bulk_create(
        Problem(suggestion=made, order=place, text=text, advice=advice, tag=tag)
        for place, (text, advice, tag) in enumerate(problems, 1)
    )
    units = list(addressees) or [city.organizations["agency"]]
    for place, one in enumerate(units):
        state = AddresseeState.DRAFT if draft else AddresseeState.SENT
        Addressee.objects.create(suggestion=made, organization=one, order=place, state=state)
    copied = [city.organizations[key] for key in copies]
    for one in copied:
        Copy.objects.create(
            suggestion=made, organization=one, mode=CopyMode.DEFAULT, sent_on=issued_on
        )
    if not draft:
        admit(made, [made.issuer, *units, *copied])
    return made


def addressee(city: City, organization: str = "agency", **changes) -> Addressee:
    """The row of one addressee of a new issued letter; `changes` are fields of the letter."""
    made = letter(city, addressees=[city.organizations[organization]], **changes)
    return made.addressees.get()


def put_served(row: Addressee, day: date = SERVED, due: date | None = DUE, **changes) -> Addressee:
    """The row as if it had been served on a day; `changes` are what came after."""
    row.served_on, row.reply_due_on, row.state = day, due, AddresseeState.SERVED
    for name, value in changes.items():
        setattr(row, name, value)
    row.store()
    return row
