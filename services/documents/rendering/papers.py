"""From a kind and its context to the HTML that PDF and Word are both made of."""

from django.template.loader import render_to_string

from services.documents.kinds import KINDS
from services.documents.rendering import fonts
from services.documents.rendering.compose import CELL, SPACING, pitch
from services.documents.rendering.contexts import prepared

HEAD_WIDTH = 156.0
LETTER_PT, DOCUMENT_PT, NARROWEST = 34.0, 36.0, 0.72
PT = 25.4 / 72
# What a context may leave out; lists that it leaves out are simply not printed.
OPTIONAL = (
    "body",
    "chair",
    "clause",
    "contact",
    "copy_to",
    "circulation",
    "date",
    "due",
    "issuer",
    "kinds",
    "mark",
    "meeting",
    "number",
    "on",
    "place",
    "printed_by",
    "printed_on",
    "reason",
    "red_head",
    "replaces",
    "signer",
    "time",
    "title",
)


def html_of(kind: str, context: dict) -> str:
    """The whole paper as HTML with its own style sheet; `context` is plain JSON."""
    filled = {**dict.fromkeys(OPTIONAL, ""), **prepared(kind, context)}
    filled.update(_layout(filled["red_head"]), kind=kind, names=names_in(context))
    return render_to_string(f"papers/{KINDS[kind].template}.html", filled)


def _layout(head: str) -> dict:
    letter = bool(head) and not head.endswith(("文件", "纪要", "意见", "通报", "简报", "建议"))
    size, narrow = head_size(head, LETTER_PT if letter else DOCUMENT_PT)
    rule_top = size * PT - 8 + 4.2
    return {
        "fonts": {role: fonts.css_family(role) for role in fonts.CHAINS},
        "title_weight": "bold" if fonts.is_stand_in("title") else "normal",
        "grid": {"cell": f"{CELL:.7f}", "spacing": f"{SPACING:.7f}", "line": pitch()},
        "letter": letter,
        "head_size": f"{size:.2f}",
        "head_narrow": f"{narrow:.4f}",
        "rule_top": f"{rule_top:.3f}",
        "number_top": f"{rule_top + 1.8 + 4.9:.3f}",
    }


def head_size(head: str, largest: float) -> tuple[float, float]:
    """Size in pt and factor of width at which a red head fills at most one line.

    A long name is set narrower first, as offices do, and smaller only after that.
    """
    needed = max(1, len(head)) * largest * PT * 1.04
    narrow = min(1.0, max(NARROWEST, HEAD_WIDTH / needed))
    return min(largest, largest * HEAD_WIDTH / (needed * narrow)), narrow


def names_in(value: object) -> set[str]:
    """Every "name" of the context: a line break never enters one, as printed or as kept."""
    if isinstance(value, dict):
        own = {value["name"]} if isinstance(value.get("name"), str) else set()
        printed = {f"{n[0]}\u3000{n[1]}" for n in own if len(n) == 2}
        return own.union(printed, *map(names_in, value.values()))
    if isinstance(value, list):
        return set().union(*map(names_in, value)) if value else set()
    return set()
