"""The meeting day and after: what to record, to draft, to confirm, to report, to check."""

from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from foundations.access.policy import visible_to
from foundations.ledgers.work import WorkItem
from mechanisms.queries import party
from meetings.actions.session import MINUTES_RULE
from meetings.actions.texts import MATTER
from meetings.models import Meeting, MeetingText, ProgressReport, Resolution
from meetings.plan import rules_of
from meetings.policy.circle import is_officer, is_secretariat, own_side
from meetings.policy.texts import REPORTERS
from meetings.states import MeetingState, ReportVerdict, TextClass, TextState
from meetings.work.reading import Reading
from members.desk import Sort, Sorts
from members.models import User
from services.consents.models import Consent, ConsentState


def items(reading: Reading) -> list[WorkItem]:
    found = []
    if reading.mine.is_secretariat:
        found += [*_to_record(reading), *_to_draft(reading), *_texts(reading)]
    return found


def sorts(reading: Reading) -> Sorts:
    if reading.mine.is_secretariat:
        yield Sort(visible_to(reading.user, ProgressReport).to_check(), _reports)
    if reading.mine.has(*REPORTERS):
        rows = visible_to(reading.user, Resolution).open()
        yield Sort(rows.filter(lead__in=reading.mine.organizations), _resolutions)


def _to_record(reading: Reading) -> list[WorkItem]:
    """Meetings to be held today, late, or being held."""
    return [
        _of_meeting(meeting, _("Record"), _recorder(meeting), meeting.planned_on)
        for meeting in reading.meetings
        if meeting.state == MeetingState.NOTIFIED
        and (meeting.planned_on <= reading.on or meeting.started_at)
        and is_secretariat(reading.user, meeting)
    ]


def _to_draft(reading: Reading) -> list[WorkItem]:
    """Meetings that were held and have no minutes, where the text asks for some."""
    due = reading.limits(MINUTES_RULE)
    return [
        _of_meeting(
            meeting,
            _("Draft the minutes"),
            f"{meeting.get_absolute_url()}#texts",
            due[meeting.pk].due_on if meeting.pk in due else None,
        )
        for meeting in reading.meetings
        if meeting.state == MeetingState.HELD
        and TextClass.MINUTES in rules_of(meeting.mechanism, meeting.held_on).texts
        and is_secretariat(reading.user, meeting)
    ]


def _recorder(meeting: Meeting) -> str:
    return reverse("meetings:recorder", args=[meeting.public_id])


def _of_meeting(meeting: Meeting, verb: str, url: str, day: date | None) -> WorkItem:
    return WorkItem(
        group="todo",
        title=meeting.title,
        url=url,
        verb=verb,
        day=day,
        meta=(verb,),
        party=meeting.host_organization.short_name if meeting.host_organization else "",
        party_note=_("host"),
    )


def _texts(reading: Reading) -> list[WorkItem]:
    """Texts on their way: drafts, those to confirm or being confirmed, those to issue."""
    found = [_of_text(reading.user, text, reading.consent(text, MATTER)) for text in reading.texts]
    return [item for item in found if item is not None]


def _of_text(user: User, text: MeetingText, consent: Consent | None) -> WorkItem | None:
    if text.state == TextState.DRAFT:
        asked = consent is not None and consent.state in (
            ConsentState.AMENDED,
            ConsentState.REFUSED,
        )
        group, verb = ("returned", _("Revise")) if asked else ("todo", _("Put to the sides"))
        return _text_item(text, group, verb)
    if not is_officer(user, text.meeting):
        return None
    if text.state == TextState.CONFIRMED:
        return _text_item(text, "todo", _("Issue"))
    if consent is None:
        return None
    missing = set(consent.sides) - {given.side for given in consent.answers.all()}
    if own_side(user, text.meeting) in missing:
        url = reverse("meetings:text-answer", args=[text.public_id])
        return _text_item(text, "todo", _("Confirm"), day=consent.due_on, url=url)
    names = [
        party(text.meeting.mechanism, side).lead.short_name
        for side in consent.sides
        if side in missing
    ]
    return _text_item(text, "waiting", _("View"), day=consent.due_on, waits_for="、".join(names))


def _text_item(
    text: MeetingText,
    group: str,
    verb: str,
    *,
    day: date | None = None,
    url: str = "",
    waits_for: str = "",
) -> WorkItem:
    return WorkItem(
        group=group,
        title=text.title,
        url=url or text.get_absolute_url(),
        verb=verb,
        day=day,
        meta=(_("Draft %(n)d") % {"n": text.draft}, text.get_state_display()),
        party=waits_for,
        party_note=_("to answer") if waits_for else "",
    )


def _reports(reading: Reading, rows: QuerySet[ProgressReport]) -> list[WorkItem]:
    """Matters reported as carried out that a secretariat is to check."""
    rows = rows.select_related("resolution__lead", "resolution__meeting__mechanism")
    resolutions = [report.resolution for report in rows.order_by("on", "pk")]
    reading.share(resolution.meeting for resolution in resolutions)
    return [
        _of_resolution(resolution, "todo", _("Check the report"))
        for resolution in resolutions
        if is_secretariat(reading.user, resolution.meeting)
    ]


def _resolutions(_reading: Reading, rows: QuerySet[Resolution]) -> list[WorkItem]:
    """What the reader's own units are to carry out."""
    rows = rows.select_related("lead", "meeting").prefetch_related("reports")
    return [_of_own(resolution) for resolution in rows.order_by("due_on", "pk")]


def _of_own(resolution: Resolution) -> WorkItem:
    latest = next(iter(resolution.reports.all()), None)
    if latest is not None and latest.waits:
        return _of_resolution(resolution, "waiting", _("View"))
    report = reverse("meetings:resolution-report", args=[resolution.public_id])
    if latest is not None and latest.verdict == ReportVerdict.RETURNED:
        return _of_resolution(resolution, "returned", _("Report again"), url=report)
    return _of_resolution(resolution, "todo", _("Report progress"), url=report)


def _of_resolution(resolution: Resolution, group: str, verb: str, *, url: str = "") -> WorkItem:
    return WorkItem(
        group=group,
        title=resolution.text,
        url=url or resolution.get_absolute_url(),
        verb=verb,
        day=resolution.due_on,
        meta=(resolution.meeting.title,),
        party=resolution.lead.short_name,
        party_note=_("lead unit"),
    )
