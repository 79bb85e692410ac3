"""What a screen proves itself by, and from where.

Links and cookies are drawn at random and kept as digests: without salt, for they are as long
as their digest and nobody's choice.
"""

import hashlib
import secrets
from datetime import timedelta
from ipaddress import IPv6Address, ip_address

LINK_HOLDS = timedelta(days=1)
BYTES = 32


def drawn() -> str:
    """256 bits, fit for an address."""
    return secrets.token_urlsafe(BYTES)


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def same_address(one: str, other: str) -> bool:
    """Are both the same address, however written? An empty or broken one is no address."""
    try:
        return _plain(one) == _plain(other)
    except ValueError:
        return False


def _plain(address: str) -> object:
    """An IPv4 address that arrives within an IPv6 one is the IPv4 address."""
    found = ip_address(address)
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        return found.ipv4_mapped
    return found
