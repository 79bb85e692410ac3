"""Coming in and going out, as the trail tells it."""

from datetime import datetime

from foundations.audit.trail import action, record
from members.models import User


@action
def sign_in(user_id: int, *, session_key: str, at: datetime) -> User:
    """Make `session_key` the one session of the account; any other ends."""
    user = User.objects.select_for_update().get(pk=user_id)
    displaced = bool(user.session_key) and user.session_key != session_key
    user.session_key = session_key
    user.last_login = at
    user.save(update_fields=["session_key", "last_login"])
    record(user, "members.account.signed_in", user, displaced=displaced)
    return user


@action
def keep_session(user_id: int, *, session_key: str) -> None:
    """The running session goes on under a new key; told by what made the key change."""
    User.objects.filter(pk=user_id).update(session_key=session_key)


@action
def refuse_sign_in(username: str, *, locked: bool) -> None:
    """Note a failed attempt. What was typed for an account that does not exist may be
    somebody's password, so only the names of accounts are written down."""
    user = User.objects.filter(username=username).first()
    record(None, "members.account.sign_in_refused", user, locked=locked, known=user is not None)


@action
def sign_out(user_id: int) -> None:
    """The session key stays: it names a session that is gone, so no other one fits it."""
    user = User.objects.get(pk=user_id)
    record(user, "members.account.signed_out", user)
