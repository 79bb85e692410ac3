"""Who acts: somebody's account, or the portal itself."""

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    # The stubs' word for the model of AUTH_USER_MODEL, which belongs to a room above.
    from django.contrib.auth.models import _User
else:
    from django.contrib.auth.base_user import AbstractBaseUser as _User

User: TypeAlias = _User
Actor: TypeAlias = _User | None
