"""资料汇编、案例汇编: what a compilation holds, item after item."""

from datetime import date

from bulletins.models import LibraryItem
from bulletins.papers.blocks import blocks_of
from services.documents.rendering.contexts import paper_date

COMPILATION_KIND = "compilation"


def compilation_context(compilation: LibraryItem, on: date) -> dict:
    entries = compilation.entries.select_related("item").order_by("order")
    return {
        "title": compilation.title,
        "number": "",
        "opening": compilation.summary.splitlines(),
        "items": [item_of(one.item) for one in entries],
        "issuer": compilation.organization.name,
        "date": paper_date(on),
        "mark": "",
    }


def item_of(item: LibraryItem) -> dict:
    """What is printed of an item: its title, the line under it, its gist and text."""
    verb = "发布" if item.is_case else "印发"
    issued = f"{paper_date(item.issued_on)}{verb}" if item.issued_on else ""
    return {
        "title": item.title,
        "source": "，".join(filter(None, (item.issued_by, item.number, issued))),
        "gist_name": "裁判要旨" if item.is_case else "内容提要",
        "gist": item.summary.splitlines(),
        "blocks": blocks_of(item.text),
    }
