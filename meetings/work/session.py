"""The meeting day and after: what to record, to draft, to confirm, to report, to check."""

from datetime import date

from django.contrib.contenttypes.models import ContentType
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
from members.standing import standing
from services.consents.models import Consent, ConsentState
from services.deadlines.models import Deadline


def items(user, on: date) -> list[WorkItem]:
    mine = standing(user, on)
    found = []
    if mine.is_secretariat:
        found += [*_meetings(user, on), *_texts(user), *_reports(user)]
    if mine.has(*REPORTERS):
        found += _resolutions(user, mine.organizations)
    return found


def _meetings(user, on: date) -> list[WorkItem]:
    """Meetings to be held today, being held, or held and without minutes."""
    rows = visible_to(user, Meeting).select_related("mechanism__jurisdiction", "host_organization")
    today = rows.filter(state=MeetingState.NOTIFIED, planned_on__lte=on)
    running = rows.filter(state=MeetingState.NOTIFIED, started_at__isnull=False)
    held = rows.filter(state=MeetingState.HELD).exclude(texts__text_class=TextClass.MINUTES)
    found = [
        _of_meeting(meeting, _("Record"), _recorder(meeting), meeting.planned_on)
        for meeting in (today | running).distinct().order_by("planned_on", "pk")
        if is_secretariat(user, meeting)
    ]
    due = _minutes_due(held)
    return found + [
        _of_meeting(meeting, _("Draft the minutes"), f"{meeting.get_absolute_url()}#texts", day)
        for meeting in held.order_by("held_on", "pk")
        if TextClass.MINUTES in rules_of(meeting.mechanism, meeting.held_on).texts
        and is_secretariat(user, meeting)
        for day in [due.get(meeting.pk)]
    ]


def _recorder(meeting: Meeting) -> str:
    return reverse("meetings:recorder", args=[meeting.public_id])


def _minutes_due(meetings) -> dict[int, date]:
    limits = Deadline.objects.open().filter(
        rule=MINUTES_RULE,
        subject_type=ContentType.objects.get_for_model(Meeting),
        subject_id__in=meetings.values("pk"),
    )
    return dict(limits.values_list("subject_id", "due_on"))


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


def _texts(user) -> list[WorkItem]:
    """Texts on their way: drafts, those to confirm or being confirmed, those to issue."""
    rows = visible_to(user, MeetingText).exclude(state=TextState.ISSUED)
    texts = list(
        rows.select_related("meeting__mechanism__jurisdiction").order_by("meeting__held_on", "pk")
    )
    consents = _latest_consents(texts)
    found = [_of_text(user, text, consents.get(text.pk)) for text in texts]
    return [item for item in found if item is not None]


def _latest_consents(texts: list[MeetingText]) -> dict[int, Consent]:
    rows = Consent.objects.filter(
        subject_type=ContentType.objects.get_for_model(MeetingText),
        subject_id__in=[text.pk for text in texts],
        matter=MATTER,
    )
    return {one.subject_id: one for one in rows.prefetch_related("answers").order_by("pk")}


def _of_text(user, text: MeetingText, consent: Consent | None) -> WorkItem | None:
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


def _reports(user) -> list[WorkItem]:
    """Matters reported as carried out that a secretariat is to check."""
    rows = visible_to(user, ProgressReport).to_check()
    rows = rows.select_related("resolution__lead", "resolution__meeting__mechanism")
    return [
        _of_resolution(report.resolution, "todo", _("Check the report"))
        for report in rows.order_by("on", "pk")
        if is_secretariat(user, report.resolution.meeting)
    ]


def _resolutions(user, organizations: frozenset[int]) -> list[WorkItem]:
    """What the reader's own units are to carry out."""
    rows = visible_to(user, Resolution).open().filter(lead__in=organizations)
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
