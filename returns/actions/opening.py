"""What units owe from a day on, in one call; safe to repeat."""

from datetime import date, datetime

from returns.actions.deliverables import open_deliverables
from returns.actions.duties import Opened, open_returns
from returns.actions.reports import open_reports


def open_all(*, on: date, at: datetime) -> Opened:
    """Open the returns, the documents and the reports to bodies above."""
    return open_returns(on=on, at=at) + open_deliverables(on=on) + open_reports(on=on)
