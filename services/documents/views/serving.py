"""Files as answers: never kept by the browser, never taken for what they are not."""

from io import BytesIO

from django.http import FileResponse

from services.documents.rendering.papers import html_of
from services.documents.rendering.pdf import render

# Some browsers apply the policy of our pages to the viewer that they build around a PDF, and
# leave it blank; that nobody may frame it is all that a PDF needs.
PDF_POLICY = "frame-ancestors 'none'"


def served(content: bytes, name: str, *, inline: bool) -> FileResponse:
    """`content` as a download, or `inline` as a PDF in the browser's own viewer."""
    response = FileResponse(BytesIO(content), as_attachment=not inline, filename=name)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    if inline:
        response["Content-Type"] = "application/pdf"
        response["Content-Security-Policy"] = PDF_POLICY
    return response


def served_paper(kind: str, context: dict, name: str) -> FileResponse:
    """A working sheet, made for this request and kept nowhere."""
    return served(render(html_of(kind, context)).content, f"{name}.pdf", inline=True)
