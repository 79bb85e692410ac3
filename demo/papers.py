"""The material behind the topics: short Word files, made by the portal's own library."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def material(title: str, unit: str, opinion: str) -> SimpleUploadedFile:
    """议题材料.docx with the title, who gives it in, and the opinion."""
    paper = Document()
    paper.add_heading(title, level=1)
    paper.add_paragraph(f"提出单位：{unit}")
    paper.add_paragraph(opinion or "（口头说明）")
    content = io.BytesIO()
    paper.save(content)
    return SimpleUploadedFile(f"{title}（材料）.docx", content.getvalue(), content_type=WORD)
