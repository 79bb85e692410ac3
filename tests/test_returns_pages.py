"""Every page of what units hand in opens for whom it is meant, in Chinese."""

import time_machine
from django.urls import reverse

from returns import work
from tests.handing_in import TODAY
from tests.letters import moment
from tests.worlds import returns as part

MEANT = {
    "gov_officer": """
        duty send-back deliverable round report report-write report-issue report-answer
        declaration
    """,
    "agency_contact": """
        detail send deliver handler handler-certify handler-end sheet sheet-fill point-mend
    """,
}
LISTS = """
    list filed deliverables staff facilities checks reports declarations handler-new round-new
    report-new declaration-new
"""
RECORDS = {
    name: record
    for line in part.TABLE.strip().splitlines()
    for record, names in [line.removeprefix("returns ").split(": ")]
    for name in names.split()
}


def test_every_page_opens_for_whom_it_is_meant(city, as_user):
    with time_machine.travel(moment(TODAY, 15), tick=False):
        rows = part.records(city)
        for who, names in MEANT.items():
            client = as_user(city.users[who])
            addresses = [
                reverse(f"returns:{name}", args=[rows[RECORDS[name]].public_id])
                for name in names.split()
            ]
            addresses += [reverse(f"returns:{name}") for name in LISTS.split()]
            codes = {address: client.get(address).status_code for address in addresses}

            assert codes == dict.fromkeys(addresses, 200)


def test_what_is_on_a_desk_leads_to_where_it_is_done(city, as_user):
    with time_machine.travel(moment(TODAY, 15), tick=False):
        part.records(city)
        for who in ("gov_officer", "gov_deputy", "agency_contact"):
            client = as_user(city.users[who])
            found = [item.url for item in work.items(city.users[who], TODAY)]

            assert found
            assert {client.get(url).status_code for url in found} == {200}
