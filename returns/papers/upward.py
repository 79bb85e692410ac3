"""请示, 报告: upward format (GB/T 9704—2012), with 签发人 in the head."""

from datetime import date

from returns.models import UpwardReport
from returns.states import UpwardKind
from suggestions.papers.words import lines_of, long_day

KINDS = {UpwardKind.REPORT: "upward_report", UpwardKind.REQUEST: "upward_request"}
CLOSINGS = {UpwardKind.REPORT: "特此报告。", UpwardKind.REQUEST: "妥否，请批示。"}


def upward_kind(report: UpwardReport) -> str:
    return KINDS[UpwardKind(report.kind)]


def upward_context(report: UpwardReport, on: date) -> dict:
    unit, day = report.organization, long_day(on)
    return {
        "title": report.title,
        "red_head": f"{unit.name}文件",
        "number": report.number,
        "own_number": report.number,
        "signed_by": report.signer,
        "addressees": report.bodies,
        "paragraphs": lines_of(report.text),
        "tables": report.figures,
        "closing": CLOSINGS[UpwardKind(report.kind)],
        "signer": unit.name,
        "date": day,
        "contact": report.contact if report.kind == UpwardKind.REQUEST else "",
        "copy_to": report.copies,
        "printed_by": unit.name,
        "printed_on": day,
        "mark": "",
    }
