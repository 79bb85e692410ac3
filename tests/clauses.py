"""Clauses for the test city, each with the one rule that a test is about."""

from mechanisms.findings import Clause
from mechanisms.models import Provision
from mechanisms.states import Modal
from tests.city import City


def provision(
    city: City,
    kind: str,
    subject: str,
    *,
    number: str = "",
    bearers=("government", "court"),
    modal: str = Modal.SHALL,
    text: str = "各方应当遵照执行。",
    **parameters,
) -> Provision:
    """A clause of the version in force; its text stands in the page too."""
    version = city.mechanism.versions.get()
    order = version.provisions.count()
    row = Provision.objects.create(
        version=version,
        number=number or f"T-{100 + order}",
        clause=f"第{order + 1}条",
        citation=f"制度第{order + 1}条",
        chapter="一、总则",
        text=text,
        operative=text.rstrip("。"),
        duty_bearers=list(bearers),
        modal=modal,
        rule_kind=kind,
        subject=subject,
        parameters=parameters,
        realised_by={"room": "mechanisms", "record": "mechanism", "page": ""},
        order=order,
    )
    told = [
        {
            "number": row.number,
            "rule_kind": row.rule_kind,
            "subject": row.subject,
            "parameters": parameters,
            "realised_by": row.realised_by,
        }
    ]
    given = {"clause": row.clause, "text": text, "provisions": told}
    parts = [{"chapter": "一、总则", "clauses": [given]}]
    version.source = {**version.source, "text": [*version.source["text"], *parts]}
    version.save()
    return row


def clause(city: City, kind: str, subject: str, on, **given) -> Clause:
    row = provision(city, kind, subject, **given)
    city.mechanism.__dict__.pop("_version_rows", None)
    return Clause(city.mechanism, row, on)
