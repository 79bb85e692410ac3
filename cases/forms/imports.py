"""A file to upload, the columns of one, and the word to write it."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.actions.imports import Uploaded
from cases.forms.parties import short
from cases.imports.fields import sheets
from cases.imports.mapping import Columns, own_columns, shipped
from cases.imports.reading import MOST_BYTES, read_table
from cases.models import Import, ImportMapping
from foundations.access.errors import RuleBroken
from foundations.access.forms import OnceForm, PortalForm
from members.forms.fields import OrganizationField
from members.models import Organization

OWN, SHIPPED, KEPT = "own", "shipped", "kept"
EQUALS = ("=", "＝")
COLUMN = "column-"


def ways_in(mappings: list[ImportMapping]) -> dict[str, Columns]:
    """By key: the template files, what comes with the portal, what was kept here."""
    found = {f"{OWN}-{kind}": own_columns(kind) for kind in sheets()}
    found |= {f"{KEPT}-{one.public_id}": columns_of(one) for one in mappings}
    return found | {f"{SHIPPED}-{key}": columns for key, columns in shipped().items()}


def columns_of(row: ImportMapping | Import) -> Columns:
    name = row.name if isinstance(row, ImportMapping) else row.mapping_name
    return Columns(row.kind, name, row.columns, row.values, row.constants)


class UploadForm(OnceForm):
    organization = OrganizationField(
        label=_("Whose procedures"), queryset=Organization.objects.none(), empty_label=None
    )
    way = forms.ChoiceField(label=_("What the file is"))
    file = forms.FileField(
        label=_("File"),
        help_text=_("Excel (.xlsx) or csv, at most 10 MB and 5,000 rows."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    declared = forms.BooleanField(label=_("The file holds no state secrets."))

    def __init__(
        self,
        *args: Any,
        organs: list[Organization],
        mappings: list[ImportMapping],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        rows = Organization.objects.filter(pk__in=[one.pk for one in organs])
        self.fields["organization"].queryset = rows
        self.ways = ways_in(mappings)
        self.fields["way"].choices = [(key, self._label(key)) for key in self.ways]
        self.uploaded: Uploaded | None = None

    def _label(self, key: str) -> str:
        name = self.ways[key].name
        template = gettext("Template file: %(name)s") % {"name": name}
        return template if key.startswith(OWN) else name

    def clean(self) -> None:
        upload, way = self.cleaned_data.get("file"), self.cleaned_data.get("way")
        if not upload or not way:
            return
        name = upload.name or ""
        known = list(self.ways[way].columns.values())
        try:
            content = upload.read(MOST_BYTES + 1)
            table = read_table(name, content, known)
            self.uploaded = Uploaded(name, content, table)
        except RuleBroken as broken:
            self.add_error("file", broken.message)

    @property
    def columns(self) -> Columns:
        return self.ways[self.cleaned_data["way"]]


class ColumnsForm(PortalForm):
    """For every field the column of the file it is read from."""

    wide = ("values", "constants")
    version = forms.IntegerField(widget=forms.HiddenInput)
    values = forms.CharField(
        label=_("Their words"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
        help_text=_("One a line, such as 结案方式：准予撤回＝终止（撤回）."),
    )
    constants = forms.CharField(
        label=_("The same in every row"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        help_text=_("Where a column is missing or a cell is empty, such as 审理程序＝普通程序."),
    )
    keep_as = short(
        _("Keep these columns as"), 60, help_text=_("For the next file of the same origin.")
    )

    def __init__(
        self, *args: Any, row: Import | ImportMapping, heads: list[str], **kwargs: Any
    ) -> None:
        given = columns_of(row)
        fields = given.sheet.by_key
        initial = {
            "version": row.version,
            "values": "\n".join(
                f"{fields[name].head}：{theirs}＝{fields[name].choices.get(ours, ours)}"
                for name, words in given.values.items()
                for theirs, ours in words.items()
            ),
            "constants": "\n".join(
                f"{fields[name].head}＝{fields[name].choices.get(value, value)}"
                for name, value in given.constants.items()
            ),
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.row, self.sheet = row, given.sheet
        self.by_head = {one.head: one for one in self.sheet.fields}
        choices = [("", gettext("Not in this file")), *((head, head) for head in heads if head)]
        for one in self.sheet.fields:
            self.fields[COLUMN + one.key] = forms.ChoiceField(
                label=one.head,
                choices=choices,
                required=False,
                initial=given.columns.get(one.key, ""),
                widget=forms.Select(attrs={"class": "form-select"}),
            )

    @property
    def assigned(self) -> list[forms.BoundField]:
        return [self[COLUMN + one.key] for one in self.sheet.fields]

    def clean_values(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for line in self._lines("values"):
            head, _mark, rest = line.replace(":", "：").partition("：")
            name, (theirs, ours) = self._field(head, line), self._halves(rest, line)
            found.setdefault(name, {})[theirs] = ours
        return found

    def clean_constants(self) -> dict[str, str]:
        halves = [(line, *self._halves(line, line)) for line in self._lines("constants")]
        return {self._field(head, line): value for line, head, value in halves}

    def _lines(self, name: str) -> list[str]:
        return [line.strip() for line in self.cleaned_data[name].splitlines() if line.strip()]

    def _halves(self, text: str, line: str) -> tuple[str, str]:
        for sign in EQUALS:
            left, found, right = text.partition(sign)
            if found and left.strip() and right.strip():
                return left.strip(), right.strip()
        message = gettext("“%(line)s” has no “＝” between two words.")
        raise forms.ValidationError(message % {"line": line})

    def _field(self, head: str, line: str) -> str:
        found = self.by_head.get(head.strip())
        if found is None:
            message = gettext(
                "“%(line)s” does not begin with the name of a column of the template."
            )
            raise forms.ValidationError(message % {"line": line})
        return found.key

    def columns(self) -> Columns:
        given = self.cleaned_data
        chosen = {
            one.key: given[COLUMN + one.key]
            for one in self.sheet.fields
            if given.get(COLUMN + one.key)
        }
        return Columns(
            self.row.kind, columns_of(self.row).name, chosen, given["values"], given["constants"]
        )


class MappingForm(ColumnsForm):
    """The same for files that are still to come: their heads are typed."""

    keep_as = None
    name = forms.CharField(
        label=_("Name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, *args: Any, row: ImportMapping, **kwargs: Any) -> None:
        super().__init__(*args, row=row, heads=[], **kwargs)
        self.initial["name"] = row.name
        for one in self.sheet.fields:
            self.fields[COLUMN + one.key] = forms.CharField(
                label=one.head,
                required=False,
                max_length=200,
                initial=row.columns.get(one.key, ""),
                widget=forms.TextInput(attrs={"class": "form-control"}),
            )
        own = [COLUMN + one.key for one in self.sheet.fields]
        self.order_fields(["name", *own, "values", "constants"])


class ConfirmForm(PortalForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    alike_reason = short(_("Why these are other disputes"), 300)

    def __init__(self, *args: Any, unsure: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not unsure:
            self.fields["alike_reason"].widget = forms.HiddenInput()
