"""What a template needs beyond the context it was given: rows to write on, one date form."""

import re
from datetime import date
from itertools import count

RECEIPT = "会议回执"
EMPTY_ROWS = {"receipt": 6, "notice": 6, "topic_form": 4}
CELLS = (
    "answer kind mark material minutes n name note opinion phone reporter side signature title"
    " unit_title"
)
"""What a row of a form may hold; a cell that its context leaves out is empty."""


def prepared(kind: str, context: dict) -> dict:
    """`context` with what its template derives from it; the given one stays as it is."""
    extra = _EXTRAS.get(kind, lambda given: {})(context)
    for name in ("on", "date"):
        if context.get(name):
            extra[name] = paper_date(context[name])
    rows = [{**dict.fromkeys(CELLS.split(), ""), **row} for row in context.get("rows", ())]
    wanted = 0 if context.get("name") else EMPTY_ROWS.get(kind, 0) - len(rows)
    return {
        **context,
        "rows": rows,
        "blank_rows": range(max(0, wanted)),
        "headings": count(1),
        **extra,
    }


def paper_date(day: date | str) -> str:
    """2024年6月24日, without leading zeros (F17); what is no ISO date stays as it is."""
    if isinstance(day, str):
        try:
            day = date.fromisoformat(day)
        except ValueError:
            return str(day)
    return f"{day.year}年{day.month}月{day.day}日"


def _notice(given: dict) -> dict:
    enclosed = list(given.get("attachments", ()))
    if given.get("receipt") and RECEIPT not in enclosed:
        enclosed.insert(0, RECEIPT)
    letter = not given.get("red_head", "").endswith("文件")
    printed_by = "" if letter else given.get("printed_by") or given["signer"]
    said = "".join((*given.get("paragraphs", ()), *given.get("requirements", ())))
    called = re.fullmatch(r"关于(?:召开|举行|召集)(.+)的通知", given["title"].replace("\n", ""))
    return {
        "enclosed": enclosed,
        # What the notice says in its own words is not said a second time.
        "replaces": "" if given.get("replaces", "") in said else given["replaces"],
        "ask_receipt": bool(given.get("receipt")) and "回执" not in said,
        "meeting": given.get("meeting") or (called.group(1) if called else given["title"]),
        "printed_by": printed_by,
        "printed_on": given["date"],
    }


def _receipt(given: dict) -> dict:
    """The slip of one invitee, or an empty one with rows to write on."""
    if not given.get("name"):
        return {}
    row = {key: given.get(key, "") for key in ("name", "unit_title")}
    return {"rows": [{**dict.fromkeys(CELLS.split(), ""), **row}]}


def _minutes(given: dict) -> dict:
    heads = (("会议听取情况", "heard"), ("会议认为", "held"))
    return {
        "red_head": given.get("red_head") or "会议纪要",
        "opening_paragraphs": [line for line in given["opening"].splitlines() if line.strip()],
        "parts": [{"head": head, "lines": given[key]} for head, key in heads if given.get(key)],
        "printed_by": given.get("issuer", ""),
        "printed_on": given.get("date", ""),
    }


def _opinion(given: dict) -> dict:
    return {
        **_minutes(given),
        "red_head": given.get("red_head") or "会议讨论意见",
        "printed_by": "",
        "circulation": [],
        "copy_to": [],
    }


def _roster(given: dict) -> dict:
    groups = [
        {"label": group.get("label") or group["role"], "seats": _seats(group)}
        for group in given["groups"]
    ]
    return {"title": given.get("title") or f"{given['body']}成员名单", "groups": groups}


def _seats(group: dict) -> list[dict]:
    rows = group.get("seats") or group.get("lines", [])
    return [{**row, "unit_title": unit_title(row)} for row in rows]


def unit_title(row: dict) -> str:
    """市司法局副局长, from either form in which a seat is given."""
    if "unit_title" in row:
        return row["unit_title"]
    acting = "（主持工作）" if row.get("acting") else ""
    return f"{row.get('organization', '')}{row.get('title', '')}{acting}"


def _change_notice(given: dict) -> dict:
    parts = [("不再担任", given.get("ended", ())), ("担任", given.get("begun", ()))]
    return {
        "title": given.get("title") or f"关于调整{given['body']}成员的通知",
        "changes": [
            {"verb": verb, "seats": [{**row, "unit_title": unit_title(row)} for row in rows]}
            for verb, rows in parts
            if rows
        ],
    }


def _handover_sheet(given: dict) -> dict:
    return {
        "title": "工作交接单",
        "handed": [
            {"label": group["label"], "title": title}
            for group in given.get("groups", ())
            for title in group["titles"]
        ],
    }


def _circulation_slip(given: dict) -> dict:
    document = given["document"]
    return {"document": {"title": document} if isinstance(document, str) else document}


_EXTRAS = {
    "notice": _notice,
    "receipt": _receipt,
    "minutes": _minutes,
    "opinion": _opinion,
    "roster": _roster,
    "change_notice": _change_notice,
    "handover_sheet": _handover_sheet,
    "circulation_slip": _circulation_slip,
}
