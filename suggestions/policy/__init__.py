"""Who sees letters and what hangs on them, and who may do what; all registered here."""

from suggestions.policy import circle, letters, replies, reports

__all__ = ["circle", "letters", "replies", "reports"]
