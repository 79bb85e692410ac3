"""What hangs on a dispute, is made by a form, and is shown on the dispute's page."""

from cases.models.disputes import Dispute
from foundations.access.rows import MadeByForm


class AboutDispute(MadeByForm):
    class Meta:
        abstract = True

    dispute: Dispute

    @property
    def audit_chain(self) -> str:
        return self.dispute.audit_chain

    def get_absolute_url(self) -> str:
        return self.dispute.get_absolute_url()
