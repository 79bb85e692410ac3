"""What the frame of every page shows: the rail, the date, the bell, who is signed in."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from foundations.access.policy import visible_to
from foundations.notifications.queries import unread_count
from mechanisms.models import Mechanism
from members.models import User
from members.standing import bindings_of, standing
from members.states import ADMINISTRATORS, Role, Side


@dataclass(frozen=True)
class Entry:
    """One entry of the rail; `starts` are the addresses at which it is the current one."""

    name: str | Promise
    icon: str
    view: str
    starts: tuple[str, ...]
    roles: frozenset[str]
    on_phone: bool = True


BUSINESS = frozenset(Role) - ADMINISTRATORS
STAFF = BUSINESS - {Role.GUEST}
RAIL = (
    Entry(
        gettext_lazy("Workbench"),
        "layout-text-sidebar",
        "dashboards:workbench",
        ("/desk/",),
        BUSINESS,
    ),
    Entry(gettext_lazy("Meetings"), "people", "meetings:list", ("/meetings/",), BUSINESS),
    Entry(gettext_lazy("Disputes"), "diagram-2", "cases:list", ("/disputes/",), STAFF),
    Entry(
        gettext_lazy("Suggestions"),
        "envelope-paper",
        "suggestions:list",
        ("/suggestions/",),
        STAFF,
    ),
    Entry(
        gettext_lazy("Bulletins"),
        "arrow-left-right",
        "bulletins:board",
        ("/bulletins/", "/problems/"),
        STAFF,
    ),
    Entry(
        gettext_lazy("Tasks"),
        "list-check",
        "workplans:list",
        ("/workplans/", "/returns/", "/assessments/"),
        STAFF,
        False,
    ),
    Entry(
        gettext_lazy("Time limits"),
        "hourglass-split",
        "deadlines:list",
        ("/deadlines/", "/calendars/"),
        STAFF,
        False,
    ),
    Entry(
        gettext_lazy("Papers"),
        "file-earmark-text",
        "documents:list",
        ("/documents/",),
        STAFF,
    ),
    Entry(
        gettext_lazy("Compliance"),
        "journal-check",
        "dashboards:institutions",
        ("/compliance/", "/mechanisms/"),
        STAFF,
    ),
    Entry(
        gettext_lazy("Leaders' page"),
        "bar-chart-line",
        "dashboards:leaders-front",
        ("/leaders/", "/figures/"),
        STAFF,
        False,
    ),
    Entry(
        gettext_lazy("Rosters"), "person-vcard", "members:rosters", ("/rosters/",), STAFF, False
    ),
    Entry(
        gettext_lazy("Organizations"),
        "building",
        "members:organizations",
        ("/organizations/", "/people/"),
        STAFF | {Role.SYSTEM_ADMINISTRATOR},
        False,
    ),
    Entry(
        gettext_lazy("Accounts"),
        "person-lock",
        "members:accounts",
        ("/accounts/",),
        frozenset({Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR}),
    ),
    Entry(
        gettext_lazy("What still lacks"),
        "clipboard-check",
        "dashboards:gaps-front",
        ("/compliance/",),
        frozenset({Role.SYSTEM_ADMINISTRATOR}),
    ),
    Entry(
        gettext_lazy("Calendar"),
        "calendar3",
        "calendars:list",
        ("/calendars/",),
        frozenset({Role.SYSTEM_ADMINISTRATOR}),
    ),
    Entry(
        gettext_lazy("Court codes"),
        "bank",
        "cases:courts",
        ("/disputes/courts/",),
        frozenset({Role.SYSTEM_ADMINISTRATOR}),
    ),
    Entry(
        gettext_lazy("Calculator"),
        "calculator",
        "deadlines:calculator",
        ("/deadlines/",),
        frozenset(Role) - STAFF,
    ),
    Entry(
        gettext_lazy("Audit trail"),
        "shield-check",
        "audit:list",
        ("/audit/",),
        frozenset({Role.AUDIT_ADMINISTRATOR}),
    ),
)


# The registers of each room, in groups; shown above each of them. What a side never reads
# is not offered to it.
Register = tuple[str | Promise, str]
Group = tuple[Register, ...]
MEETINGS: tuple[Group, ...] = (
    (
        (gettext_lazy("All meetings"), "meetings:list"),
        (gettext_lazy("Resolutions"), "meetings:resolutions"),
    ),
    ((gettext_lazy("Joint activities"), "meetings:activities"),),
)
DISPUTES: tuple[Group, ...] = (
    (
        (gettext_lazy("All disputes"), "cases:list"),
        (gettext_lazy("By unit"), "cases:units"),
    ),
    (
        (gettext_lazy("Mediator's desk"), "cases:desk"),
        (gettext_lazy("Registers"), "cases:registers"),
        (gettext_lazy("Allowances"), "cases:allowances"),
        (gettext_lazy("Coordination"), "cases:coordinations"),
    ),
    (
        (gettext_lazy("Hearings"), "cases:hearings"),
        (gettext_lazy("Appearances"), "cases:appearances"),
    ),
    (
        (gettext_lazy("Performance"), "cases:performance"),
        (gettext_lazy("Outcome notices"), "cases:notices"),
        (gettext_lazy("Loss analyses"), "cases:losses"),
        (gettext_lazy("Visits"), "cases:visits"),
    ),
    (
        (gettext_lazy("Risk ratings"), "cases:ratings"),
        (gettext_lazy("Early warnings"), "cases:warnings"),
        (gettext_lazy("Assessments"), "cases:assessments"),
    ),
)
INSTITUTIONS: tuple[Group, ...] = (
    (
        (gettext_lazy("Compliance by clause"), "dashboards:institutions"),
        (gettext_lazy("Texts"), "mechanisms:list"),
    ),
)
BULLETINS: tuple[Group, ...] = (
    (
        (gettext_lazy("Board"), "bulletins:board"),
        (gettext_lazy("Bulletins of all"), "bulletins:list"),
        (gettext_lazy("Matters owed"), "bulletins:obligations"),
        (gettext_lazy("Library"), "bulletins:library"),
        (gettext_lazy("White papers"), "bulletins:white-papers"),
    ),
    (
        (gettext_lazy("Register of problems"), "problems:list"),
        (gettext_lazy("Class cases"), "problems:class-cases"),
        (gettext_lazy("Questions of law"), "problems:questions"),
        (gettext_lazy("Consensus and standards"), "problems:standards"),
    ),
    (
        (gettext_lazy("Consultations on drafts"), "problems:consultations"),
        (gettext_lazy("Guidance letters"), "problems:guidance"),
        (gettext_lazy("Supervision visits"), "problems:visits"),
        (gettext_lazy("Interpretations"), "problems:interpretations"),
    ),
)
WORKPLANS: tuple[Group, ...] = (
    (
        (gettext_lazy("Task lists"), "workplans:list"),
        (gettext_lazy("Reports on tasks"), "workplans:terms"),
    ),
    (
        (gettext_lazy("Enforcement-issue ledger"), "workplans:issues"),
        (gettext_lazy("Recurring issues"), "workplans:recurring"),
    ),
    (
        (gettext_lazy("Return duties"), "returns:list"),
        (gettext_lazy("Returns"), "returns:filed"),
        (gettext_lazy("Deliverables"), "returns:deliverables"),
        (gettext_lazy("Staff and qualification"), "returns:staff"),
        (gettext_lazy("Rooms and means"), "returns:facilities"),
        (gettext_lazy("Self-checks"), "returns:checks"),
        (gettext_lazy("Reports and requests upward"), "returns:reports"),
        (gettext_lazy("Integrity and recusal"), "returns:declarations"),
    ),
    (
        (gettext_lazy("Assessment sheets"), "assessments:list"),
        (gettext_lazy("Assessment schemes"), "assessments:schemes"),
    ),
)
REGISTERS = (WORKPLANS, INSTITUTIONS, BULLETINS, MEETINGS, DISPUTES)
UNREAD: dict[str, set[str]] = {
    Side.COURT: {"cases:losses"},
    Side.PROCURATORATE: {"cases:losses", "cases:allowances"},
}


def shell(request: HttpRequest) -> dict:
    """Everything under `shell`; worked out only if the page has a frame."""
    return {"shell": SimpleLazyObject(lambda: _shell(request))}


def _shell(request: HttpRequest) -> dict:
    frame = {"site_name": settings.SITE_NAME, "today": timezone.localdate()}
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return frame
    unread = unread_count(user)
    rail = _rail(request, user)
    return frame | {
        "rail": rail,
        "registers": _registers(request, user),
        "tabbar": [entry for entry in rail if entry["on_phone"]][:5],
        "mechanism": _mechanism(user),
        "unread": unread,
        "bell_url": reverse("notifications:list"),
        "bell_label": ngettext("Notices, %(n)d unread", "Notices, %(n)d unread", unread)
        % {"n": unread},
        "account_url": reverse("members:account"),
        "me": str(user),
        "my_role": _my_role(user),
    }


def _rail(request: HttpRequest, user: User) -> list[dict]:
    roles = {role for role, _organization in standing(user).roles}
    entries = [entry for entry in RAIL if entry.roles & roles]
    current = _current(request.path, entries)
    return [
        {
            "name": entry.name,
            "icon": entry.icon,
            "url": reverse(entry.view),
            "current": entry is current,
            "on_phone": entry.on_phone,
            "badge_url": reverse("dashboards:overdue-badge") if entry is RAIL[0] else "",
        }
        for entry in entries
    ]


def _registers(request: HttpRequest, user: User) -> list[list[dict]]:
    """The registers next to the one that is shown; none on any other page."""
    match = request.resolver_match
    here = match.view_name if match else ""
    mine = standing(user)
    groups = next((room for room in REGISTERS if here in _views(room)), ())
    if not mine.is_staff:
        return []
    unread = [UNREAD.get(side, set()) for side in mine.sides]
    hidden = set.intersection(*unread) if unread else set()
    return [
        [
            {"name": name, "url": reverse(view), "current": view == here}
            for name, view in group
            if view not in hidden
        ]
        for group in groups
    ]


def _views(room: tuple[Group, ...]) -> set[str]:
    return {view for group in room for _name, view in group}


def _current(path: str, entries: list[Entry]) -> Entry | None:
    """The entry with the longest address that the path begins with; `/` is the workbench."""
    if path == "/":
        return entries[0] if entries else None
    fits = [
        (len(start), entry)
        for entry in entries
        for start in entry.starts
        if path.startswith(start)
    ]
    return max(fits, key=lambda fit: fit[0])[1] if fits else None


def _mechanism(user: User) -> dict | None:
    mechanism = visible_to(user, Mechanism).first()
    if mechanism is None:
        return None
    return {
        "name": mechanism.short_title,
        "url": reverse("mechanisms:text", args=[mechanism.key]),
    }


def _my_role(user: User) -> str:
    binding = next(iter(bindings_of(user, timezone.localdate())), None)
    if binding is None:
        return ""
    if binding.organization is None:
        return binding.get_role_display()
    return _("%(unit)s · %(role)s") % {
        "unit": binding.organization.lead.short_name,
        "role": binding.get_role_display(),
    }
