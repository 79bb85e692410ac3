"""The one-form pages of lists, tasks, reports and issues."""

from django.utils.translation import gettext_lazy as _

from foundations.access.acts import Act, page
from foundations.access.form_shapes import VersionForm
from workplans.actions import issues, letters, progress, publishing, tasks
from workplans.forms import acts as forms
from workplans.models import (
    OF_TASK,
    OF_TERM,
    IssueLedgerEntry,
    ProgressReport,
    Task,
    TaskList,
    TaskTerm,
)

OF_LIST = ("mechanism__jurisdiction", "keeper")
OF_ISSUE = ("mechanism__jurisdiction", "organization", "found_by")

publish = page(
    Act(
        model=TaskList,
        key="list_id",
        form=forms.PublishForm,
        action=publishing.publish,
        title=_("Publish the task list"),
        label=_("Publish"),
        done=_("The list is in force; the units have been told."),
        verb="publish",
        days=("on", "counts_from"),
        related=OF_LIST,
        note=_(
            "Each group becomes the units that belong to it on that day. Nobody is asked for "
            "anything before the list is in force."
        ),
    )
)
close_list = page(
    Act(
        model=TaskList,
        key="list_id",
        form=forms.CloseListForm,
        action=publishing.close_list,
        title=_("Close the task list"),
        label=_("Close the list"),
        done=_("The list is closed; nothing more is asked."),
        verb="close",
        days=("on",),
        related=OF_LIST,
        note=_("Reports that are still awaited fall away. What was reported stays."),
    )
)
split = page(
    Act(
        model=Task,
        key="task_id",
        form=VersionForm,
        action=tasks.split,
        title=_("Split the task, one row a unit"),
        label=_("Split"),
        done=_("The task is split; each unit has its own row."),
        verb="split",
        related=OF_TASK,
        note=_("Reports and limits of each unit go with it."),
    )
)
change_due = page(
    Act(
        model=Task,
        key="task_id",
        form=forms.ChangeDueForm,
        action=tasks.change_due,
        title=_("Change the due day"),
        label=_("Change"),
        done=_("The due day is changed; the units have been told."),
        verb="change_due",
        keeps=("due_on",),
        related=OF_TASK,
        note=_("The words of the document stay as they were."),
    )
)
close_task = page(
    Act(
        model=Task,
        key="task_id",
        form=forms.CloseTaskForm,
        action=tasks.close_task,
        title=_("Close the task"),
        label=_("Close the task"),
        done=_("The task is closed."),
        verb="close",
        related=OF_TASK,
    )
)
accept = page(
    Act(
        model=ProgressReport,
        key="report_id",
        form=forms.AcceptForm,
        action=progress.accept,
        title=_("Accept the report"),
        label=_("Accept"),
        done=_("The report is accepted."),
        verb="judge",
        related=tuple(f"term__{near}" for near in OF_TERM),
    )
)
send_back = page(
    Act(
        model=ProgressReport,
        key="report_id",
        form=forms.ReturnForm,
        action=progress.send_back,
        title=_("Return the report"),
        label=_("Return"),
        done=_("The report is returned; the unit has been told."),
        verb="judge",
        related=tuple(f"term__{near}" for near in OF_TERM),
    )
)
supervise = page(
    Act(
        model=TaskTerm,
        key="term_id",
        form=forms.UrgeForm,
        action=letters.supervise,
        title=_("Send a supervision letter"),
        label=_("Send"),
        done=_("The supervision letter is being issued; the unit has been told."),
        verb="urge",
        related=OF_TERM,
        note=_(
            "The letter says which report is late and by how many days. The report answers it."
        ),
    )
)
rectify = page(
    Act(
        model=IssueLedgerEntry,
        key="issue_id",
        form=forms.RectifyForm,
        action=issues.rectify,
        title=_("Report the rectification"),
        label=_("Report"),
        done=_("The rectification is reported; the reconsideration body verifies it."),
        verb="rectify",
        days=("rectified_on",),
        choices=None,
        related=OF_ISSUE,
    )
)
verify = page(
    Act(
        model=IssueLedgerEntry,
        key="issue_id",
        form=forms.VerifyForm,
        action=issues.verify,
        title=_("Verify the rectification"),
        label=_("Verify"),
        done=_("The issue is rectified."),
        note=_("It settles the issue. Where what was put right falls short, ask again instead."),
        verb="verify",
        related=OF_ISSUE,
    )
)
reopen = page(
    Act(
        model=IssueLedgerEntry,
        key="issue_id",
        form=forms.ReopenForm,
        action=issues.reopen,
        title=_("Ask for rectification again"),
        label=_("Ask again"),
        done=_("The unit is asked again."),
        verb="reopen",
        related=OF_ISSUE,
    )
)
