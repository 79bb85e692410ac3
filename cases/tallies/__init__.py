"""The counting rows: derived from procedures whenever what they tell has changed."""

from cases.tallies.writing import differences, refresh, refresh_all

__all__ = ["differences", "refresh", "refresh_all"]
