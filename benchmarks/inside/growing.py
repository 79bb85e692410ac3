"""What was filled, made so many times as much: every row of disputes and letters, and of what
hangs on them, is written again under keys of its own, with the same days.

A course takes its time to be told; a copy of it is as good for measuring how much there is.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Field, Model

from cases.models import Dispute
from services.deadlines.models import Deadline, Extension, Pause
from suggestions.models import Suggestion

NAMED = ("public_id", "number", "number_key")
"""Columns that are unique: a copy adds its own number."""
Models = dict[type[Model], int]


def grow(times: int) -> None:
    """So many times what is there; Deadlines go with what they bind."""
    copied = _copied()
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # foreign keys are not looked up
        for model in copied:
            cursor.execute(_copy(model, copied, times))
        cursor.execute("RESET session_replication_role")
        for model, last in copied.items():
            if model._meta.auto_field:
                table, column = model._meta.db_table, model._meta.auto_field.column
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, %s), %s)",
                    [table, column, last * times],
                )
        cursor.execute("VACUUM ANALYZE")


def _copied() -> Models:
    """The tables that hang on disputes and letters and hold anything, with their last key."""
    hanging: set[type[Model]] = {Dispute, Suggestion, Deadline, Pause, Extension}
    rooms = [
        *apps.get_app_config("cases").get_models(),
        *apps.get_app_config("suggestions").get_models(),
    ]
    while found := {one for one in rooms if one not in hanging and hanging & set(_named(one))}:
        hanging |= found
    lasts = ((model, _last(model)) for model in hanging)
    return {model: last for model, last in lasts if last}


def _named(model: type[Model]) -> Iterator[type[Model]]:
    for one in _columns(model):
        if one.is_relation:
            yield one.related_model  # type: ignore[misc]


def _columns(model: type[Model]) -> Iterable[Field]:
    return model._meta.concrete_fields


def _last(model: type[Model]) -> int:
    found: int | None = model._base_manager.order_by("-pk").values_list("pk", flat=True).first()
    return found or 0


def _copy(model: type[Model], copied: Models, times: int) -> str:
    table, key = model._meta.db_table, _quoted(model._meta.pk)
    columns = [_quoted(one) for one in _columns(model)]
    values = [_value(model, one, copied) for one in _columns(model)]
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)}"  # noqa: S608
        f" FROM generate_series(1, {times - 1}) AS copy, {table}"
        f" WHERE {key} <= {copied[model]} ORDER BY copy, {key}"
    )


def _value(model: type[Model], column: Field, copied: Models) -> str:
    """What stands in a copy: keys of copied rows are moved, the rest stays."""
    name = _quoted(column)
    if model is Deadline and column.column == "subject_id":
        return _moved_subject(copied)
    if column.primary_key and not column.is_relation:
        return f"{name} + copy * {copied[model]}"
    if column.is_relation and column.related_model in copied:
        return f"{name} + copy * {copied[column.related_model]}"
    if column.name in NAMED:
        return f"CASE WHEN {name} = '' THEN '' ELSE {name} || 'x' || copy END"
    return name


def _quoted(column: Any) -> str:
    return connection.ops.quote_name(column.column)


def _moved_subject(copied: Models) -> str:
    types = ContentType.objects.get_for_models(*copied)
    whens = " ".join(f"WHEN {types[model].pk} THEN {last}" for model, last in copied.items())
    return f"subject_id + copy * CASE subject_type_id {whens} ELSE 0 END"
