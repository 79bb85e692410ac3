"""Who sees meetings and what hangs on them; one module a part, all registered here."""

from meetings.policy import activities, circle, meetings, texts, topics

__all__ = ["activities", "circle", "meetings", "texts", "topics"]
