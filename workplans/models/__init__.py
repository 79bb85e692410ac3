from workplans.models.issues import IssueLedgerEntry
from workplans.models.lists import ListImport, TaskList
from workplans.models.tasks import ProgressReport, SupervisionLetter, Task, TaskTerm, TaskUnit

__all__ = [
    "IssueLedgerEntry",
    "ListImport",
    "ProgressReport",
    "SupervisionLetter",
    "Task",
    "TaskList",
    "TaskTerm",
    "TaskUnit",
]
