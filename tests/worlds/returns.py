"""Records of what units hand in and their addresses, for the sweeps."""

from django.db.models import Model

from tests import handing_in
from tests.city import City

# Room and record of each address, then its names.
TABLE = """
returns return_duty: duty
returns return_due: detail send
returns return_sent: accept send-back
returns deliverable: deliverable deliver
returns handler: handler handler-certify handler-end
returns check_round: round
returns check_sheet: sheet sheet-fill
returns check_point: point-mend
returns upward: report report-write report-issue
returns upward_sent: report-answer
returns declaration: declaration declaration-note
"""
# What has more than one part: name and the records of its parts.
MORE: dict[str, tuple[str, ...]] = {}


def records(city: City) -> dict[str, Model]:
    sent, due, *_later = handing_in.opened(city)
    return {
        "return_duty": due.duty,
        "return_due": due,
        "return_sent": handing_in.handed_in(city, sent),
        "deliverable": handing_in.deliverable(city),
        "handler": handing_in.handler(city),
        "check_round": handing_in.check_round(city),
        "check_sheet": handing_in.sheet(city, title="执法文书自查", kind="self_check"),
        "check_point": handing_in.wanting(city),
        "upward": handing_in.report(city),
        "upward_sent": handing_in.issued(city, number="试司发〔2026〕13号"),
        "declaration": handing_in.declaration(city),
    }
