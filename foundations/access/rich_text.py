"""Text with headings, lists and tables: one configuration for the editor and the sanitiser.

    body = RichTextField(_("text"))                     # a model's column, cleaned by store()
    body = RichTextFormField(label=_("Text"))           # its field in a form
    {% load rich_text %}{{ bulletin.body|rich }}        # on a page

What is typed without script, or pasted as plain text, becomes paragraphs.
"""

import json
import re
from html import escape
from typing import Any

from django.db import models
from django.forms import Field
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import (
    ProseEditorField,
    ProseEditorFormField,
    create_sanitizer,
)
from django_prose_editor.widgets import ProseEditorWidget, importmap, prose_editor_presets
from js_asset import InlineStyle, Media, Script

MENU = ("headings", "marks", "lists", "link", "table", "history")
EXTENSIONS: dict[str, Any] = {
    "Bold": True,
    "HardBreak": True,
    "Heading": {"levels": [2, 3, 4]},
    "BulletList": True,
    "OrderedList": {"enableListAttributes": False},
    "ListItem": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
    "Table": {"resizable": False},
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    # No drop-downs: they need a newer browser than the portal promises.
    "Menu": {"groups": [{"group": name} for name in MENU]},
}
WORDS: dict[str, str | Promise] = {
    "heading2": _("Heading, first level"),
    "heading3": _("Heading, second level"),
    "heading4": _("Heading, third level"),
    "bold": _("Bold"),
    "bulletList": _("List with dots"),
    "orderedList": _("Numbered list"),
    "link": _("Link"),
    "unlink": _("Remove the link"),
    "table": _("Insert a table"),
    "table:addColumnAfter": _("Add a column"),
    "table:deleteColumn": _("Delete the column"),
    "table:addRowAfter": _("Add a row"),
    "table:deleteRow": _("Delete the row"),
    "table:mergeCells": _("Merge cells"),
    "table:splitCell": _("Split the cell"),
    "table:toggleHeaderCell": _("Head cell or not"),
    "table:deleteTable": _("Delete the table"),
    "history:undo": _("Undo"),
    "history:redo": _("Redo"),
    "Update": _("Save"),
    "Cancel": _("Cancel"),
    "URL": _("Web address"),
    "Title": _("Words shown on hovering"),
    "Edit Link": _("Link"),
    "Rows": _("Number of rows"),
    "Columns": _("Number of columns"),
    "Include header row": _("With a head row"),
    "Yes": _("Yes"),
    "No": _("No"),
    "Table Properties": _("Insert a table"),
    "Insert Table": _("Insert"),
    "text": _("Text"),
}
"""What the editor says, by the name of the button or by its own English words."""

BLOCK = re.compile(
    r"</?(?:p|h[1-6]|ul|ol|li|table|tbody|tr|t[dh]|div|br|strong|b|a)\b[^>]*>", re.I
)
WORD_NAMES = {"h1": "h2", "h5": "h4", "h6": "h4", "b": "strong", "div": "p"}
RENAMED = re.compile(r"(</?)(h1|h5|h6|b|div)(?=[\s>/])", re.I)
LEFT_OVER = re.compile(r"<!--.*?-->|<o:p>.*?</o:p>", re.S | re.I)
EMPTY = re.compile(r"<p>\s*</p>")

_sanitise = create_sanitizer(EXTENSIONS)


def clean_rich(text: str) -> str:
    """`text` with nothing in it but what the editor can make; plain text as paragraphs."""
    if not BLOCK.search(text):
        return "".join(f"<p>{escape(one)}</p>" for one in text.splitlines() if one.strip())
    known = RENAMED.sub(lambda tag: tag[1] + WORD_NAMES[tag[2].lower()], LEFT_OVER.sub("", text))
    found: str = EMPTY.sub("", _sanitise(known)).strip()
    return found if re.sub(r"<[^>]+>|&nbsp;|\s", "", found) else ""


class RichTextWidget(ProseEditorWidget):
    """A text area, which the editor takes the place of where scripts run."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"preset": "configurable", **kwargs})
        self.config = {"extensions": EXTENSIONS}
        self.attrs.setdefault("rows", 14)

    @property
    def media(self) -> Media:
        # Its own style element carries no nonce; an empty one keeps it from making it.
        return Media(
            importmap=importmap,
            css={
                "all": [
                    InlineStyle("", **{"data-tiptap-style": ""}),
                    "django_prose_editor/material-icons.css",
                    "django_prose_editor/editor.css",
                ]
            },
            js=[Script("js/prose.js", defer=True), *prose_editor_presets()["configurable"]],
        )

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict:
        context: dict = super().get_context(name, value, attrs)
        words = {key: str(word) for key, word in WORDS.items()}
        context["widget"]["attrs"]["data-prose-words"] = json.dumps(words, ensure_ascii=False)
        return context


class RichTextFormField(ProseEditorFormField):
    widget = RichTextWidget

    """Cleaned before it is asked whether anything was written at all."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"extensions": EXTENSIONS, "widget": RichTextWidget, **kwargs})

    def to_python(self, value: object) -> str:
        return clean_rich(super().to_python(value))


class RichTextField(ProseEditorField):
    """A column that holds nothing but what `clean_rich` lets through once it is stored."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"extensions": EXTENSIONS, "sanitize": clean_rich, **kwargs})

    def formfield(self, **kwargs: Any) -> Field | None:
        form_field: Field | None = models.TextField.formfield(
            self, **{"form_class": RichTextFormField, "widget": RichTextWidget, **kwargs}
        )
        return form_field
