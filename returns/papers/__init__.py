"""The papers of this room: their kinds, and the plain dictionaries that they are printed of."""

from returns.papers.upward import upward_context, upward_kind

__all__ = ["upward_context", "upward_kind"]
