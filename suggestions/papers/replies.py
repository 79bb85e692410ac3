"""回复函 (K-13): finding by finding, measures with who and by when."""

from services.documents.attachments import attachments_of
from suggestions.models import Addressee, Measure, Reply
from suggestions.papers.words import (
    ATTITUDES,
    LETTER_NAMES,
    broken,
    enclosures,
    lines_of,
    long_day,
    names_of,
    polite_name,
    quoted,
)
from suggestions.states import Attitude, CopyMode, MeasureState

REPLY_KIND = "suggestion_reply"
SAID: dict[str, str] = {
    Attitude.ACCEPTED: "我单位采纳所提建议",
    Attitude.PARTLY: "我单位部分采纳所提建议",
    Attitude.NOT_ACCEPTED: "我单位对所提建议不予采纳",
    Attitude.OBJECTION: "我单位对所提建议提出异议",
}
SHORT = 40
"""Characters of an advice that are repeated where it is answered."""


def reply_title(reply: Reply) -> str:
    """关于示法建〔2026〕7号司法建议书的回复函; by its title where it has no number."""
    letter = reply.addressee.suggestion
    name = LETTER_NAMES[letter.kind]
    return f"关于{letter.number}{name}的回复函" if letter.number else f"关于{name}的回复函"


def reply_context(reply: Reply) -> dict:
    addressee = reply.addressee
    letter = addressee.suggestion
    return {
        "title": broken(reply_title(reply), letter.number),
        "red_head": addressee.organization.name,
        "number": reply.number,
        "own_number": reply.number,
        "addressees": [letter.issuer.name],
        "you": polite_name(letter.issuer),
        "subject": {
            "title": quoted(letter.title),
            "number": letter.number,
            "paper": LETTER_NAMES[letter.kind],
            "day": long_day(addressee.served_on),
        },
        "said": SAID[reply.attitude],
        "reasons": lines_of(reply.reason),
        "paragraphs": lines_of(reply.text),
        "findings": _findings(reply),
        "measures": [_measure(row) for row in addressee.measures.select_related("problem")],
        "attachments": enclosures(attachments_of(reply)),
        "signer": addressee.organization.name,
        "date": long_day(reply.posted_on or reply.received_on),
        "copy_to": _copies(addressee),
        "mark": "",
    }


def _findings(reply: Reply) -> list[dict]:
    return [
        {
            "n": row.problem.order,
            "advice": _short(row.problem.advice or row.problem.text),
            "attitude": ATTITUDES[row.attitude],
            "reason": " ".join(lines_of(row.reason)),
        }
        for row in reply.positions.select_related("problem")
    ]


def _short(text: str) -> str:
    joined = "".join(lines_of(text)).rstrip("。；")
    return joined if len(joined) <= SHORT else f"{joined[:SHORT]}……"


def _measure(row: Measure) -> dict:
    done = row.state == MeasureState.DONE
    return {
        "n": row.problem.order,
        "text": row.text,
        "responsible": {"name": row.responsible},
        "due": row.due_on.isoformat(),
        "state": f"{row.done_on}完成" if done else "正在落实",
    }


def _copies(addressee: Addressee) -> list:
    """Whoever had to be given the letter is given the reply (CX-25)."""
    rows = addressee.suggestion.copies.filter(mode=CopyMode.FORCED)
    names = names_of(row.organization for row in rows.select_related("organization"))
    return [names] if names else []
