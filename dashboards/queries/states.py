"""Words of saved queries; imports nothing of ours."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Grouping(TextChoices):
    """By what the figures of a query are told apart."""

    NONE = "none", _("Not told apart")
    UNIT = "unit", _("By unit")
    AREA = "area", _("By area")
    MONTH = "month", _("Month by month")


class Span(TextChoices):
    """The period of a query: words that move with the day, or two days that stay.

    What runs still ends on the day on which it is counted.
    """

    THIS_MONTH = "this_month", _("This month")
    LAST_MONTH = "last_month", _("Last month")
    THIS_QUARTER = "this_quarter", _("This quarter")
    LAST_QUARTER = "last_quarter", _("Last quarter")
    THIS_YEAR = "this_year", _("This year")
    LAST_YEAR = "last_year", _("Last year")
    YEAR_TO_LAST_MONTH = "year_to_last_month", _("This year to last month")
    DAYS = "days", _("Two days of one's own")


class Sharing(TextChoices):
    """Who else may open a query, each over the own records."""

    NOBODY = "nobody", _("Nobody else")
    ORGANIZATION = "organization", _("The own organization")
    ALL = "all", _("All who work for the institution")
