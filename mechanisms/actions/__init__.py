"""The only writers of institutions, and of the people and units that a profile brings."""

from mechanisms.actions.profiles import load_profile, rehearse_profile

__all__ = ["load_profile", "rehearse_profile"]
