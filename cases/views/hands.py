"""What a reader may do in a dispute, asked once for all rows of a section."""

from functools import cached_property

from cases.models import Dispute, Performance, Procedure
from cases.policy.circle import works_in_justice_bureau
from members.models import Organization, User
from members.policy import WORKERS
from members.standing import standing
from members.states import Side


class Hands:
    """The rules of `cases.policy.outcomes`, without asking row by row."""

    def __init__(self, user: User, dispute: Dispute) -> None:
        self.user, self.dispute = user, dispute
        self.mine = standing(user)

    def works_for(self, organization: Organization | None) -> bool:
        return (
            organization is not None
            and self.mine.has(*WORKERS)
            and organization.pk in self.mine.organizations
        )

    @cached_property
    def bureau(self) -> bool:
        return works_in_justice_bureau(self.user, self.dispute)

    def keeps(self, procedure: Procedure) -> bool:
        if self.works_for(procedure.organ):
            return True
        return procedure.organ.side not in (Side.COURT, Side.PROCURATORATE) and self.bureau

    def performs(self, item: Performance) -> bool:
        if item.organization is None:
            return self.keeps(item.procedure)
        return self.works_for(item.organization)

    def confirms(self, item: Performance) -> bool:
        return self.keeps(item.procedure) and not self.works_for(item.organization)
