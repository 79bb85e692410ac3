from celery import shared_task
from django.utils import timezone

from cases.actions import imports
from cases.actions.hearing_reminders import remind_agencies
from cases.actions.silence import open_rights_to_sue
from cases.models import Import, ImportState
from cases.tallies.checking import mend


@shared_task
def open_silence() -> None:
    """At night: whose reconsideration was not decided in time may sue from now on."""
    open_rights_to_sue(on=timezone.localdate())


@shared_task
def remind_of_hearings() -> None:
    """In the morning: the agencies of the hearings of the next working days."""
    now = timezone.now()
    remind_agencies(on=timezone.localdate(now), at=now)


@shared_task
def check_import(import_id: int) -> None:
    """Check a file of disputes; safe to run twice or at the same time."""
    imports.check(import_id, at=timezone.now())


@shared_task
def write_import(import_id: int) -> None:
    """Write a file that was confirmed; safe to run twice or at the same time."""
    imports.write_file(import_id, at=timezone.now())


@shared_task
def take_up_imports() -> None:
    """Go on with files that a lost message or a killed worker left behind."""
    now = timezone.now()
    left = Import.objects.filter(busy_since__lt=now - imports.LEASE).order_by("pk")
    for pk, state in list(left.values_list("pk", "state")):
        (check_import if state == ImportState.CHECKING else write_import)(pk)


@shared_task
def discard_imports() -> None:
    """At night: files that nobody went on with for a week."""
    imports.discard_old(at=timezone.now())


@shared_task
def mend_tallies() -> None:
    """At night: what figures count, where it moved without an action of the dispute, as a last
    day does by a new notice of holidays."""
    for _difference in mend():
        pass
