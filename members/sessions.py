"""Whether an account may be in, and what it must do before anything else."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from members.models import User
from members.standing import standing


def may_enter(user: User, on: date) -> bool:
    """Active, not expired, and with a role on that day: roles end by date (G4)."""
    return user.is_active and not has_expired(user, on) and bool(standing(user, on).roles)


def has_expired(user: User, on: date) -> bool:
    """`expires_on` is the last day."""
    return user.expires_on is not None and user.expires_on < on


def must_change_password(user: User, at: datetime) -> bool:
    """At the first sign-in, after a reset, and when the password is too old."""
    if user.must_change_password or user.password_changed_at is None:
        return True
    return at - user.password_changed_at > timedelta(days=settings.PASSWORD_MAX_AGE_DAYS)


def why_ended(user: User, session_key: str | None, on: date) -> str:
    """Why a running session may not go on, in words for the person; "" if it may."""
    if user.session_key and user.session_key != session_key:
        return _(
            "This account was signed in to somewhere else, so it was signed out here. "
            "If that was not you, tell the security administrator at once."
        )
    if has_expired(user, on):
        return _("This account has expired. Your unit's liaison officer can ask for a new term.")
    if not standing(user, on).roles:
        return _(
            "This account has no role any more, so it was signed out. If your post "
            "changed, the security administrator binds the new role."
        )
    return ""
