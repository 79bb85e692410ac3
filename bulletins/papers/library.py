"""资料汇编、案例汇编: what a compilation holds, item after item."""

from collections.abc import Iterator
from datetime import date

from lxml import html

from bulletins.models import LibraryItem
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
    issued = f"{paper_date(item.issued_on)}印发" if item.issued_on else ""
    return {
        "title": item.title,
        "source": "，".join(filter(None, (item.issued_by, item.number, issued))),
        "gist_name": "裁判要旨" if item.is_case else "内容提要",
        "gist": item.summary.splitlines(),
        "paragraphs": list(paragraphs_of(item.text)),
    }


def paragraphs_of(rich: str) -> Iterator[str]:
    """The words of rich text, a block a paragraph, a row of a table a line."""
    if not rich:
        return
    for block in html.fragment_fromstring(rich, create_parent="div").iter(
        "p", "h2", "h3", "h4", "tr"
    ):
        if block.tag != "tr" and any(parent.tag == "tr" for parent in block.iterancestors()):
            continue
        cells = block.iter("td", "th") if block.tag == "tr" else [block]
        words = "　".join("".join(cell.itertext()).strip() for cell in cells)
        if words:
            yield words
