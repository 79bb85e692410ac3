"""How long an addressee has for its reply: by the law, the institution, or the letter."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from foundations.access.errors import RuleBroken
from foundations.calendars.periods import Length, Unit
from mechanisms.models import Mechanism
from services.deadlines.explanation import period_words
from services.deadlines.overrides import override_of
from services.deadlines.rules import Rule, rule_on
from suggestions.states import reply_rule

LONGEST = 730


@dataclass(frozen=True)
class ReplyPeriod:
    """The rule of a letter's reply period on a day; `rule` is None where none was in force."""

    key: str
    rule: Rule | None

    @property
    def usual(self) -> Length | None:
        return self.rule.length if self.rule else None

    @property
    def own_unit(self) -> Unit | None:
        """The unit in which a letter may name a length of its own; None: it may not."""
        return self.rule.per_letter if self.rule else None

    @property
    def must_be_named(self) -> bool:
        """No text names a length: without one of the letter's own nothing would be due."""
        return self.usual is None

    @property
    def usual_max(self) -> int | None:
        """The longest usual length in the unit of the letter's own."""
        longest = self.rule.usual_max if self.rule else None
        return longest.n if longest and longest.unit == self.own_unit else None

    @property
    def usual_words(self) -> str:
        return period_words(self.usual.n, self.usual.unit) if self.usual else ""

    @property
    def basis(self) -> str:
        return self.rule.cited if self.rule else ""

    def is_long(self, length: int | None) -> bool:
        return length is not None and self.usual_max is not None and length > self.usual_max

    def words(self, length: int | None) -> str:
        """The period of a letter that names `length`, or none; "" where there is none."""
        if length is not None and self.own_unit is not None:
            return period_words(length, self.own_unit)
        return self.usual_words

    def check(self, length: int | None, *, long_meant: bool) -> None:
        """Raise RuleBroken "fixed_length", "length_range" (field reply_length) or
        "long_reply" (field long_reply) for a length that is unusual and not meant."""
        if length is None:
            return
        if self.own_unit is None:
            message = _("The reply period of these letters is fixed: %(period)s.")
            names = {"period": self.usual_words}
            raise RuleBroken("fixed_length", message % names, "reply_length")
        if not 0 < length <= LONGEST:
            message = _("Enter a length from 1 to %(longest)d.") % {"longest": LONGEST}
            raise RuleBroken("length_range", message, "reply_length")
        if self.is_long(length) and not long_meant:
            message = _(
                "%(given)s is longer than usual: at most %(usual)s. Shorten it, or tick that "
                "it is meant."
            )
            names = {"given": self.words(length), "usual": self.words(self.usual_max)}
            raise RuleBroken("long_reply", message % names, "long_reply")


def period_of(kind: str, form: str, mechanism: Mechanism, on: date) -> ReplyPeriod:
    """What the law says on a day, or the institution in its place."""
    key = reply_rule(kind, form)
    rule, override = rule_on(key, on), override_of(mechanism, key, on)
    return ReplyPeriod(key, override.applied(rule) if rule and override else rule)
