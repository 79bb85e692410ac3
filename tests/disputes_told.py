"""What stands in the tables of disputes, without keys and moments: to compare two ways of
writing the same."""

import json
from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import ForeignKey, Model

from cases.models import (
    Access,
    AgencyTally,
    Agent,
    Agreement,
    AgreementItem,
    Appearance,
    Assignment,
    Checklist,
    ChecklistLook,
    Concerned,
    Dispute,
    Event,
    Guidance,
    Hearing,
    Link,
    LossAnalysis,
    MediationConsent,
    OutcomeNotice,
    Participant,
    Party,
    Performance,
    PerformanceReport,
    Procedure,
    Tally,
    Visit,
    WayOut,
)
from services.deadlines.models import Deadline, Extension, Pause
from services.documents.models import NumberCounter

TABLES: tuple[type[Model], ...] = (
    Dispute,
    Party,
    Procedure,
    Link,
    Participant,
    Agent,
    Event,
    Access,
    Concerned,
    Guidance,
    Checklist,
    ChecklistLook,
    MediationConsent,
    Assignment,
    Agreement,
    AgreementItem,
    WayOut,
    Hearing,
    Appearance,
    Performance,
    PerformanceReport,
    OutcomeNotice,
    LossAnalysis,
    Visit,
    Tally,
    AgencyTally,
    Deadline,
    Pause,
    Extension,
    NumberCounter,
)
OF_THE_ROW = {"id", "public_id", "version", "created_at", "since", "form_token"}
"""What two equal rows differ in: keys, how often a row was saved, and when it was made."""


def contents() -> dict[str, list[str]]:
    """The rows of every table as sorted JSON, naming each other by their order."""
    rows = {model: list(model._default_manager.order_by("pk")) for model in TABLES}
    names = {
        (model, row.pk): f"{model.__name__} {n}"
        for model in TABLES
        for n, row in enumerate(rows[model])
    }
    known = {
        row.public_id: names[model, row.pk]
        for model in TABLES
        for row in rows[model]
        if hasattr(row, "public_id")
    }
    return {
        model.__name__: sorted(_told(row, names, known) for row in rows[model]) for model in TABLES
    }


def _told(row: Model, names: dict, known: dict) -> str:
    found: dict[str, Any] = {}
    for column in row._meta.concrete_fields:
        if column.name in OF_THE_ROW:
            continue
        value = getattr(row, column.attname)
        if isinstance(column, ForeignKey):
            value = names.get((column.related_model, value), value)
        found[column.name] = value
    if isinstance(row, Deadline):
        about = ContentType.objects.get_for_id(row.subject_type_id).model_class()
        found["subject_id"] = names[about, row.subject_id]
    text = json.dumps(found, default=_plain, ensure_ascii=False, sort_keys=True)
    for public_id, name in known.items():
        text = text.replace(public_id, name)
    return text


def _plain(value: Any) -> str:
    if isinstance(value, date | datetime | time | Decimal):
        return str(value)
    raise TypeError(f"{value!r} is not told")


def differences(one: dict[str, list[str]], other: dict[str, list[str]]) -> Iterable[str]:
    for table, rows in one.items():
        for row in rows:
            if row not in other[table]:
                yield f"- {table} {row}"
        for row in other[table]:
            if row not in rows:
                yield f"+ {table} {row}"
