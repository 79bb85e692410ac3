"""What was published of an indicator: the frozen figures, each with its publication."""

from dashboards.published.found import Published, issues_of, published

__all__ = ["Published", "issues_of", "published"]
