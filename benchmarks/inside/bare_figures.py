"""The figures of the leaders' page as somebody would write them in SQL by hand: of everything in
the place, nobody's view asked for. They are asserted to be the page's own."""

from datetime import date
from typing import Any

from django.db import connection

CLOSED = """
SELECT closed_on BETWEEN %(first)s AND %(last)s AS now, date_trunc('month', closed_on)::date,
    count(*) FILTER (WHERE kind = 'reconsideration'),
    count(*) FILTER (WHERE kind = 'reconsideration' AND against
        AND mode NOT IN ('agreement_liability', 'compensation')),
    count(*) FILTER (WHERE kind = 'reconsideration' AND settled),
    count(*) FILTER (WHERE kind = 'reconsideration' AND sue_by < %(on)s),
    count(*) FILTER (WHERE kind = 'reconsideration' AND sue_by < %(on)s AND sued_on <= %(on)s),
    count(*) FILTER (WHERE kind = 'first_instance'),
    count(*) FILTER (WHERE kind = 'first_instance' AND against),
    count(*) FILTER (WHERE kind = 'first_instance' AND settled),
    sum(days) FILTER (WHERE kind = 'reconsideration'),
    count(days) FILTER (WHERE kind = 'reconsideration'),
    sum(days) FILTER (WHERE kind = 'reconsideration' AND enterprise),
    count(days) FILTER (WHERE kind = 'reconsideration' AND enterprise)
FROM cases_tally
WHERE jurisdiction_id = %(place)s AND kind IN ('reconsideration', 'first_instance')
    AND taken_on <= %(on)s AND closed_on <= %(on)s AND counted
    AND (closed_on BETWEEN %(first)s AND %(last)s OR closed_on BETWEEN %(from)s AND %(to)s)
GROUP BY 1, 2 ORDER BY 2
"""
TAKEN = """
SELECT taken_on BETWEEN %(first)s AND %(last)s AS now, date_trunc('month', taken_on)::date,
    count(*) FILTER (WHERE first),
    count(*) FILTER (WHERE first AND kind = 'reconsideration'),
    count(*) FILTER (WHERE kind = 'reconsideration'),
    count(*) FILTER (WHERE kind = 'first_instance')
FROM cases_tally
WHERE jurisdiction_id = %(place)s AND kind IN ('reconsideration', 'first_instance')
    AND taken_on <= %(on)s AND (counted OR closed_on > %(on)s)
    AND (taken_on BETWEEN %(first)s AND %(last)s OR taken_on BETWEEN %(from)s AND %(to)s)
GROUP BY 1, 2 ORDER BY 2
"""
HEARD = """
SELECT held_on BETWEEN %(first)s AND %(last)s AS now,
    count(*), count(*) FILTER (WHERE came AND NOT missed_again)
FROM cases_tally
WHERE jurisdiction_id = %(place)s AND recorded > 0 AND held_on <= %(on)s
    AND kind IN ('first_instance', 'second_instance', 'retrial')
    AND (held_on BETWEEN %(first)s AND %(last)s OR held_on BETWEEN %(from)s AND %(to)s)
GROUP BY 1
"""
SPOKE = """
SELECT hearing.on BETWEEN %(first)s AND %(last)s AS now,
    count(*), count(*) FILTER (WHERE appearance.speech <> '[]')
FROM cases_appearance AS appearance
JOIN cases_hearing AS hearing ON hearing.id = appearance.hearing_id
JOIN cases_procedure AS procedure ON procedure.id = hearing.procedure_id
JOIN cases_dispute AS dispute ON dispute.id = procedure.dispute_id
WHERE dispute.jurisdiction_id = %(place)s AND hearing.state = 'held' AND hearing.on <= %(on)s
    AND procedure.kind IN ('first_instance', 'second_instance', 'retrial')
    AND appearance.recorded_at IS NOT NULL AND appearance.came
    AND appearance.level IN ('charge', 'deputy', 'head') AND appearance.belongs = 'own'
    AND appearance.identity <> 'rejected'
    AND (hearing.on BETWEEN %(first)s AND %(last)s OR hearing.on BETWEEN %(from)s AND %(to)s)
GROUP BY 1
"""
ANSWERED = """
SELECT reply_due_on BETWEEN %(first)s AND %(last)s AS now, count(*),
    count(*) FILTER (WHERE replied),
    count(*) FILTER (WHERE replied AND attitude IN ('accepted', 'partly')),
    count(*) FILTER (WHERE replied AND attitude IN ('accepted', 'partly')
        AND state = 'closed' AND verified_on <= %(on)s)
FROM (
    SELECT addressee.*, replied_on <= %(on)s AND addressee.state <> 'served' AS replied
    FROM suggestions_addressee AS addressee
    JOIN suggestions_suggestion AS letter ON letter.id = addressee.suggestion_id
    WHERE letter.jurisdiction_id = %(place)s AND letter.kind = 'judicial'
        AND letter.state = 'issued' AND addressee.state NOT IN ('draft', 'withdrawn')
        AND reply_due_on < %(on)s
        AND (reply_due_on BETWEEN %(first)s AND %(last)s
            OR reply_due_on BETWEEN %(from)s AND %(to)s)
) AS due
GROUP BY 1
"""
SENT = """
SELECT issued_on BETWEEN %(first)s AND %(last)s AS now, count(*)
FROM suggestions_suggestion AS letter
WHERE jurisdiction_id = %(place)s AND kind = 'judicial' AND state = 'issued'
    AND EXISTS (SELECT FROM suggestions_addressee AS addressee
        WHERE addressee.suggestion_id = letter.id AND state NOT IN ('draft', 'withdrawn'))
    AND (issued_on BETWEEN %(first)s AND %(last)s OR issued_on BETWEEN %(from)s AND %(to)s)
GROUP BY 1
"""
APPEARED_BY_UNIT = """
SELECT agency.organization_id, count(*),
    count(*) FILTER (WHERE (agency.came OR agency.stood_in) AND NOT agency.missed_again)
FROM cases_agencytally AS agency JOIN cases_tally AS tally ON tally.procedure_id = agency.tally_id
WHERE tally.jurisdiction_id = %(place)s AND agency.recorded > 0 AND agency.held_on <= %(on)s
    AND tally.kind IN ('first_instance', 'second_instance', 'retrial')
    AND agency.held_on BETWEEN %(first)s AND %(last)s
GROUP BY 1
"""
LOST_BY_UNIT = """
SELECT agency.organization_id, count(*), count(*) FILTER (WHERE tally.against)
FROM cases_agencytally AS agency JOIN cases_tally AS tally ON tally.procedure_id = agency.tally_id
WHERE tally.jurisdiction_id = %(place)s AND tally.kind = 'first_instance'
    AND tally.taken_on <= %(on)s AND tally.closed_on <= %(on)s AND tally.counted
    AND tally.closed_on BETWEEN %(first)s AND %(last)s
GROUP BY 1
"""
ANSWERED_BY_UNIT = """
SELECT organization_id, count(*),
    count(*) FILTER (WHERE replied_on <= %(on)s AND addressee.state <> 'served')
FROM suggestions_addressee AS addressee
JOIN suggestions_suggestion AS letter ON letter.id = addressee.suggestion_id
WHERE letter.jurisdiction_id = %(place)s AND letter.kind = 'judicial' AND letter.state = 'issued'
    AND addressee.state NOT IN ('draft', 'withdrawn') AND reply_due_on < %(on)s
    AND reply_due_on BETWEEN %(first)s AND %(last)s
GROUP BY 1
"""
BY_AREA = """
SELECT area, count(*) FILTER (WHERE kind = 'reconsideration'),
    count(*) FILTER (WHERE kind = 'first_instance')
FROM cases_tally
WHERE jurisdiction_id = %(place)s AND kind IN ('reconsideration', 'first_instance')
    AND taken_on <= %(on)s AND (counted OR closed_on > %(on)s)
    AND taken_on BETWEEN %(first)s AND %(last)s
GROUP BY 1
"""
OVERDUE = """
SELECT owed_by_id, count(*) FROM deadlines_deadline
WHERE jurisdiction_id = %(place)s AND state = 'open' AND NOT "window" AND due_on < %(on)s
GROUP BY 1
"""
PRESSING = """
SELECT id, title, due_on FROM deadlines_deadline
WHERE jurisdiction_id = %(place)s AND state = 'open' AND NOT "window"
    AND due_on <= %(on)s::date + 7 ORDER BY due_on, id LIMIT 4
"""
UNDER_WAY = """
SELECT kind, count(*) FROM cases_dispute
WHERE jurisdiction_id = %(place)s AND standing = 'open' GROUP BY 1
"""
UNDER_WAY_BY_UNIT = """
SELECT agency_id, count(*) FROM cases_dispute
WHERE jurisdiction_id = %(place)s AND standing = 'open' GROUP BY 1
"""
STATEMENTS = {
    "closed": CLOSED,
    "taken": TAKEN,
    "heard": HEARD,
    "spoke": SPOKE,
    "answered": ANSWERED,
    "sent": SENT,
    "appeared by unit": APPEARED_BY_UNIT,
    "lost by unit": LOST_BY_UNIT,
    "answered by unit": ANSWERED_BY_UNIT,
    "area": BY_AREA,
    "overdue": OVERDUE,
    "pressing": PRESSING,
    "under way": UNDER_WAY,
    "under way by unit": UNDER_WAY_BY_UNIT,
}
Rows = list[tuple[Any, ...]]


def counted(given: dict[str, int | date]) -> dict[str, Rows]:
    """What each statement finds. `given`: the place, both days of the period and of the same
    a year before (`from`, `to`), and the day as of which all is known."""
    with connection.cursor() as cursor:
        found = {}
        for name, sql in STATEMENTS.items():
            cursor.execute(sql, given)
            found[name] = cursor.fetchall()
        return found
