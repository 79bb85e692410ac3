"""督办函 (K-14), 约谈通知书, 责令限期履行通知书 (K-17)."""

from datetime import date, time

from django.conf import settings
from django.utils import translation

from mechanisms.queries import provision
from suggestions.lateness import late_of
from suggestions.models import Addressee, Supervision
from suggestions.papers.words import (
    LETTER_NAMES,
    broken,
    lines_of,
    long_day,
    names_of,
    quoted,
    self_name,
)
from suggestions.profile import rules_of
from suggestions.states import AddresseeState, MeasureKind, UrgingLevel

KINDS: dict[str, str] = {
    MeasureKind.URGING: "urging_letter",
    MeasureKind.TALK: "talk_notice",
    MeasureKind.ORDER: "order_notice",
}
LEVELS: dict[str, str] = {
    UrgingLevel.GENERAL: "一般督办",
    UrgingLevel.KEY: "重点督办",
    UrgingLevel.LISTED: "挂牌督办",
}
OVERDUE = "已逾期"
PAPERS: dict[str, str] = {
    MeasureKind.URGING: "督办函",
    MeasureKind.TALK: "约谈通知书",
    MeasureKind.ORDER: "责令限期履行通知书",
}


def supervision_kind(supervision: Supervision) -> str:
    """The kind of document that a supervision measure sends."""
    return KINDS[supervision.kind]


def supervision_title(supervision: Supervision) -> str:
    """关于督促回复示法建〔2026〕7号司法建议书的督办函."""
    if supervision.kind != MeasureKind.URGING:
        return PAPERS[supervision.kind]
    letter = supervision.addressee.suggestion
    name = f"{letter.number}{LETTER_NAMES[letter.kind]}"
    return f"关于督促{_duty(supervision.addressee)}{name}的督办函"


def supervision_context(supervision: Supervision) -> dict:
    """As things stand on the day of the measure."""
    addressee, sender = supervision.addressee, supervision.by_organization
    letter = addressee.suggestion
    person = supervision.by.person if supervision.by else None
    return {
        "title": broken(supervision_title(supervision), letter.number),
        "paper": PAPERS[supervision.kind],
        "red_head": sender.name if supervision.kind == MeasureKind.URGING else "",
        "issuer": sender.name,
        "own": self_name(sender),
        "number": supervision.number,
        "own_number": supervision.number,
        "level": LEVELS[supervision.level],
        "addressees": [addressee.organization.name],
        "reply_to": self_name(sender) if sender == letter.issuer else letter.issuer.name,
        "duty": _duty(addressee),
        "subject": f"{quoted(letter.title)}{f'（{letter.number}）' if letter.number else ''}",
        "subject_title": "",
        "letter_paper": LETTER_NAMES[letter.kind],
        **_told(supervision),
        "basis": basis_of(supervision),
        "due": long_day(supervision.due_on),
        "hour": hour_words(supervision.starts_at),
        "place": supervision.place,
        "signer": sender.name,
        "date": long_day(supervision.on),
        "person": {
            "name": str(supervision.by) if supervision.by else "",
            "phone": person.phone if person else "",
        },
        "copy_to": _copies(supervision),
        "mark": LEVELS[supervision.level] if supervision.kind == MeasureKind.URGING else "",
    }


def _told(supervision: Supervision) -> dict:
    """What happened, and the reason, unless that says only once more what is late."""
    addressee, on = supervision.addressee, supervision.on
    lines = history(addressee, on)
    with translation.override(settings.LANGUAGE_CODE):
        late = late_of(addressee, on)
    said = late is not None and late.sentence == supervision.reason and OVERDUE in lines[-1]
    return {"history": lines, "reasons": [] if said else lines_of(supervision.reason)}


def hour_words(moment: time | None) -> str:
    """上午9:30; "" where none is settled."""
    if moment is None:
        return ""
    return f"{'上午' if moment.hour < 12 else '下午'}{moment.hour}:{moment.minute:02d}"


def history(addressee: Addressee, on: date) -> list[str]:
    """What was sent and when, what was due, and by how many days it is late on a day."""
    letter = addressee.suggestion
    issuer = letter.issuer.name
    lines = [
        f"{long_day(letter.issued_on)}，{issuer}制发{quoted(letter.title)}"
        f"{f'（{letter.number}）' if letter.number else ''}。"
    ]
    if addressee.served_on:
        due = addressee.reply_due_on
        asked = f"，回复期限于{long_day(due)}届满" if due else ""
        lines.append(
            f"该{LETTER_NAMES[letter.kind]}于{long_day(addressee.served_on)}送达你单位{asked}。"
        )
    return [*lines, *_since(addressee, on)]


def _since(addressee: Addressee, on: date) -> list[str]:
    today = long_day(on)
    if addressee.state == AddresseeState.SERVED:
        return [f"截至{today}，未见你单位回复{_late(addressee.reply_due_on, on)}。"]
    lines = []
    if addressee.replied_on:
        late = "（逾期回复）" if addressee.reply_late else ""
        lines.append(f"你单位于{long_day(addressee.replied_on)}回复{late}。")
    if addressee.state == AddresseeState.RECTIFYING and addressee.rectify_due_on:
        due = addressee.rectify_due_on
        lines.append(
            f"整改期限于{long_day(due)}届满；截至{today}，未见报告整改完成{_late(due, on)}。"
        )
    return lines


def _late(due: date | None, on: date) -> str:
    return f"，{OVERDUE}{(on - due).days}日" if due and due < on else ""


def basis_of(supervision: Supervision) -> str:
    """The clause by which the sender urges, behind its text's full name.

    "" for the issuer, who follows up its own letter, and for what is no urging.
    """
    mechanism = supervision.addressee.suggestion.mechanism
    rules = rules_of(mechanism, supervision.on)
    if supervision.kind != MeasureKind.URGING:
        return ""
    number = rules.urging_provision if supervision.by_organization.key in rules.urged_by else ""
    clause = provision(mechanism, number, supervision.on) if number else None
    return f"{quoted(mechanism.title)}{clause.clause}" if clause else ""


def _duty(addressee: Addressee) -> str:
    return "回复" if addressee.state == AddresseeState.SERVED else "落实"


def _copies(supervision: Supervision) -> list:
    names = names_of(supervision.copied_to.all())
    return [names] if names else []
