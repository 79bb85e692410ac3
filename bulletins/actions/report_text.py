"""The text of a report and its figures belong together: it follows them, or is looked at."""

from datetime import datetime

from django.utils.translation import gettext as _

from bulletins.actions.bulletin_figures import count_anew
from bulletins.kept import differences, kept_in
from bulletins.models import Bulletin
from bulletins.wording import composed
from foundations.access.errors import RuleBroken
from foundations.access.rich_text import clean_rich


def is_of_the_portal(bulletin: Bulletin, body: str | None = None) -> bool:
    """Is this text of a report what its tables say, unchanged by anybody?"""
    text = bulletin.body if body is None else body
    return bool(bulletin.report and text) and clean_rich(text) == clean_rich(composed(bulletin))


def write_text(bulletin: Bulletin) -> None:
    """Have the text say what the tables say."""
    bulletin.body = composed(bulletin)  # type: ignore[assignment]
    bulletin.store()


def count_for_signing(bulletin: Bulletin, at: datetime) -> None:
    """Count the tables anew; the caller stores the bulletin.

    Raises RuleBroken("figures_moved") for a report whose text somebody wrote to other figures.
    """
    follows = is_of_the_portal(bulletin)
    before = kept_in(bulletin) if bulletin.report and not follows else []
    count_anew(bulletin, at)
    if follows:
        bulletin.body = composed(bulletin)  # type: ignore[assignment]
    rows = dict(bulletin.tables.values_list("key", "rows"))
    found = [one for kept in before for one in differences(kept, rows.get(kept.key, kept.rows))]
    if found:
        message = _("Figures have changed since the text was written: %(figures)s. Return it.")
        figures = "；".join(str(one) for one in found[:5])
        raise RuleBroken("figures_moved", message % {"figures": figures})
