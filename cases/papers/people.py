"""Who is named on a paper beside the parties."""

from members.models import User


def contact_of(user: User | None) -> dict:
    """The 联系人 of a letter, with the office phone if there is one; {} for nobody."""
    if user is None:
        return {}
    return {"name": str(user), "phone": user.person.phone if user.person else ""}
