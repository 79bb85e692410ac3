"""The addressees on a letter's page: how each stands, what it answered, what can be done."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundations.access.policy import policy_for
from foundations.access.requests import SignedInRequest
from members.models import User
from services.deadlines.models import Deadline, DeadlineState
from services.documents.models import Attachment
from suggestions.models import Addressee, ExtensionRequest, Measure, Position, Reply, Suggestion
from suggestions.models.letters import limits_of
from suggestions.states import AddresseeState, Attitude, LetterState, Verdict
from suggestions.views.cells import PILLS, Known, Standing, standing_of
from suggestions.views.evidence import files_of

A = AddresseeState


@dataclass(frozen=True)
class Act:
    """Something that the reader may do now; what is `wanted` is a button, the rest a menu."""

    label: str
    url: str
    post: bool = False
    wanted: bool = False


@dataclass(frozen=True)
class PositionLine:
    position: Position
    measures: list[tuple[Measure, list[Attachment]]]
    pill: tuple[str, str]


@dataclass(frozen=True)
class ReplyPart:
    """The last reply of an addressee with its measures; `before` are the earlier ones."""

    addressee: Addressee
    reply: Reply
    lines: list[PositionLine]
    files: list[Attachment]
    before: list[Reply]
    checks: list
    acts: list[Act] = field(default_factory=list)
    reports: bool = False

    @property
    def posted_before(self) -> bool:
        """By post: the day of the postmark counts, not that of the arrival (C7)."""
        posted = self.reply.posted_on
        return bool(posted and posted < self.reply.received_on)


@dataclass(frozen=True)
class AddresseeLine:
    addressee: Addressee
    standing: Standing
    acts: list[Act]
    waiting: ExtensionRequest | None = None

    @property
    def button(self) -> Act | None:
        """The first thing that the row waits for; else its reply."""
        wanted = next((act for act in self.acts if act.wanted), None)
        if wanted is None and self.addressee.attitude:
            return Act(_("See the reply"), f"#r-{self.addressee.public_id}")
        return wanted

    @property
    def menu(self) -> list[Act]:
        return [act for act in self.acts if act != self.button]


def addressee_section(request: SignedInRequest, suggestion: Suggestion) -> dict:
    """The context of `_addressees.html` and `_replies.html`; a fixed number of queries."""
    rows = _rows(suggestion)
    limits = _limits(suggestion)
    files = files_of(_owners(rows))
    today = timezone.localdate()
    adds = policy_for(suggestion).can(request.user, "withdraw", suggestion)
    return {
        "adds_addressees": adds and suggestion.state == LetterState.ISSUED,
        "addressee_lines": [_line(request.user, row, limits, files, today) for row in rows],
        "reply_parts": [part for row in rows if (part := _part(request.user, row, files))],
    }


def _rows(suggestion: Suggestion) -> list[Addressee]:
    positions = Position.objects.select_related("problem").order_by("problem__order")
    replies = Reply.objects.order_by("-pk").prefetch_related(Prefetch("positions", positions))
    measures = Measure.objects.select_related("problem")
    found = suggestion.addressees.select_related("organization", "handler__person")
    rows = list(
        found.prefetch_related(
            Prefetch("replies", replies), Prefetch("measures", measures), "checks", "extensions"
        )
    )
    for row in rows:
        row.suggestion = suggestion
    return rows


def _limits(suggestion: Suggestion) -> dict[int, dict[str, Deadline]]:
    found: dict[int, dict[str, Deadline]] = {}
    rows = limits_of(suggestion).filter(state=DeadlineState.OPEN).select_related("provision")
    for limit in rows:
        found.setdefault(limit.subject_id, {})[limit.rule] = limit
    return found


def _owners(rows: list[Addressee]) -> Iterator[Addressee | Reply | Measure]:
    for row in rows:
        yield row
        yield from row.replies.all()
        yield from row.measures.all()


def _line(
    user: User,
    row: Addressee,
    limits: dict[int, dict[str, Deadline]],
    files: dict,
    today: date,
) -> AddresseeLine:
    replies, checks = list(row.replies.all()), list(row.checks.all())
    requests = list(row.extensions.all())
    known = Known(
        limits=limits.get(row.pk, {}),
        on=today,
        extended=any(one.granted for one in requests),
        replied_before=bool(replies),
        on_behalf=bool(replies and replies[0].on_behalf),
        planned=bool(row.measures.all()),
        sent_back=bool(checks and checks[0].verdict == Verdict.FAILED),
        proved=row in files,
    )
    waiting = next((one for one in requests if one.granted is None), None)
    waiting = waiting if row.state == A.SERVED else None
    acts = list(_acts(user, row, waiting))
    return AddresseeLine(row, standing_of(row, known), acts, waiting)


def _part(user: User, row: Addressee, files: dict) -> ReplyPart | None:
    replies = list(row.replies.all())
    if not replies:
        return None
    last = replies[0]
    lines = []
    for position in last.positions.all():
        own = [one for one in row.measures.all() if one.problem_id == position.problem_id]
        measures = [(one, files.get(one, [])) for one in own]
        lines.append(PositionLine(position, measures, PILLS[Attitude(position.attitude)]))
    policy, acts = policy_for(row), []
    if policy.can(user, "register" if last.on_behalf else "reply", row):
        acts.append(_act(_("Add a file"), "reply-file", last.public_id))
    if not last.on_behalf and policy.can(user, "reply", row):
        acts.append(_act(_("Make the reply letter"), "reply-paper", last.public_id))
    works = policy.can(user, "report", row) or policy.can(user, "register", row)
    return ReplyPart(
        row,
        last,
        lines,
        files.get(last, []),
        before=replies[1:],
        checks=list(row.checks.all()),
        acts=acts,
        reports=works and row.state == A.RECTIFYING,
    )


def _acts(user: User, row: Addressee, waiting: ExtensionRequest | None) -> Iterator[Act]:
    """What the reader may do with the row in its state, the most wanted first."""
    policy = policy_for(Addressee)
    if policy.can(user, "serve", row):
        yield from _issuer_acts(row, waiting)
    if policy.can(user, "reply", row):
        yield from _unit_acts(row)


def _issuer_acts(row: Addressee, waiting: ExtensionRequest | None) -> Iterator[Act]:
    if waiting is not None:
        yield _act(_("Decide on time"), "extension-answer", waiting.public_id, wanted=True)
    if row.is_live and not row.organization.holds_on(timezone.localdate()):
        yield _act(_("Readdress"), "readdress", row.public_id, wanted=True)
    if row.state == A.SERVED and row.reply_due_on and row.reply_due_on < timezone.localdate():
        yield _act(_("Urge"), "urge", row.public_id, wanted=True)
    for name, label in _ISSUER_ACTS.get(row.state, {}).items():
        yield _act(
            str(label), name, row.public_id, wanted=name in _WAITED_FOR or row.state == A.SENT
        )


def _unit_acts(row: Addressee) -> Iterator[Act]:
    if row.state == A.SENT:
        yield _act(_("Sign for it"), "sign", row.public_id, post=True, wanted=True)
    for name, label in _UNIT_ACTS.get(row.state, {}).items():
        wanted = name == "finish" or (name == "reply" and row.state == A.SERVED)
        yield _act(str(label), name, row.public_id, wanted=wanted)
    if row.is_live:
        yield _act(_("Name the handler"), "assign", row.public_id)


def _act(
    label: str, name: str, public_id: str, *, post: bool = False, wanted: bool = False
) -> Act:
    return Act(label, reverse(f"suggestions:{name}", args=[public_id]), post, wanted)


_WAITED_FOR = ("objection", "review", "verify")


_ISSUER_ACTS: dict[str, dict[str, Promise]] = {
    A.SENT: {"serve": gettext_lazy("Record the service")},
    A.SERVED: {
        "register": gettext_lazy("Enter a paper reply"),
        "serve": gettext_lazy("Correct the service"),
    },
    A.OBJECTED: {
        "objection": gettext_lazy("Decide on the objection"),
        "register": gettext_lazy("Enter a paper reply"),
    },
    A.REFUSED: {
        "review": gettext_lazy("Look at the reasons"),
        "register": gettext_lazy("Enter a paper reply"),
    },
    A.RECTIFYING: {
        "register": gettext_lazy("Enter a paper reply"),
        "measures": gettext_lazy("Name measures"),
        "finish": gettext_lazy("Report as carried out"),
    },
    A.TO_VERIFY: {"verify": gettext_lazy("Verify")},
    A.CLOSED: {"reopen": gettext_lazy("Reopen the rectification")},
}
_UNIT_ACTS: dict[str, dict[str, Promise]] = {
    A.SERVED: {
        "reply": gettext_lazy("Reply"),
        "extension": gettext_lazy("Ask for more time"),
    },
    A.OBJECTED: {"reply": gettext_lazy("Reply anew")},
    A.REFUSED: {"reply": gettext_lazy("Reply anew")},
    A.RECTIFYING: {
        "finish": gettext_lazy("Report as carried out"),
        "measures": gettext_lazy("Name measures"),
        "reply": gettext_lazy("Add to the reply"),
    },
}
