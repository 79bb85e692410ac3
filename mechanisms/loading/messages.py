"""What a broken rule of the schema is called for a person who keeps a profile."""

from collections.abc import Iterator
from difflib import get_close_matches

from django.utils.translation import gettext as _
from jsonschema import ValidationError

from mechanisms.loading.reading import Place


def explain(error: ValidationError) -> Iterator[tuple[Place, str]]:
    """The place and the message of an error; several for several unknown keys."""
    place = tuple(error.absolute_path)
    name = str(error.validator)
    if name == "additionalProperties":
        yield from _unknown_keys(error, place)
    elif name == "required":
        missing = [key for key in error.validator_value if key not in error.instance]
        yield place, _("These keys are missing: %(keys)s.") % {"keys": "、".join(missing)}
    elif name == "anyOf":
        yield place, _unfit(error)
    elif name in ("minProperties", "maxProperties"):
        keys = "、".join(error.schema.get("properties", {}))
        yield place, _("Write exactly one of these keys here: %(keys)s.") % {"keys": keys}
    else:
        yield place, _explain_value(error, name)


def _unknown_keys(error: ValidationError, place: Place) -> Iterator[tuple[Place, str]]:
    known = list(error.schema.get("properties", {}))
    for key in error.instance:
        if key in known:
            continue
        near = get_close_matches(key, known, n=1)
        if near:
            message = _("The key “%(key)s” is not known here. Did you mean “%(near)s”?")
            yield (*place, key), message % {"key": key, "near": near[0]}
        else:
            message = _("The key “%(key)s” is not known here. Possible are: %(keys)s.")
            yield (*place, key), message % {"key": key, "keys": "、".join(known)}


def _explain_value(error: ValidationError, name: str) -> str:
    limit, value = error.validator_value, shown(error.instance)
    if name == "type":
        return _wrong_type(limit, value)
    if name == "enum":
        message = _("“%(value)s” is not among the possible values: %(all)s.")
        return message % {"value": value, "all": "、".join(str(one) for one in limit)}
    if name == "const":
        message = _("Only “%(limit)s” is possible here, not “%(value)s”; else leave the key out.")
        return message % {"value": value, "limit": shown(limit)}
    if name == "format":
        return _("“%(value)s” is not a date. Write it as 2023-06-12.") % {"value": value}
    if name == "pattern":
        return _unfit(error)
    if name in ("minLength", "minItems"):
        return _("This must not be empty.")
    if name == "maxLength":
        return _("This is longer than %(limit)d characters.") % {"limit": limit}
    return _("%(value)s is outside what is possible here (limit %(limit)s).") % {
        "value": value,
        "limit": limit,
    }


def _unfit(error: ValidationError) -> str:
    """How it is written instead, in the words of the schema; the bare pattern without them."""
    form = error.schema.get("description") or error.validator_value
    message = _("“%(value)s” is not written as it must be (%(form)s).")
    return message % {"value": shown(error.instance), "form": form}


def _wrong_type(kind: str, value: str) -> str:
    wanted = {
        "string": _("a text; put numbers and codes in quotation marks"),
        "integer": _("a whole number"),
        "number": _("a number"),
        "boolean": _("true or false"),
        "array": _("a list"),
        "object": _("a table of keys and values"),
        "null": _("nothing"),
    }[kind]
    return _("“%(value)s” should be %(wanted)s.") % {"value": value, "wanted": wanted}


def shown(value: object) -> str:
    """A value, short enough for a message."""
    if isinstance(value, bool) or value is None:
        text = {True: "true", False: "false", None: "null"}[value]
    elif isinstance(value, dict):
        text = "{…}"
    elif isinstance(value, list):
        text = "[…]"
    else:
        text = str(value)
    return text if len(text) <= 40 else f"{text[:39]}…"
