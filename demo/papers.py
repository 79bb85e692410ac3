"""The files of the story: short Word papers, made by the portal's own library."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def material(title: str, unit: str, opinion: str) -> SimpleUploadedFile:
    """议题材料.docx with the title, who gives it in, and the opinion."""
    return _word(f"{title}（材料）", title, [f"提出单位：{unit}", opinion or "（口头说明）"])


def evidence(title: str, lines: list[str]) -> SimpleUploadedFile:
    """What proves a service or a measure, or the scan of a paper reply."""
    return _word(title, title, lines)


def _word(name: str, title: str, lines: list[str]) -> SimpleUploadedFile:
    paper = Document()
    paper.add_heading(title, level=1)
    for line in lines:
        paper.add_paragraph(line)
    content = io.BytesIO()
    paper.save(content)
    return SimpleUploadedFile(f"{name}.docx", content.getvalue(), content_type=WORD)
