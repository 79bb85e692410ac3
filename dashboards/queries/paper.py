"""A query as a paper: what is printed on it is Chinese."""

from cases.dictionaries import area_name
from dashboards.figures.lines import Line
from dashboards.models import SavedQuery
from dashboards.queries.results import Cell, Result
from dashboards.queries.states import Grouping
from dashboards.queries.wanted import called
from services.documents.rendering.contexts import paper_date
from services.documents.rendering.papers import html_of
from services.documents.rendering.pdf import render
from services.indicators.values import NOTHING

KIND = "figures_query"
BESIDE = 4
"""So many indicators stand beside each other on a page."""
GROUPS = {Grouping.UNIT: "单位", Grouping.AREA: "领域", Grouping.MONTH: "月份"}


def pdf_of(query: SavedQuery, result: Result) -> bytes:
    return render(html_of(KIND, context_of(query, result))).content


def context_of(query: SavedQuery, result: Result) -> dict:
    """Plain values, of the records that the reader may open."""
    asked = result.asked
    bases = [
        f"{line.indicator.name}（{line.variant.name}）：{line.variant.basis}"
        for line in result.lines
    ]
    return {
        "title": query.name,
        "institution": asked.mechanism.short_title,
        "period": called(asked),
        "unit": asked.unit.name if asked.unit else "",
        "area": area_name(asked.area) if asked.area else "",
        "lines": [_line(line) for line in result.lines],
        "group": GROUPS.get(result.wanted.grouping, ""),
        "tables": _tables(result) if result.is_apart else [],
        "bases": bases,
        "missing": list(result.missing),
        "reader": str(asked.reader),
        "as_of": paper_date(asked.on),
    }


def _tables(result: Result) -> list[dict]:
    return [
        {
            "heads": [_head(line) for line in part.heads],
            "rows": [
                {"group": row.name, "cells": [_cell(cell) for cell in row.cells]}
                for row in part.rows
            ],
        }
        for part in result.parts(BESIDE)
    ]


def _head(line: Line) -> dict:
    return {"indicator": line.indicator.name, "way": line.variant.name}


def _cell(cell: Cell) -> dict:
    value = cell.line.value
    return {"figure": value.text if value else NOTHING, "parts": cell.parts}


def _line(line: Line) -> dict:
    value = line.value
    broken = value.broken if value else "不按所选范围统计"
    apart = value.apart if value else ()
    return {
        **_head(line),
        "figure": value.text if value else NOTHING,
        "parts": Cell(line, leads=False).parts,
        "apart": "、".join(f"{name}{count}" for name, count in apart if count),
        "moved": line.change.text if line.change else NOTHING,
        "target": line.target if line.target and line.is_chosen else NOTHING,
        "broken": broken,
    }
