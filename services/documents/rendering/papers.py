"""From a kind and its context to the HTML that PDF and Word are both made of."""

from datetime import date

from django.template.loader import render_to_string

from services.documents.kinds import KINDS
from services.documents.rendering import fonts
from services.documents.rendering.compose import CELL, LINES, SPACING

LETTER_WIDTH, HEAD_WIDTH = 165.0, 164.0
PT = 25.4 / 72


def html_of(kind: str, context: dict) -> str:
    """The whole paper as HTML with its own style sheet; `context` is plain JSON."""
    return render_to_string(
        f"papers/{KINDS[kind].template}.html",
        {
            **dict.fromkeys(OPTIONAL, ""),
            "kind": kind,
            **context,
            "names": names_in(context),
            **_layout(context),
        },
    )


# What a context may leave out; lists that it leaves out are simply not printed.
OPTIONAL = (
    "body",
    "chair",
    "clause",
    "date",
    "due",
    "issuer",
    "mark",
    "meeting",
    "number",
    "on",
    "opening",
    "place",
    "red_head",
    "replaces",
    "signer",
    "time",
    "title",
)


def _layout(context: dict) -> dict:
    head = context.get("red_head", "") or ""
    letter = not head.endswith(("文件", "纪要"))
    size = head_size(head, LETTER_WIDTH if letter else HEAD_WIDTH, 34 if letter else 36)
    return {
        "fonts": {role: fonts.css_family(role) for role in fonts.CHAINS},
        "title_weight": "bold" if fonts.is_stand_in("title") else "normal",
        "grid": {"cell": f"{CELL:.7f}", "spacing": f"{SPACING:.7f}", "line": f"{225 / LINES:.7f}"},
        "letter": letter,
        "head_size": f"{size:.2f}",
        "rule_top": f"{size * PT - 7 + 4:.3f}",
        "number_top": f"{size * PT - 7 + 4 + 1.8 + 4.9:.3f}",
    }


def head_size(head: str, room: float, largest: float) -> float:
    """The size in pt of a red head of which every character stands on one line."""
    return min(largest, room / max(1, len(head)) / PT / 1.08)


def names_in(value) -> set[str]:
    """Every "name" of the context: a line break never enters one, as printed or as kept."""
    if isinstance(value, dict):
        own = {value["name"]} if isinstance(value.get("name"), str) else set()
        printed = {f"{n[0]}\u3000{n[1]}" for n in own if len(n) == 2}
        return own.union(printed, *map(names_in, value.values()))
    if isinstance(value, list):
        return set().union(*map(names_in, value)) if value else set()
    return set()


def paper_date(day: date) -> str:
    """2024年6月24日, without leading zeros (F17)."""
    return f"{day.year}年{day.month}月{day.day}日"
