"""The tables of a bulletin as a workbook: what was frozen, with when and how it was counted."""

from django.utils.translation import gettext as _

from bulletins.models import Bulletin
from bulletins.papers.figures import counted_words
from foundations.ledgers.workbooks import written


def workbook(bulletin: Bulletin) -> bytes:
    sheets = []
    told = [[bulletin.title, bulletin.issue]]
    for place, table in enumerate(bulletin.tables.all(), start=1):
        sheets.append((f"{place} {table.title}", (table.columns, table.rows)))
        counted = counted_words(table.filter, table.counted_at, table.counted_on)
        told += [[table.title, one] for one in (counted, *table.basis.splitlines()) if one]
    bases = (_("Ways of counting"), ([_("Table of figures"), _("Basis")], told))
    return written(*sheets, bases)
