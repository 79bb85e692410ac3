"""What figures are counted from: one row a procedure, and one for each agency in it."""

from django.db import models

from cases.models.disputes import Dispute
from cases.models.procedures import Procedure
from cases.states import Kind, PartyRole, Track
from members.models import Jurisdiction, Organization


class Appeared(models.Model):
    """How heads appeared in one instance; of one agency, or of all (法释〔2020〕3号).

    The words are those of `cases.hearings.attendance`, the figures those of
    `cases.figures.appearance`, which counts the same from the attendances themselves.
    Counted are attendances at hearings that were held and are recorded (`recorded`); of
    those that are not recorded yet `unrecorded` is the number. `held_on` is the day of the
    first hearing held, `heard_on` the same once an attendance is recorded: it places the
    instance in a period.

    `came`: a head came who counts; `principal`: one came who is the principal head;
    `stood_in`: a co-defendant's head came instead (art. 3); `excused`: at every recorded
    hearing the head was excused or stood in for; `called`: the organ called the head;
    `missed_again`: called again after an appearance and not there (art. 7). What ends in
    `_proved` is the same where only a proof of identity found valid counts (art. 6).
    `heads` are attendances by heads, `spoke` those of them who spoke, `resolved` those who
    spoke on substantive resolution (art. 11).
    """

    held_on = models.DateField(null=True)
    heard_on = models.DateField(null=True)
    recorded = models.PositiveSmallIntegerField(default=0)
    unrecorded = models.PositiveSmallIntegerField(default=0)
    called = models.BooleanField(default=False)
    came = models.BooleanField(default=False)
    principal = models.BooleanField(default=False)
    stood_in = models.BooleanField(default=False)
    excused = models.BooleanField(default=False)
    missed_again = models.BooleanField(default=False)
    came_proved = models.BooleanField(default=False)
    principal_proved = models.BooleanField(default=False)
    stood_in_proved = models.BooleanField(default=False)
    excused_proved = models.BooleanField(default=False)
    missed_again_proved = models.BooleanField(default=False)
    heads = models.PositiveSmallIntegerField(default=0)
    spoke = models.PositiveSmallIntegerField(default=0)
    resolved = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True


class Owing(models.Model):
    """What organizations have to do after one instance; what fell away is not counted.

    `duty_by` is the last due day, `duty_done_on` the day on which the last of it was done,
    null while anything is not, and `duty_late` says that something was done after its own
    due day.
    """

    duty_by = models.DateField(null=True)
    duty_done_on = models.DateField(null=True)
    duty_late = models.BooleanField(default=False)

    class Meta:
        abstract = True


class Tally(Appeared, Owing):
    """计数行: what figures ask of one procedure, in one row; derived by `cases.tallies`.

    Days are inclusive; null means that it is not so, or not yet. `agency` is the dispute's
    lead one, `within` a mediation inside a suit or a reconsideration.

    `taken_on` is the acceptance. `counted` is false for what was moved to another organ:
    recorded, in no denominator (I5). `first`: the accepted reconsideration or suit before
    which the dispute had none; `by_law`: 复议前置; `after`: a suit that follows an accepted
    reconsideration. `settled`, `against` and `judged` are as the mode says, of appeals and
    retrials `against` as recorded.

    Of a reconsideration: `sue_by`, the last day on which anybody may sue, and `sued_on`, on
    which the suit was brought that the court accepted. Of a first instance: `appeal_by`,
    `appealed_on`, and the result that took effect, its own or that of the appeal
    (`final_on`, `final_against`, `final_judged`); null of what was sent back, for the new
    first instance carries on. Of both instances: `retrial_by` and `retrial_on`, the day of
    the request for a retrial; of a first instance against the result that took effect.

    `unrest_on` is the day of the first appeal, retrial request or petition after the
    closing, `calm_months` how many whole months had passed by the day before it: nothing
    happened within n months if it is null or at least n.

    `explained`: questions on the judgment were answered (判后答疑). `days` from acceptance
    to closing, without those for which it was suspended; null unless it has both.
    """

    procedure = models.OneToOneField(
        Procedure, primary_key=True, on_delete=models.CASCADE, related_name="tally"
    )
    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="tallies")
    jurisdiction = models.ForeignKey(
        Jurisdiction, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=20, choices=Kind)
    track = models.CharField(max_length=12, choices=Track, blank=True)
    mode = models.CharField(max_length=24, blank=True)
    organ = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    agency = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    area = models.CharField(max_length=40, blank=True)
    act_kind = models.CharField(max_length=40, blank=True)
    enterprise = models.BooleanField(default=False)
    within = models.BooleanField(default=False)
    # when, and how it ended
    taken_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    effective_on = models.DateField(null=True)
    counted = models.BooleanField(default=True)
    settled = models.BooleanField(default=False)
    against = models.BooleanField(default=False)
    judged = models.BooleanField(default=False)
    # among the dispute's other procedures
    first = models.BooleanField(default=False)
    by_law = models.BooleanField(default=False)
    after = models.BooleanField(default=False)
    # what could follow, and what did
    sue_by = models.DateField(null=True)
    sued_on = models.DateField(null=True)
    appeal_by = models.DateField(null=True)
    appealed_on = models.DateField(null=True)
    retrial_by = models.DateField(null=True)
    retrial_on = models.DateField(null=True)
    unrest_on = models.DateField(null=True)
    calm_months = models.PositiveSmallIntegerField(null=True)
    final_on = models.DateField(null=True)
    final_against = models.BooleanField(null=True)
    final_judged = models.BooleanField(null=True)
    # what was told, and how long it took
    explained = models.BooleanField(default=False)
    days = models.IntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["jurisdiction", "kind", "closed_on"], name="cases_tally_closed"),
            models.Index(fields=["jurisdiction", "kind", "taken_on"], name="cases_tally_taken"),
            models.Index(fields=["jurisdiction", "heard_on"], name="cases_tally_heard"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.taken_on}..{self.closed_on}"


class AgencyTally(Appeared, Owing):
    """计数行 of one agency: it takes part in the procedure, as `role`, and owes what it owes.

    A procedure with two agencies has one tally and two of these (I6). One in which none
    takes part has one of the dispute's lead agency, without a role.
    """

    tally = models.ForeignKey(Tally, on_delete=models.CASCADE, related_name="agencies")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    role = models.CharField(max_length=12, choices=PartyRole, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tally", "organization"], name="cases_agency_tally_once"
            )
        ]
        indexes = [
            models.Index(fields=["organization", "tally"], name="cases_agency_tally"),
        ]

    def __str__(self) -> str:
        return f"{self.organization_id} {self.tally_id}"
