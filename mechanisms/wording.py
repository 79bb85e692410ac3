"""What a rule says in a sentence: its parameters, one phrase each."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from members.states import SeatRole


def hosting_phrase(policy: str) -> str:
    return {
        "alternate": _("the sides host in turn"),
        "fixed": _("always the same side hosts"),
        "co_host": _("the sides host together"),
        "proposer": _("whoever proposes convenes and chairs"),
    }[policy]


def _months(n: int) -> str:
    return ngettext("every month", "every %(n)d months", n) % {"n": n}


def _counts(counts: dict[str, int]) -> str:
    each = [
        ngettext("%(n)d %(role)s", "%(n)d %(role)s", n) % {"n": n, "role": SeatRole(role).label}
        for role, n in counts.items()
    ]
    return "、".join(each)


def _within(period: dict) -> str:
    n = period["amount"]
    frame = {
        "calendar_days": ngettext("within %(n)d day", "within %(n)d days", n),
        "working_days": ngettext("within %(n)d working day", "within %(n)d working days", n),
        "months": ngettext("within %(n)d month", "within %(n)d months", n),
    }[period["unit"]]
    return frame % {"n": n}


def _times(times: dict) -> str:
    n = times["count"]
    frame = {
        "month": ngettext("once a month", "%(n)d times a month", n),
        "quarter": ngettext("once a quarter", "%(n)d times a quarter", n),
        "half_year": ngettext("once a half-year", "%(n)d times a half-year", n),
        "year": ngettext("once a year", "%(n)d times a year", n),
    }[times["per"]]
    return frame % {"n": n}


def _listed(frame: str | Promise) -> Callable[[list[str]], str]:
    return lambda words: frame % {"list": "、".join(words)}


def _named(frame: str | Promise) -> Callable[[str], str]:
    return lambda word: frame % {"name": word}


def _persons(wanted: dict) -> str:
    n = wanted["count"]
    frame = ngettext("at least %(n)d handler", "at least %(n)d handlers", n)
    if wanted.get("qualified"):
        frame = ngettext(
            "at least %(n)d qualified handler", "at least %(n)d qualified handlers", n
        )
    return frame % {"n": n}


PHRASES: dict[str, Callable] = {
    "every_months": _months,
    "hosting": hosting_phrase,
    "kinds": _listed(gettext_lazy("kinds: %(list)s")),
    "matter": _named(gettext_lazy("matter: %(name)s")),
    "field": _named(gettext_lazy("figure: %(name)s")),
    "form": _named(gettext_lazy("form: %(name)s")),
    "proposers": _listed(gettext_lazy("proposed by %(list)s")),
    "hosts": _listed(gettext_lazy("hosted by %(list)s")),
    "consent": lambda yes: _("by agreement of the sides"),
    "as_needed": lambda yes: _("in good time, no fixed day"),
    "invitees": _listed(gettext_lazy("may be invited: %(list)s")),
    "units": "、".join,
    "counts": _counts,
    "each_side": lambda yes: _("on each side"),
    "recipients": _listed(gettext_lazy("copied to %(list)s")),
    "items": "、".join,
    "topic_types": _listed(gettext_lazy("topic types: %(list)s")),
    "flags": _listed(gettext_lazy("marks: %(list)s")),
    "limits": "、".join,
    "measures": _listed(gettext_lazy("kept by: %(list)s")),
    "evidence": _named(gettext_lazy("shown by: %(name)s")),
    "within": _within,
    "times": _times,
    "persons": _persons,
    "indicator": _named(gettext_lazy("indicator: %(name)s")),
    "at_least": lambda bound: _("at least %(bound)s") % {"bound": bound},
    "at_most": lambda bound: _("at most %(bound)s") % {"bound": bound},
}
BOUNDS = ("at_least", "at_most")
SignOf = Callable[[Mapping[str, Any]], str]
_signs: list[SignOf] = []


def register_sign(sign_of: SignOf) -> None:
    """A room above knows in what the figures of a rule are counted: %, 天, nothing."""
    if _signs:
        raise RuntimeError("The sign of bounds is known already.")
    _signs.append(sign_of)


def sentence_of(parameters: dict) -> str:
    """每 2 个月；各方轮流主办 — in the order of PHRASES; empty without parameters."""
    given = dict(parameters)
    for name in given.keys() & set(BOUNDS):
        given[name] = f"{given[name]}{_signs[0](parameters) if _signs else ''}"
    return "；".join(say(given[name]) for name, say in PHRASES.items() if name in given)
