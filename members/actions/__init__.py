"""The only writers of people, organizations, rosters and accounts."""

from members.actions.accounts import (
    bind_role,
    create_account,
    create_administrator,
    disable_account,
    enable_account,
    end_role,
    set_expiry,
)
from members.actions.handovers import hand_over
from members.actions.organizations import (
    create_jurisdiction,
    create_organization,
    edit_organization,
    save_group,
    succeed,
)
from members.actions.passwords import change_password, reset_password
from members.actions.people import begin_post, create_person, edit_person, end_post, reveal_phone
from members.actions.seats import NewSeat, begin_seat, change_roster, create_body, end_seat

__all__ = [
    "NewSeat",
    "begin_post",
    "begin_seat",
    "bind_role",
    "change_password",
    "change_roster",
    "create_account",
    "create_administrator",
    "create_body",
    "create_jurisdiction",
    "create_organization",
    "create_person",
    "disable_account",
    "edit_organization",
    "edit_person",
    "enable_account",
    "end_post",
    "end_role",
    "end_seat",
    "hand_over",
    "reset_password",
    "reveal_phone",
    "save_group",
    "set_expiry",
    "succeed",
]
