from returns.models.checks import CheckPoint, CheckRound, CheckSheet
from returns.models.declarations import Declaration
from returns.models.deliverables import Deliverable, Delivery
from returns.models.duties import Return, ReturnDuty
from returns.models.reports import UpwardReport
from returns.models.staff import CaseHandler

__all__ = [
    "CaseHandler",
    "CheckPoint",
    "CheckRound",
    "CheckSheet",
    "Declaration",
    "Deliverable",
    "Delivery",
    "Return",
    "ReturnDuty",
    "UpwardReport",
]
