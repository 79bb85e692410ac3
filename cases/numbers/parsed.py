"""What a number turned out to be."""

from dataclasses import dataclass, field

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Verdict(TextChoices):
    VALID = "valid", _("right as it is")
    FIXED = "fixed", _("put right")
    LEGACY = "legacy", _("in an older style, kept as it is")
    INVALID = "invalid", _("not a case number")


class Series(TextChoices):
    COURT = "court", _("case number of a court")
    RECONSIDERATION = "reconsideration", _("number of a reconsideration")
    SUGGESTION = "suggestion", _("number of a suggestion")
    DOCUMENT = "document", _("document number")
    INTERNAL = "internal", _("number of the portal's register")
    LEGACY = "legacy", _("case number of before 2016")


@dataclass(frozen=True)
class Parsed:
    """A number as it was read.

    `parts` always has "series" unless nothing was recognised; of a court also `year`,
    `court_code`, `type_code`, `ordinal`, `suffix`. `court` is its name in the table, None
    where the table doesn't have it. `hint` is "" where there is nothing to say. An invalid
    number has no `normalized`.
    """

    verdict: Verdict
    normalized: str = ""
    parts: dict[str, str | int] = field(default_factory=dict)
    court: str | None = None
    hint: str = ""

    @property
    def series(self) -> str:
        return str(self.parts.get("series", ""))

    @property
    def is_case(self) -> bool:
        """Of a court, of whatever year, or of a reconsideration."""
        of_cases = {Series.COURT, Series.LEGACY, Series.RECONSIDERATION}
        return self.verdict != Verdict.INVALID and self.series in of_cases
