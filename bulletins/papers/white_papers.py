"""年度行政审判白皮书 (K-16): a draft for a person to finish in Word."""

from datetime import date

from bulletins.models import WhitePaper
from bulletins.papers.blocks import blocks_of
from bulletins.papers.figures import table_of_paper
from bulletins.papers.library import item_of
from services.documents.rendering.contexts import paper_date

WHITE_PAPER_KIND = "white_paper"
PARTS = (
    ("基本情况", "overview"),
    ("主要特点", "features"),
    ("行政执法中存在的问题", "enforcement"),
    ("行政应诉中存在的问题", "litigation"),
    ("意见和建议", "advice"),
)


def white_paper_context(paper: WhitePaper, on: date) -> dict:
    return {
        "title": paper.title,
        "number": "",
        "parts": [
            {"name": name, "blocks": blocks_of(getattr(paper, part))} for name, part in PARTS
        ],
        "cases": [item_of(one) for one in paper.typical.order_by("issued_on", "pk")],
        "tables": [table_of_paper(table) for table in paper.tables],
        "as_of": paper_date(paper.counted_on),
        "issuer": paper.organization.name,
        "date": paper_date(on),
        "mark": "",
    }
