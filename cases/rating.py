"""风险等级: what the marks of a dispute alone propose (A4); a person decides."""

from collections.abc import Iterable

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from cases.states import Flag


class RiskLevel(TextChoices):
    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")
    EXTREME = "extreme", _("Very high")


GRAVE = frozenset({Flag.GROUP, Flag.MASS, Flag.PETITION, Flag.OPINION})
"""Marks that weigh more than others: many people, or already outside the law's ways."""
RATED = frozenset(
    {
        *GRAVE,
        Flag.FOREIGN,
        Flag.ENTERPRISE,
        Flag.MILITARY,
        Flag.PROJECT,
        Flag.LIVELIHOOD,
    }
)
"""The marks of A4; how hard a case is in law (重大、复杂 …) says nothing of its risk."""
REVIEW_MONTHS = {
    RiskLevel.LOW: 6,
    RiskLevel.MEDIUM: 3,
    RiskLevel.HIGH: 1,
    RiskLevel.EXTREME: 1,
}
"""After how many months a rating is proposed to be looked at again."""


def propose_level(flags: Iterable[str], *, persons: int = 0, mass_from: int = 5) -> RiskLevel:
    """Low without marks; medium with one; high with a grave one or with three; very high
    with two grave ones, or a grave one beside two others. So many persons are a mark too."""
    marks = {Flag(flag) for flag in flags} & RATED
    if persons >= mass_from:
        marks.add(Flag.MASS)
    grave = len(marks & GRAVE)
    if grave > 1 or (grave and len(marks) > 2):
        return RiskLevel.EXTREME
    if grave or len(marks) > 2:
        return RiskLevel.HIGH
    return RiskLevel.MEDIUM if marks else RiskLevel.LOW
