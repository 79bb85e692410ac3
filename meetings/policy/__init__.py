"""Who sees meetings and what hangs on them; one module a part, all registered here."""

from meetings.policy import circle, meetings, texts, topics

__all__ = ["circle", "meetings", "texts", "topics"]
