"""What an addressee answers, and what the issuer says of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundations.access.forms import PortalForm
from services.documents.forms import FilesForm
from suggestions.actions.measures import MeasureWords
from suggestions.actions.replies import PositionWords, ReplyWords, position_missing
from suggestions.forms.service import day_field
from suggestions.models import Problem
from suggestions.states import Attitude


def text_area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


@dataclass(frozen=True)
class ProblemFields:
    """The fields that belong to one problem, for its own block on the page."""

    problem: Problem
    said: list[BoundField]
    promised: list[BoundField]


class ReplyForm(FilesForm):
    """A block for each problem, then the reply as a whole; `paper` asks for its days."""

    text = forms.CharField(
        label=_("Text of the reply"), required=False, max_length=8000, widget=text_area(5)
    )
    number = forms.CharField(
        label=_("Number of the reply"),
        required=False,
        max_length=80,
        help_text=_("The number of your own letter, if it has one."),
    )
    received_on = day_field(_("Received on"))
    posted_on = day_field(
        _("Posted on"),
        required=False,
        help_text=_("By the postmark: what was posted in time is in time."),
    )
    wide = ("text",)
    whole_names = ("received_on", "posted_on", "number", "text", "file", "declared")

    def __init__(
        self, *args: Any, problems: list[Problem], paper: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.problems, self.paper = problems, paper
        if not paper:
            del self.fields["received_on"], self.fields["posted_on"]
        file = self.fields["file"]
        file.required = False
        file.label = _("Scan of the paper reply") if paper else _("Letter or evidence")
        for problem in problems:
            self._add_problem(problem.order)

    def _add_problem(self, n: int) -> None:
        own = {
            f"attitude_{n}": forms.ChoiceField(
                label=_("Attitude"),
                choices=[("", _("Choose")), *Attitude.choices],
                error_messages={"required": position_missing(n)},
            ),
            f"reason_{n}": forms.CharField(
                label=_("Reasons"),
                required=False,
                max_length=500,
                help_text=_("Needed unless you adopt it whole."),
                widget=text_area(2),
            ),
            f"measure_{n}": forms.CharField(label=_("Measure"), required=False, max_length=300),
            f"responsible_{n}": forms.CharField(
                label=_("Responsible person"), required=False, max_length=60
            ),
            f"due_on_{n}": day_field(_("Carried out by"), required=False),
        }
        for name, field in own.items():
            field.widget.attrs.setdefault("class", _class_of(field))
            self.fields[name] = field
        self.depending = (*self.depending, f"reason_{n}")

    @property
    def blocks(self) -> Iterator[ProblemFields]:
        for problem in self.problems:
            n = problem.order
            yield ProblemFields(
                problem,
                said=[self[f"attitude_{n}"], self[f"reason_{n}"]],
                promised=[self[f"measure_{n}"], self[f"responsible_{n}"], self[f"due_on_{n}"]],
            )

    @property
    def whole(self) -> list[BoundField]:
        return [self[name] for name in self.whole_names if name in self.fields]

    def clean(self) -> dict:
        """A measure needs who is responsible, and a day."""
        words = super().clean() or self.cleaned_data
        for problem in self.problems:
            n = problem.order
            names = (f"measure_{n}", f"responsible_{n}", f"due_on_{n}")
            filled = [name for name in names if words.get(name)]
            for name in names:
                if filled and name not in filled and name not in self.errors:
                    message = gettext("A measure has words, a responsible person and a day.")
                    self.add_error(name, message)
        return words

    def given(self) -> dict:
        words = self.cleaned_data
        reply = ReplyWords(
            positions=tuple(self._positions()),
            text=words["text"],
            number=words["number"],
            received_on=words.get("received_on"),
            posted_on=words.get("posted_on"),
            measures=tuple(self._measures()),
            files=tuple(words["file"]),
            declared=words["declared"],
        )
        return {"words": reply}

    def _positions(self) -> Iterator[PositionWords]:
        words = self.cleaned_data
        for problem in self.problems:
            n = problem.order
            yield PositionWords(n, words[f"attitude_{n}"], words[f"reason_{n}"])

    def _measures(self) -> Iterator[MeasureWords]:
        words = self.cleaned_data
        for problem in self.problems:
            n = problem.order
            if words[f"measure_{n}"]:
                yield MeasureWords(
                    problem=n,
                    text=words[f"measure_{n}"],
                    responsible=words[f"responsible_{n}"],
                    due_on=words[f"due_on_{n}"],
                    row=n,
                )


def _class_of(field: forms.Field) -> str:
    return "form-select" if isinstance(field.widget, forms.Select) else "form-control"


class FileForm(FilesForm):
    def given(self) -> dict:
        words = self.cleaned_data
        return {"files": words["file"], "declared": words["declared"]}


class DecisionForm(PortalForm):
    """Yes or no, with a remark; a subclass says what they mean."""

    decision = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    remark = forms.CharField(
        label=_("Remark"), required=False, max_length=300, widget=text_area(3)
    )
    wide: tuple[str, ...] = ("decision", "remark")
    depending: tuple[str, ...] = ("remark",)
    choices: tuple[tuple[str, Any], ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = self.choices

    @property
    def said_yes(self) -> bool:
        return self.cleaned_data["decision"] == "yes"

    def given(self) -> dict:
        return {"upheld": self.said_yes, "remark": self.cleaned_data["remark"]}


class ReviewForm(DecisionForm):
    choices = (
        ("yes", _("The reasons hold: the matter is closed for this unit")),
        ("no", _("The reasons do not hold: a new reply is needed")),
    )


class ObjectionForm(DecisionForm):
    choices = (
        ("yes", _("The objection holds: the letter is withdrawn for this unit")),
        ("no", _("The objection does not hold: a reply is needed")),
    )


class ExtensionAnswerForm(DecisionForm):
    choices = (("yes", _("Give the time asked for")), ("no", _("Give no more time")))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"] = self.fields.pop("remark")
        self.fields["answer"].label = _("Answer")

    wide = ("decision", "answer")
    depending = ("answer",)

    def given(self) -> dict:
        return {"granted": self.said_yes, "answer": self.cleaned_data["answer"]}


class ExtensionForm(PortalForm):
    until_on = day_field(_("New last day"))
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=text_area(3))
    wide = ("reason",)

    def given(self) -> dict:
        return self.cleaned_data
