"""Which module makes which text of a meeting, and the text as one string."""

from datetime import date
from types import ModuleType

from meetings.models import Meeting, MeetingText
from meetings.papers import consensus, minutes, opinion
from meetings.states import TextClass

PAPERS: dict[str, ModuleType] = {
    TextClass.MINUTES: minutes,
    TextClass.OPINION: opinion,
    TextClass.CONSENSUS: consensus,
}


def draft_title(meeting: Meeting, text_class: str) -> str:
    return f"{meeting.title}{PAPERS[text_class].PAPER_NAME}"


def draft_body(meeting: Meeting, text_class: str) -> dict:
    return PAPERS[text_class].draft_body(meeting)


def context(text: MeetingText, on: date) -> dict:
    return PAPERS[text.text_class].context(text, on)


def lines_of(title: str, body: dict) -> list[str]:
    """Title and body paragraph by paragraph, as readers and differences need them."""
    resolved = [_resolution_line(n, line) for n, line in enumerate(body["resolved"], start=1)]
    parts = [("会议听取：", body["heard"]), ("会议认为：", body["held"]), ("会议议定：", resolved)]
    filled = [(head, lines) for head, lines in parts if lines]
    found = [title, *([body["opening"]] if body["opening"] else [])]
    for head, lines in filled:
        found += [head, *lines] if len(filled) > 1 else lines
    return found


def _resolution_line(n: int, line: dict) -> str:
    """1. 统一勘验笔录样式（责任单位：市综合执法局；完成时限：2026年12月31日）"""
    facts = [f"责任单位：{line['lead']}"]
    if line["support"]:
        facts.append(f"协同单位：{line['support']}")
    if line["due_on"]:
        facts.append(f"完成时限：{minutes.long_date(date.fromisoformat(line['due_on']))}")
    return f"{n}. {line['text']}（{'；'.join(facts)}）"


def canonical(text: MeetingText) -> str:
    """The whole text as the sides agree to it; its digest is kept with the consent."""
    return "\n".join(lines_of(text.title, text.body))
