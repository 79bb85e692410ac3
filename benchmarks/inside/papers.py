"""The PDF of a notice, as the portal makes it, against WeasyPrint alone on the same HTML."""

from weasyprint import HTML

from benchmarks.timing import in_turns, ratio
from services.documents.models import OfficialDocument
from services.documents.rendering import papers, pdf

ROUNDS = 7


def paper_results() -> dict[str, dict]:
    notice = OfficialDocument.objects.filter(kind="notice", state="issued").latest("pk")
    html = papers.html_of(notice.kind, notice.context)
    times = in_turns(
        {
            "notice PDF": lambda: pdf.render(papers.html_of(notice.kind, notice.context)),
            "bare WeasyPrint": lambda: HTML(string=html).write_pdf(),
        },
        ROUNDS,
    )
    return {
        "times, ms": {key: round(value, 2) for key, value in times.items()},
        "ratios": {
            "notice PDF / bare WeasyPrint": ratio(times["notice PDF"], times["bare WeasyPrint"])
        },
    }
