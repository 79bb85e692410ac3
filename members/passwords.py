"""What a password must be, and how one is made up."""

import secrets
import string

from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import get_default_password_validators
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from members.models import User

CLASSES = (string.ascii_lowercase, string.ascii_uppercase, string.digits)
READABLE = "abcdefghjkmnpqrstuvwxyz", "ABCDEFGHJKMNPQRSTUVWXYZ", "23456789", "-+=%"
KEPT = 5


class CharacterClassValidator:
    """Three of four classes: small and capital letters, digits, anything else (B1)."""

    def validate(self, password: str, user: User | None = None) -> None:
        classes = {self._class_of(character) for character in password}
        if len(classes) < 3:
            raise ValidationError(self.get_help_text(), code="password_too_uniform")

    @staticmethod
    def _class_of(character: str) -> int:
        return next((n for n, kind in enumerate(CLASSES) if character in kind), len(CLASSES))

    def get_help_text(self) -> str:
        return _(
            "The password needs three of these four: capital letters, small letters, "
            "digits, other characters."
        )


class HistoryValidator:
    """Refuses the present password and the last five of the account."""

    def validate(self, password: str, user: User | None = None) -> None:
        if user is None or user.pk is None:
            return
        records = user.old_passwords.order_by("-at", "-pk")[:KEPT]
        used = {user.password, *records.values_list("password", flat=True)}
        if any(check_password(password, stored) for stored in used):
            raise ValidationError(self.get_help_text(), code="password_used_before")

    def get_help_text(self) -> str:
        return _("The password cannot be one of the last %(n)d.") % {"n": KEPT}


def make_password() -> str:
    """A password for once, of all four classes, without characters that look alike."""
    length = max(12, _shortest())
    every = "".join(READABLE)
    drawn = [secrets.choice(kind) for kind in READABLE]
    drawn += [secrets.choice(every) for _place in range(length - len(drawn))]
    secrets.SystemRandom().shuffle(drawn)
    return "".join(drawn)


def _shortest() -> int:
    """The least length that the settings allow."""
    lengths = (getattr(check, "min_length", 0) for check in get_default_password_validators())
    return max(lengths)
