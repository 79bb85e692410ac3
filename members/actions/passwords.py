"""The only writers of passwords."""

from datetime import datetime

from axes.utils import reset as lift_lock

from foundations.access.policy import policy_for
from foundations.audit.actor import Actor
from foundations.audit.trail import action, record
from members import passwords
from members.models import PasswordRecord, User


@action
def change_password(user_id: int, *, actor: User, at: datetime, new: str) -> User:
    """The account itself takes a new password, which its form has validated."""
    user = User.objects.select_for_update().get(pk=user_id)
    _take(user, new, at)
    user.must_change_password = False
    user.save(update_fields=["password", "password_changed_at", "must_change_password"])
    record(actor, "members.account.password_changed", user)
    return user


@action
def reset_password(user_id: int, *, actor: Actor, at: datetime) -> str:
    """A password for once, to be handed over in person; also lifts a lock (B2).

    The account must change it at the next sign-in, and its running session ends.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    policy_for(User).require(actor, "reset", user)
    given = passwords.make_password()
    _take(user, given, at)
    user.must_change_password = True
    user.save(update_fields=["password", "password_changed_at", "must_change_password"])
    lift_lock(username=user.username)
    record(actor, "members.account.password_reset", user)
    return given


def _take(user: User, password: str, at: datetime) -> None:
    """Set the password and keep the record of it, and of no more than are checked."""
    user.set_password(password)
    user.password_changed_at = at
    PasswordRecord.objects.create(user=user, password=user.password, at=at)
    kept = user.old_passwords.order_by("-at", "-pk").values_list("pk", flat=True)
    user.old_passwords.exclude(pk__in=list(kept[: passwords.KEPT])).delete()
