from workplans.models.issues import IssueLedgerEntry
from workplans.models.lists import ListImport, TaskList
from workplans.models.tasks import (
    OF_TASK,
    OF_TERM,
    ProgressReport,
    SupervisionLetter,
    Task,
    TaskTerm,
    TaskUnit,
)

__all__ = [
    "OF_TASK",
    "OF_TERM",
    "IssueLedgerEntry",
    "ListImport",
    "ProgressReport",
    "SupervisionLetter",
    "Task",
    "TaskList",
    "TaskTerm",
    "TaskUnit",
]
